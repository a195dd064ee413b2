//! The days of reports: of a year, of every month, of every quarter.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::text::{Text, pattern};
use super::super::{cadence, dates};
use crate::model::{Cadence, Warning};

/// A day behind 'trước ngày' and the like, or behind a comma in a list of days.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<word>(?:chậm nhất|muộn nhất)(?: là)?(?: vào)?(?: trước)?|trước|đến hết|đến|vào|hạn cuối:?|thời hạn:?)",
        r"(?P<hour> \d{1,2}\s?(?:giờ|h)(?:\s?\d{2})?(?: phút)?,?)?(?P<name> ngày)?:? ",
        r"(?:(?P<day>\d{1,2})(?:\s?[/-]\s?(?P<month>\d{1,2})(?:\s?[/-]\s?(?P<year>\d{4}))?",
        r"| tháng (?P<month2>\d{1,2})(?:,? năm (?P<year2>\d{4}))?",
        r"|(?P<monthly>(?: của)? (?:(?:hằng|hàng|mỗi|từng) tháng|tháng (?:sau|kế tiếp|tiếp theo|liền kề)))",
        r"|(?P<quarter>(?: của)? tháng cuối(?: của)?(?: mỗi| hằng| hàng)? quý)",
        r"|(?P<after>(?: của)? tháng (?:đầu|đầu tiên|thứ nhất)(?: của)? quý (?:sau|kế tiếp|tiếp theo|liền kề)))",
        r"|tháng (?P<only>\d{1,2})(?:\s?/\s?(?P<year3>\d{4}))?)",
    ))
});
/// The next day of a list: 'trước ngày 15/6 và 15/12'.
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*(?:,|và|, và)\s*(?:trước )?(?:ngày )?(?P<day>\d{1,2})(?:\s?[/-]\s?(?P<month>\d{1,2})(?:\s?[/-]\s?(?P<year>\d{4}))?",
        r"| tháng (?P<month2>\d{1,2})(?:,? năm (?P<year2>\d{4}))?)",
    ))
});
/// A cadence right before its day: 'năm (trước ngày 15/12)'.
static YEAR_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[ ,;(])(?:năm|cả năm|báo cáo năm|tổng kết năm|một năm)\s*[:(,-]?\s*(?:gửi )?$")
});
static QUARTER_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[ ,;(])(?:quý|báo cáo quý)\s*[:(,-]?\s*(?:gửi )?$"));
static HALF_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:0?6|sáu) tháng(?: đầu năm)?\s*[:(,-]?\s*(?:gửi )?$"));
/// A day in a sentence.
pub struct Day<'t> {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Month and day, or a day of every month or quarter.
    pub due: String,
    /// Whether its year is printed.
    pub year: bool,
    /// Whether the day itself is too late: 'trước ngày'.
    pub before: bool,
    /// How often it comes, if that is said.
    pub cadence: Option<Cadence>,
    text: Text<'t>,
}

/// The days of a part of a sentence. `line` is where a day that there is not is told.
pub fn all<'t>(text: Text<'t>, line: usize, warnings: &mut Vec<Warning>) -> Vec<Day<'t>> {
    let mut days: Vec<Day<'t>> = Vec::new();
    let mut from = 0;
    while let Some(found) = DAY.captures_at(text.fold, from) {
        let whole = found.get(0).map_or(from..from + 1, |whole| whole.range());
        from = whole.end;
        let word = &found["word"];
        let plain = found.name("name").is_none() && ["đến", "vào"].contains(&word);
        if plain {
            continue;
        }
        let Some(due) = due_of(&found, line, warnings) else {
            continue;
        };
        // Before an hour of a day is on that day.
        let before = word.contains("trước") && found.name("hour").is_none();
        let year = ["year", "year2", "year3"]
            .iter()
            .any(|name| found.name(name).is_some());
        days.push(Day {
            start: whole.start,
            end: whole.end,
            due,
            year,
            before,
            cadence: None,
            text,
        });
        while let Some(next) = NEXT.captures(&text.fold[from..]) {
            let Some(due) = due_of(&next, line, warnings) else {
                break;
            };
            let start = from;
            from += next[0].len();
            days.push(Day {
                start,
                end: from,
                due,
                year: next.name("year").or(next.name("year2")).is_some(),
                before,
                cadence: None,
                text,
            });
        }
    }
    set_cadences(&mut days);
    days
}

/// Month and day, or a day of every month or quarter. A day that there is not is told.
fn due_of(found: &Captures<'_>, line: usize, warnings: &mut Vec<Warning>) -> Option<String> {
    let named = |name: &str| found.name(name).map(|part| part.as_str());
    let number = |text: &str| text.parse::<u32>().unwrap_or_default();
    if let Some(month) = named("only") {
        // Before a month is before its first day.
        let month = number(month);
        return (1..=12).contains(&month).then(|| format!("{month:02}-01"));
    }
    let day = named("day")?;
    let month = named("month").or_else(|| named("month2"));
    if let Some(month) = month {
        if !dates::is_day(number(day), number(month)) {
            warnings.push(Warning {
                line,
                message: format!("Thời hạn báo cáo {day}/{month} không phải một ngày trong năm"),
            });
            return None;
        }
        return Some(format!("{:02}-{:02}", number(month), number(day)));
    }
    let day = number(day);
    let sort = if named("monthly").is_some() {
        "*-"
    } else if named("quarter").is_some() {
        "Q-"
    } else if named("after").is_some() {
        "Q+"
    } else {
        return None;
    };
    (1..=31).contains(&day).then(|| format!("{sort}{day:02}"))
}

/// How often each day comes: what stands before it since the last one, or behind the last of a
/// list.
fn set_cadences(days: &mut [Day<'_>]) {
    let mut list_end = days.len();
    for place in (0..days.len()).rev() {
        let text = days[place].text;
        let since = place.checked_sub(1).map_or(0, |last| days[last].end);
        let before = text.part(since, days[place].start).fold;
        let until = days.get(place + 1).map_or(text.len(), |next| next.start);
        let behind = text.part(days[place].end, until).fold;
        let own = if days[place].due.starts_with('*') {
            Some(Cadence::Monthly)
        } else if days[place].due.starts_with('Q') || QUARTER_BEFORE.is_match(before) {
            Some(Cadence::Quarterly)
        } else if YEAR_BEFORE.is_match(before) {
            Some(Cadence::Yearly)
        } else if HALF_BEFORE.is_match(before) {
            Some(Cadence::HalfYearly)
        } else {
            None
        };
        // 'hằng năm' right behind the day belongs to it.
        let near = behind.trim_start_matches([' ', ',', ')']);
        let near = ["hằng năm", "hàng năm", "mỗi năm", "của năm"]
            .iter()
            .any(|words| near.starts_with(words))
            .then_some(Cadence::Yearly);
        let said = own
            .or(near)
            .or_else(|| cadence::said(before).filter(|said| *said != Cadence::Ongoing));
        let behind = cadence::said(behind).filter(|said| *said != Cadence::Ongoing);
        // Days of one list share what stands behind the last of them.
        let listed = days
            .get(place + 1)
            .is_some_and(|next| next.start == days[place].end);
        if !listed {
            list_end = place;
        }
        let shared = days
            .get(list_end)
            .filter(|_| listed)
            .and_then(|last| last.cadence);
        days[place].cadence = said.or(shared).or(behind);
    }
    // Words before the first of a list hold for the others.
    for place in 1..days.len() {
        if days[place].start == days[place - 1].end && days[place].cadence.is_none() {
            days[place].cadence = days[place - 1].cadence;
        }
    }
}
