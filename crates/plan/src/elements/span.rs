//! From when to when: what a field 'Thời gian', a cell of a table or a sentence says.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::dates::{self, When};
use super::text::pattern;

/// A stretch of time, as far as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first day, month, quarter or year.
    pub from: Option<When>,
    /// Its last one; for 'trước ngày' the day that is named.
    pub to: Option<When>,
}

/// 'quý II, III/2026', 'tháng 3 - 5/2026', 'ngày 11 - 20/9/2026', '2026 - 2030': both ends have
/// the tail in common.
static COMMON: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let joint = r"\s*(?:-|–|đến|,|và|và|tới)\s*";
    [
        format!(r"quý (?P<a>iv|iii|ii|i|[1-4]){joint}(?:hết )?(?:quý )?(?P<b>iv|iii|ii|i|[1-4])\b(?:\s*(?:/|,?\s*(?:của )?năm)\s*(?P<year>\d{{4}}))?"),
        format!(r"tháng (?P<a>\d{{1,2}}){joint}(?:hết )?(?:tháng )?(?P<b>\d{{1,2}})\b(?:\s*(?:/|,?\s*năm)\s*(?P<year>\d{{4}}))?"),
        format!(r"\b(?P<a>\d{{1,2}}){joint}(?:ngày )?(?P<b>\d{{1,2}})\s?(?:/| tháng )\s?(?P<month>\d{{1,2}})(?:\s?(?:/|,? năm)\s?(?P<year>\d{{4}}))?\b"),
        r"\b(?P<a>(?:19|20)\d{2})\s*(?:-|–|đến(?: năm)?)\s*(?P<b>(?:19|20)\d{2})\b".to_owned(),
    ]
    .iter()
    .map(|form| pattern(form))
    .collect()
});
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:\s*\([^()]{0,20}\))?\s*(?:-|–|đến|tới|cho đến)\s*(?:hết )?(?:ngày )?$")
});
static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:trước|chậm nhất(?: là)?(?: trong)?|muộn nhất|hết|đến|hoàn thành|xong)(?: trong| vào| hết)?(?: ngày)?\s*$",
    )
});
static SINCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:từ|kể từ|bắt đầu(?: từ)?)(?: ngày)?\s*$"));

/// The first stretch of time in a folded text; a year that is not printed is `year`.
pub fn first(fold: &str, year: Option<i32>) -> Option<Span> {
    let common = COMMON
        .iter()
        .filter_map(|form| form.captures(fold))
        .min_by_key(|found| found.get(0).map(|whole| whole.start()));
    let mut all = dates::all(fold);
    let one = all.next();
    if let Some(found) = common {
        let start = found.get(0).map_or(0, |whole| whole.start());
        // '15/6 - 20/7/2026' is two dates and no common tail.
        if one.is_none_or(|one| start <= one.start)
            && let Some(span) = common_tail(&found, year)
        {
            return Some(span);
        }
    }
    let one = one?;
    let next = all.next();
    if let Some(next) = next
        && BETWEEN.is_match(fold.get(one.end..next.start)?)
    {
        let to = next.when.in_year(year);
        return Some(Span {
            from: Some(one.when.in_year(to.year)),
            to: Some(to),
        });
    }
    let before = fold.get(..one.start)?;
    let when = Some(one.when.in_year(year));
    Some(if UNTIL.is_match(tail_of(before)) {
        Span {
            from: None,
            to: when,
        }
    } else if SINCE.is_match(tail_of(before)) {
        Span {
            from: when,
            to: None,
        }
    } else {
        Span {
            from: when,
            to: when,
        }
    })
}

/// The end of a text, enough of it for what stands before a date.
fn tail_of(text: &str) -> &str {
    &text[text.floor_char_boundary(text.len().saturating_sub(60))..]
}

fn common_tail(found: &Captures<'_>, year: Option<i32>) -> Option<Span> {
    let number = |name: &str| {
        found
            .name(name)
            .and_then(|part| part.as_str().parse::<u32>().ok())
    };
    let whole = found.get(0)?.as_str();
    let printed = found
        .name("year")
        .and_then(|part| part.as_str().parse().ok());
    let end = |name: &str| -> Option<When> {
        let plain = When {
            year: printed.or(year),
            ..When::default()
        };
        if whole.starts_with("quý") {
            let (quarter, _) = dates::here(&format!("quý {}", &found[name]))?;
            return Some(When {
                quarter: quarter.quarter,
                ..plain
            });
        }
        let value = number(name)?;
        if value > 1900 {
            return Some(When {
                year: i32::try_from(value).ok(),
                ..When::default()
            });
        }
        let when = match number("month") {
            Some(month) => When {
                month: Some(month),
                day: Some(value),
                ..plain
            },
            None => When {
                month: Some(value),
                ..plain
            },
        };
        let known = when.month.is_none_or(|month| (1..=12).contains(&month))
            && when.day.is_none_or(|day| (1..=31).contains(&day));
        known.then_some(when)
    };
    let (from, to) = (end("a")?, end("b")?);
    let order = |when: &When| (when.year, when.quarter, when.month, when.day);
    (order(&from) <= order(&to)).then_some(Span {
        from: Some(from),
        to: Some(to),
    })
}

impl Span {
    /// The last day that is named, or the first when there is no last.
    pub fn due(self) -> Option<String> {
        self.to.map(|when| when.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::fold;
    use super::*;

    fn said(text: &str) -> String {
        let Some(span) = first(&fold(text), Some(2026)) else {
            return "-".into();
        };
        let end = |when: Option<When>| when.map_or(String::new(), |when| when.to_string());
        format!("{}..{}", end(span.from), end(span.to))
    }

    #[test]
    fn stretches_of_time_are_read() {
        let cases = [
            (
                "từ ngày 11/9/2026 đến ngày 20/9/2026.",
                "2026-09-11..2026-09-20",
            ),
            ("từ ngày 11/9 đến hết năm 2026", "2026-09-11..2026"),
            ("từ quý II/2026", "2026-Q2.."),
            ("ngày 11/9/2026 (thứ Sáu)", "2026-09-11..2026-09-11"),
            ("Quý II, III/2027", "2027-Q2..2027-Q3"),
            ("Quý I - quý III năm 2027", "2027-Q1..2027-Q3"),
            ("tháng 3 - 5/2026", "2026-03..2026-05"),
            ("từ tháng 3 đến tháng 12/2026", "2026-03..2026-12"),
            ("11-20/9/2026", "2026-09-11..2026-09-20"),
            ("15/6 - 20/7/2026", "2026-06-15..2026-07-20"),
            ("Trước 30/6/2026", "..2026-06-30"),
            ("hoàn thành trong quý II", "..2026-Q2"),
            ("2026 - 2030", "2026..2030"),
            ("Năm 2027", "2027..2027"),
            ("Thường xuyên", "-"),
            ("tháng 13/2026", "-"),
        ];
        for (text, wanted) in cases {
            assert_eq!(said(text), wanted, "{text}");
        }
    }
}
