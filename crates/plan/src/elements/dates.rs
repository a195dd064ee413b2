//! Days, months, quarters and years as documents print them.

use std::fmt;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::text::pattern;

/// As much of a date as is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct When {
    /// The year.
    pub year: Option<i32>,
    /// 1 to 4; never with a month.
    pub quarter: Option<u32>,
    /// 1 to 12.
    pub month: Option<u32>,
    /// The day of the month.
    pub day: Option<u32>,
}

/// A date and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The date.
    pub when: When,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

const FORMS: &str = concat!(
    r"(?P<d1>\d{1,2})\s?[/.–-]\s?(?P<m1>\d{1,2})\s?[/.–-]\s?(?P<y1>\d{4})\b",
    r"|(?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2})(?:,? năm (?P<y2>\d{4}))?\b",
    r"|quý (?P<q3>iv|iii|ii|i|[1-4])\b(?:\s*(?:/|-|,?\s*(?:của )?năm)\s*(?P<y3>\d{4})\b)?",
    r"|tháng (?P<m4>\d{1,2})\b(?:\s*(?:/|-|,?\s*năm)\s*(?P<y4>\d{4})\b)?",
    r"|(?P<d5>\d{1,2})\s?/\s?(?P<m5>\d{1,2})\b",
    r"|(?P<m6>\d{1,2})\s?/\s?(?P<y6>\d{4})\b",
    r"|năm (?P<y7>\d{4})\b",
);
static DATE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b(?:{FORMS})")));
static HERE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^(?:{FORMS}|(?P<y8>\d{{4}})\b)")));

/// The date with which a folded text begins, and how long it is. A year may stand alone.
pub fn here(fold: &str) -> Option<(When, usize)> {
    let found = HERE.captures(fold)?;
    Some((when(&found)?, found.get(0)?.end()))
}

/// The dates in a folded text, those alone that can be: no thirteenth month, no year alone.
pub fn all(fold: &str) -> impl Iterator<Item = Found> {
    DATE.captures_iter(fold).filter_map(|found| {
        let whole = found.get(0)?;
        Some(Found {
            when: when(&found)?,
            start: whole.start(),
            end: whole.end(),
        })
    })
}

/// Whether there is such a day, in a leap year at least.
pub fn is_day(day: u32, month: u32) -> bool {
    chrono::NaiveDate::from_ymd_opt(2024, month, day).is_some()
}

fn when(found: &Captures<'_>) -> Option<When> {
    let text = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| found.name(name))
            .map(|part| part.as_str())
    };
    let number = |names: &[&str]| text(names).and_then(|text| text.parse::<u32>().ok());
    let optional = |text: Option<&str>| text.and_then(|text| text.parse::<i32>().ok());
    // A pattern may lack the group of a year alone.
    let years = ["y1", "y2", "y3", "y4", "y6", "y7", "y8"];
    let year = optional(
        years
            .iter()
            .find_map(|name| found.name(name))
            .map(|part| part.as_str()),
    );
    let quarter = text(&["q3"]).map(|quarter| match quarter {
        "i" | "1" => 1,
        "ii" | "2" => 2,
        "iii" | "3" => 3,
        _ => 4,
    });
    let when = When {
        year,
        quarter,
        month: number(&["m1", "m2", "m4", "m5", "m6"]),
        day: number(&["d1", "d2", "d5"]),
    };
    let known = year.is_none_or(|year| (1900..2200).contains(&year))
        && when.month.is_none_or(|month| (1..=12).contains(&month))
        && when.day.is_none_or(|day| (1..=31).contains(&day));
    known.then_some(when)
}

impl When {
    /// With a year where none is printed.
    pub fn in_year(mut self, year: Option<i32>) -> Self {
        self.year = self.year.or(year);
        self
    }
}

impl fmt::Display for When {
    /// `2026-09-11`, `2026-09`, `2026-Q2`, `2026`; without a year `09-11`, `09`, `Q2`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.year.map(|year| year.to_string()));
        parts.extend(self.quarter.map(|quarter| format!("Q{quarter}")));
        parts.extend(self.month.map(|month| format!("{month:02}")));
        parts.extend(self.day.map(|day| format!("{day:02}")));
        out.write_str(&parts.join("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::fold;
    use super::*;

    #[test]
    fn every_way_to_print_a_date_is_read() {
        let cases = [
            ("17/3/2019", "2019-03-17"),
            ("17-3-2019", "2019-03-17"),
            ("17.3.2019", "2019-03-17"),
            ("06 tháng 9 năm 2021", "2021-09-06"),
            ("28 tháng 4 năm 2026", "2026-04-28"),
            ("01 tháng 10", "10-01"),
            ("02/7", "07-02"),
            ("quý II/2026", "2026-Q2"),
            ("Quý 3 năm 2026", "2026-Q3"),
            ("quý IV", "Q4"),
            ("tháng 9/2026", "2026-09"),
            ("Tháng 9 năm 2026", "2026-09"),
            ("tháng 12", "12"),
            ("9/2026", "2026-09"),
            ("năm 2026", "2026"),
            ("2026", "2026"),
        ];
        for (printed, wanted) in cases {
            let (when, length) = here(&fold(printed)).expect(printed);
            assert_eq!(when.to_string(), wanted, "{printed}");
            assert_eq!(length, printed.len(), "{printed}");
        }
        for printed in [
            "61/2018/NĐ-CP",
            "17/13/2019",
            "năm học",
            "quý vị",
            "tháng này",
            "0/5",
        ] {
            assert!(
                here(&fold(printed)).is_none_or(|(when, _)| when.day.is_none()),
                "{printed}"
            );
        }
    }

    #[test]
    fn dates_are_found_in_a_text() {
        let text = fold("từ ngày 11/9 đến hết năm 2026, số 61/2018/NĐ-CP");
        let found: Vec<String> = all(&text).map(|found| found.when.to_string()).collect();
        assert_eq!(found[..2], ["09-11", "2026"]);
        assert!(is_day(29, 2) && !is_day(31, 2));
    }
}
