//! Reporting rules: who wants a report by which day, however it is said. A rule without a day is
//! a duty with a cadence and no report.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::outline::{Node, Outline};
use super::text::{Text, pattern};
use super::{cadence, confidence, dates, lines, units};
use crate::model::{Cadence, Report, Warning};

/// A day behind 'trước ngày' and the like, or behind a comma in a list of days.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<word>(?:chậm nhất|muộn nhất)(?: là)?(?: vào)?(?: trước)?|trước|đến hết|đến|vào|hạn cuối:?|thời hạn:?)(?P<name> ngày)?:? ",
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
/// Before a receiver.
static TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<word>gửi(?: báo cáo| kết quả| văn bản)?(?: về| cho| đến| tới)?|về|cho|tới|trình|báo cáo(?: kết quả)?(?: về)?)(?: cho)? ",
    )
});
/// A cadence right before its day: 'năm (trước ngày 15/12)'.
static YEAR_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[ ,;(])(?:năm|cả năm|báo cáo năm|tổng kết năm|một năm)\s*[:(,-]?\s*(?:gửi )?$")
});
static QUARTER_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[ ,;(])(?:quý|báo cáo quý)\s*[:(,-]?\s*(?:gửi )?$"));
static HALF_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:0?6|sáu) tháng(?: đầu năm)?\s*[:(,-]?\s*(?:gửi )?$"));
/// A clause under 'Chế độ báo cáo' that names no report again.
static BULLET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:định kỳ |báo cáo )?(?:(?:hằng|hàng) (?:tháng|quý|năm)|quý|năm|cả năm|0?6 tháng|sáu tháng|tháng|thời hạn|thời gian|đột xuất)",
    )
});
static RESULTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"kết quả|số liệu|tình hình|báo cáo"));

/// The reports of a document. `year` is that of a plan of one year.
pub fn find(outline: &Outline<'_>, year: Option<i32>, warnings: &mut Vec<Warning>) -> Vec<Report> {
    let mut reports = Vec::new();
    // The clause 'Chế độ báo cáo' below which each report stands.
    let mut groups: Vec<Option<usize>> = Vec::new();
    for node in &outline.nodes {
        let above = node.parent.filter(|parent| {
            let lead = outline.nodes[*parent].lead();
            lead.fold.contains("báo cáo")
        });
        for line in node.paragraphs() {
            let says = line.fold.contains("báo cáo");
            let bullet = above.is_some() && BULLET.is_match(line.fold);
            if !says && !bullet {
                continue;
            }
            let rule = Rule {
                node,
                line,
                above: above.map(|above| outline.nodes[above].lead()),
                year,
                receiver: OnceCell::new(),
            };
            for sentence in lines::sentences(line) {
                rule.read(sentence, warnings, &mut reports);
            }
            groups.resize(reports.len(), above);
        }
    }
    share_receivers(&mut reports, &groups);
    reports
}

/// Reports of one clause go where one of them is said to go.
fn share_receivers(reports: &mut [Report], groups: &[Option<usize>]) {
    let mut receivers: BTreeMap<usize, String> = BTreeMap::new();
    for (report, group) in reports.iter().zip(groups) {
        if let (Some(to), Some(group)) = (&report.to, group) {
            receivers.entry(*group).or_insert_with(|| to.clone());
        }
    }
    for (report, group) in reports.iter_mut().zip(groups) {
        if report.to.is_none() {
            report.to = group.and_then(|group| receivers.get(&group).cloned());
        }
    }
}

/// What a paragraph asks.
struct Rule<'a, 'b> {
    node: &'b Node<'a>,
    line: Text<'b>,
    above: Option<Text<'b>>,
    year: Option<i32>,
    /// Whom the whole paragraph names, or the clause above it.
    receiver: OnceCell<Option<String>>,
}

/// A day in a sentence.
struct Day<'t> {
    start: usize,
    end: usize,
    due: String,
    year: bool,
    before: bool,
    cadence: Option<Cadence>,
    text: Text<'t>,
}

impl Rule<'_, '_> {
    /// What a sentence asks. Its parts are looked at one by one, since a semicolon may part the
    /// sending of a plan from that of its report.
    fn read(&self, sentence: Text<'_>, warnings: &mut Vec<Warning>, reports: &mut Vec<Report>) {
        let mut asked = self.above.is_some();
        let mut receiver = None;
        for part in sentence.split(|letter| letter == ';') {
            let place = part.fold.find("báo cáo");
            // 'báo cáo: 6 tháng trước ngày 15/6; năm trước ngày 15/12'
            let goes_on = asked && BULLET.is_match(part.fold);
            if place.is_none() && !goes_on {
                continue;
            }
            asked = true;
            let days = self.days(part, warnings);
            let Some(first) = days.first() else {
                continue;
            };
            let place = place.unwrap_or(0);
            let any_behind = days.iter().any(|day| day.start > place);
            // 'Gửi kế hoạch trước ngày 28/2 để tổng hợp, báo cáo' sends a plan.
            let purpose = part.part(first.end, part.len()).fold;
            let to_report = purpose.trim_start().starts_with("để");
            if !any_behind && to_report && !RESULTS.is_match(part.to(first.start).fold) {
                continue;
            }
            let to = receiver_of(part, first.start)
                .or_else(|| receiver.clone())
                .or_else(|| self.any_receiver());
            receiver.clone_from(&to);
            for day in days {
                if any_behind && day.start < place {
                    continue;
                }
                reports.push(self.report(&day, to.clone()));
            }
        }
    }

    fn report(&self, day: &Day<'_>, to: Option<String>) -> Report {
        let cadence = day.cadence.unwrap_or(if day.year || self.year.is_some() {
            Cadence::Once
        } else {
            Cadence::Yearly
        });
        Report {
            clause: self.node.id(),
            confidence: match (&to, day.cadence.is_some() || day.year) {
                (Some(_), true) => confidence::HEADED,
                (None, false) => confidence::INFERRED,
                _ => confidence::USUAL,
            },
            to,
            due: day.due.clone(),
            inclusive: !day.before,
            cadence,
        }
    }

    fn days<'t>(&self, text: Text<'t>, warnings: &mut Vec<Warning>) -> Vec<Day<'t>> {
        let mut days: Vec<Day<'t>> = Vec::new();
        let mut from = 0;
        while let Some(found) = DAY.captures_at(text.fold, from) {
            let whole = found.get(0).map_or(from..from + 1, |whole| whole.range());
            from = whole.end;
            let word = &found["word"];
            let plain = found.name("name").is_none() && ["đến", "vào"].contains(&word);
            let Some(due) = self.due(&found, warnings).filter(|_| !plain) else {
                continue;
            };
            let before = word.contains("trước");
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
                let Some(due) = self.due(&next, warnings) else {
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
    fn due(&self, found: &Captures<'_>, warnings: &mut Vec<Warning>) -> Option<String> {
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
                    line: self.node.clause.line,
                    message: format!(
                        "Thời hạn báo cáo {day}/{month} không phải một ngày trong năm"
                    ),
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

    fn any_receiver(&self) -> Option<String> {
        let found = || {
            let above = self.above.and_then(|above| receiver_of(above, above.len()));
            receiver_of(self.line, self.line.len()).or(above)
        };
        self.receiver.get_or_init(found).clone()
    }
}

/// Who gets the report: the last body behind 'gửi', 'về' before the day, else the one behind
/// 'báo cáo', else the first behind the day that is not there to be told later.
fn receiver_of(text: Text<'_>, day: usize) -> Option<String> {
    let mut sent = None;
    let mut told = None;
    let mut behind = None;
    let mut from = 0;
    while let Some(found) = TO.captures_at(text.fold, from) {
        let whole = found.get(0)?;
        from = whole.end();
        let before = &text.fold[..whole.start()];
        if before.ends_with(char::is_alphanumeric) {
            continue;
        }
        let Some((name, length)) = units::one(text.from(from)) else {
            continue;
        };
        from += length;
        let near = before
            .floor_char_boundary(before.len().saturating_sub(200))
            .max(day.min(before.len()));
        let passed_on = before
            .get(near..)
            .is_some_and(|near| near.contains("để ") || near.contains("tổng hợp"));
        let word = &found["word"];
        if whole.start() > day {
            if !passed_on && behind.is_none() {
                behind = Some(name);
            }
        } else if word.starts_with("báo cáo") || word == "trình" {
            told.get_or_insert(name);
        } else {
            sent = Some(name);
        }
    }
    sent.or(told).or(behind)
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
