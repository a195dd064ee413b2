//! Until when something is to be done, as exact as the document says: in words, and as people type it.

use chrono::{Datelike, NaiveDate};

use super::words::day_of_year;
use crate::web::Lang;

/// Until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due<'a> {
    /// `2026-06-30`
    Day(NaiveDate),
    /// `10-01`: month and day of every year.
    EveryYear(i64, i64),
    /// `*-15`: a day of every month.
    EveryMonth(u32),
    /// `Q-25`: a day of the last month of every quarter; `Q+05`: of the month behind it.
    EveryQuarter {
        /// The day.
        day: u32,
        /// Of the month behind the quarter.
        behind: bool,
    },
    /// `2026-06`, `2026-Q2` or `2026`.
    Part {
        /// The year.
        year: &'a str,
        /// `06`, `Q2`, or nothing.
        of: Option<&'a str>,
    },
    /// Anything else, as printed.
    Printed(&'a str),
}

impl<'a> Due<'a> {
    /// What a kept deadline means.
    pub fn of(text: &'a str) -> Self {
        Self::known(text).unwrap_or(Self::Printed(text))
    }

    fn known(text: &'a str) -> Option<Self> {
        if let Ok(day) = text.parse::<NaiveDate>() {
            return Some(Self::Day(day));
        }
        let day = |text: &str| text.parse().ok().filter(|day| (1..=31).contains(day));
        if let Some(of_month) = text.strip_prefix("*-") {
            return day(of_month).map(Self::EveryMonth);
        }
        for (prefix, behind) in [("Q-", false), ("Q+", true)] {
            if let Some(of_quarter) = text.strip_prefix(prefix) {
                return day(of_quarter).map(|day| Self::EveryQuarter { day, behind });
            }
        }
        let is_year =
            |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let Some((first, second)) = text.split_once('-') else {
            return is_year(text).then_some(Self::Part {
                year: text,
                of: None,
            });
        };
        if is_year(first) {
            let quarter = ["Q1", "Q2", "Q3", "Q4"].contains(&second);
            let month = format!("{text}-01").parse::<NaiveDate>().is_ok();
            let of = Some(second);
            return (quarter || month).then_some(Self::Part { year: first, of });
        }
        // A leap year: 29 February is a day.
        let of_year = NaiveDate::from_ymd_opt(2024, first.parse().ok()?, second.parse().ok()?)?;
        Some(Self::EveryYear(
            of_year.month().into(),
            of_year.day().into(),
        ))
    }

    /// In words, without 'until': `30/06/2026`, `01/10 hằng năm`, `quý 2/2026`.
    pub fn said(self, lang: Lang) -> String {
        let part = |name: &str, value: &str, year: &str| {
            let values = [("value", value.to_owned()), ("when", year.to_owned())];
            lang.with(name, &values)
        };
        match self {
            Self::Day(day) => lang.day(day),
            Self::EveryYear(month, day) => {
                lang.tv("plans-every-year", day_of_year(lang, month, day))
            }
            Self::EveryMonth(day) => lang.tv("plans-every-month", day),
            Self::EveryQuarter { day, behind: false } => lang.tv("plans-every-quarter", day),
            Self::EveryQuarter { day, behind: true } => lang.tv("plans-behind-quarter", day),
            Self::Part { year, of: None } => year.to_owned(),
            Self::Part { year, of: Some(of) } => match of.strip_prefix('Q') {
                Some(quarter) => part("plans-quarter-of", quarter, year),
                None => part("plans-month-of", of.trim_start_matches('0'), year),
            },
            Self::Printed(text) => text.to_owned(),
        }
    }

    /// As a person would type it; what is typed so is read so again.
    pub fn typed(self) -> String {
        match self {
            Self::Day(day) => format!("{}/{}/{}", day.day(), day.month(), day.year()),
            Self::EveryYear(month, day) => format!("{day}/{month}"),
            Self::EveryMonth(day) => format!("{day} hằng tháng"),
            Self::EveryQuarter { day, behind: false } => format!("{day} tháng cuối quý"),
            Self::EveryQuarter { day, behind: true } => format!("{day} tháng đầu quý sau"),
            Self::Part { year, of: None } => year.to_owned(),
            Self::Part { year, of: Some(of) } => match of.strip_prefix('Q') {
                Some(quarter) => format!("quý {quarter}/{year}"),
                None => format!("{}/{year}", of.trim_start_matches('0')),
            },
            Self::Printed(text) => text.to_owned(),
        }
    }
}

/// What a person typed, as it is kept: `30/6/2026`, `1/10`, `6/2026`, `quý 2/2026`, `15 hằng tháng`;
/// anything else stays as it is.
pub fn read(text: &str) -> String {
    written(&text.to_lowercase()).unwrap_or_else(|| text.to_owned())
}

fn written(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("ngày ");
    for (words, kept) in [
        ("hằng tháng", "*-"),
        ("hàng tháng", "*-"),
        ("tháng cuối quý", "Q-"),
        ("tháng đầu quý sau", "Q+"),
    ] {
        if let Some(day) = text.strip_suffix(words) {
            let day: u32 = day.trim().parse().ok()?;
            return known(format!("{kept}{day:02}"));
        }
    }
    let text = text.trim_start_matches("tháng ").trim_start_matches("năm ");
    let quarter = text.strip_prefix("quý ").or_else(|| text.strip_prefix('q'));
    let numbers: Vec<&str> = quarter.unwrap_or(text).split('/').map(str::trim).collect();
    let number = |text: &str| text.parse::<u32>().ok();
    known(match (quarter, numbers.as_slice()) {
        (Some(_), [quarter, year]) => {
            let roman = ["i", "ii", "iii", "iv"]
                .iter()
                .position(|one| one == quarter);
            let quarter = roman.map(|place| place + 1).map(|place| place.to_string());
            format!("{year}-Q{}", quarter.as_deref().unwrap_or(numbers[0]))
        }
        (None, [day, month, year]) => {
            format!("{year}-{:02}-{:02}", number(month)?, number(day)?)
        }
        (None, [month, year]) if number(year)? >= 1000 => format!("{year}-{:02}", number(month)?),
        (None, [day, month]) => format!("{:02}-{:02}", number(month)?, number(day)?),
        (None, [year]) => (*year).to_owned(),
        _ => return None,
    })
}

fn known(kept: String) -> Option<String> {
    Due::known(&kept).is_some().then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_typed_as_people_write_them() {
        for (typed, kept) in [
            ("30/6/2026", "2026-06-30"),
            ("1/10", "10-01"),
            ("01/10", "10-01"),
            ("9/2026", "2026-09"),
            ("tháng 09/2026", "2026-09"),
            ("quý II/2026", "2026-Q2"),
            ("Quý 4/2026", "2026-Q4"),
            ("2026", "2026"),
            ("năm 2026", "2026"),
            ("ngày 15 hằng tháng", "*-15"),
            ("25 tháng cuối quý", "Q-25"),
            ("5 tháng đầu quý sau", "Q+05"),
            ("trước kỳ họp cuối năm", "trước kỳ họp cuối năm"),
            ("31/2/2026", "31/2/2026"),
            ("quý 5/2026", "quý 5/2026"),
            ("40 hằng tháng", "40 hằng tháng"),
        ] {
            assert_eq!(read(typed), kept);
            assert_eq!(read(&Due::of(kept).typed()), kept);
        }
    }

    #[test]
    fn a_month_of_a_year_is_no_day_of_every_year() {
        let said = |kept| Due::of(kept).said(Lang::Vi);
        assert_eq!(said("2026-06"), "tháng 6/2026");
        assert_eq!(said("2026-Q2"), "quý 2/2026");
        assert_eq!(said("10-01"), "01/10 hằng năm");
        assert_eq!(said("*-15"), "ngày 15 hằng tháng");
        assert_eq!(said("Q+05"), "ngày 5 tháng đầu quý sau");
        assert_eq!(said("2026-06-30"), "30/06/2026");
        assert_eq!(said("sớm nhất có thể"), "sớm nhất có thể");
    }
}
