//! Public holidays: data with a source (`data/holidays.toml`), looked up by day.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

/// A day off by law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// What it is called, in Vietnamese.
    pub name: String,
    /// Whether it is announced; days that are not may still be moved.
    pub settled: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    holiday: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    name: String,
    #[serde(default = "yes")]
    settled: bool,
    days: Vec<NaiveDate>,
}

fn yes() -> bool {
    true
}

static DAYS: LazyLock<BTreeMap<NaiveDate, Holiday>> = LazyLock::new(|| {
    let text = include_str!("../../data/holidays.toml");
    // A test reads it, so a wrong file never leaves the workshop.
    let file: File = toml::from_str(text).unwrap_or(File {
        holiday: Vec::new(),
    });
    let listed = file.holiday.into_iter().flat_map(|listed| {
        let holiday = Holiday {
            name: listed.name,
            settled: listed.settled,
        };
        let days = listed.days.into_iter();
        days.map(move |day| (day, holiday.clone()))
            .collect::<Vec<_>>()
    });
    listed.collect()
});

/// The holiday of a day.
pub fn holiday(day: NaiveDate) -> Option<&'static Holiday> {
    DAYS.get(&day)
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::*;

    #[test]
    fn every_year_of_the_plan_has_the_eleven_days_of_the_law() {
        let text = include_str!("../../data/holidays.toml");
        let file: File = toml::from_str(text).unwrap();
        let listed: usize = file.holiday.iter().map(|one| one.days.len()).sum();
        assert_eq!(listed, DAYS.len(), "no day is listed twice");
        for year in 2025..=2030 {
            let days: Vec<_> = DAYS.keys().filter(|day| day.year() == year).collect();
            assert_eq!(days.len(), 11, "{year}: {days:?}");
        }
    }

    #[test]
    fn the_lunar_new_year_is_that_of_vietnam() {
        let day = |text: &str| holiday(text.parse().unwrap()).map(|holiday| holiday.name.as_str());
        assert_eq!(day("2030-02-01"), Some("Tết Nguyên đán"));
        assert_eq!(day("2026-02-17"), Some("Tết Nguyên đán"));
        assert_eq!(day("2026-04-26"), Some("Giỗ Tổ Hùng Vương"));
        assert_eq!(day("2026-11-27"), None);
    }
}
