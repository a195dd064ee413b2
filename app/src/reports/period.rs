//! Reporting periods: what is counted from when to when, and until when it is to be reported.
//! Pure: a rule and a year give a period.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer};

/// A day of any year. The 29th of February is the 28th in a year that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

/// What is counted in a year, and when the report of it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The first day that counts. When it lies after the last one, it is of the year before.
    pub counted_from: MonthDay,
    /// The last day that counts: it gives the period its year.
    pub counted_to: MonthDay,
    /// The due day, the first of its kind after the last day that counts.
    pub due: MonthDay,
    /// Whether the due day itself is still in time. 'Trước ngày 01/10' is not: 30/9 is the last.
    pub inclusive: bool,
}

/// A year to report on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The year it is called by.
    pub year: i32,
    /// The first day that counts, in Vietnam.
    pub from: NaiveDate,
    /// The last day that counts, in Vietnam.
    pub to: NaiveDate,
    /// The last day on which a report is in time.
    pub last_day: NaiveDate,
}

/// How a report stands towards its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// The period still runs, for so many days after this one.
    Running(i64),
    /// So many days are left; 0 on the last day.
    Left(i64),
    /// So many days too late.
    Late(i64),
}

impl MonthDay {
    /// A day of any year; `None` when no year has it.
    pub fn new(month: u32, day: u32) -> Option<Self> {
        // A leap year has all days that there are.
        NaiveDate::from_ymd_opt(2000, month, day).map(|_| Self { month, day })
    }

    /// It in a year.
    pub fn of(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
    }
}

impl Rule {
    /// The period called by a year; `None` for a year no calendar has.
    pub fn period(&self, year: i32) -> Option<Period> {
        let to = self.counted_to.of(year)?;
        let turns = self.counted_from > self.counted_to;
        let from = self.counted_from.of(if turns { year - 1 } else { year })?;
        let due = self.due.of(year).filter(|due| *due > to);
        let due = match due {
            Some(due) => due,
            None => self.due.of(year + 1)?,
        };
        let last_day = if self.inclusive { due } else { due.pred_opt()? };
        Some(Period {
            year,
            from,
            to,
            last_day,
        })
    }

    /// The period in which a day counts; `None` in a gap between two.
    pub fn of_day(&self, day: NaiveDate) -> Option<Period> {
        [day.year(), day.year() + 1]
            .into_iter()
            .filter_map(|year| self.period(year))
            .find(|period| period.counts(day))
    }

    /// The newest period that is over on a day: the one that is reported on then.
    pub fn over(&self, day: NaiveDate) -> Option<Period> {
        [day.year(), day.year() - 1]
            .into_iter()
            .filter_map(|year| self.period(year))
            .find(|period| period.to < day)
    }
}

impl Period {
    /// Whether a day in Vietnam counts.
    pub fn counts(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// How a report that is handed in on a day, or would be, stands.
    pub fn timing(&self, day: NaiveDate) -> Timing {
        let left = (self.last_day - day).num_days();
        if day <= self.to {
            Timing::Running((self.to - day).num_days())
        } else if left >= 0 {
            Timing::Left(left)
        } else {
            Timing::Late(-left)
        }
    }
}

impl FromStr for MonthDay {
    type Err = String;

    /// `10-01`
    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (month, day) = text.split_once('-')?;
            Self::new(month.parse().ok()?, day.parse().ok()?)
        };
        read().ok_or_else(|| format!("'{text}' is not a day of a year; write month-day as 10-01"))
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn rule(from: &str, to: &str, due: &str, inclusive: bool) -> Rule {
        Rule {
            counted_from: from.parse().unwrap(),
            counted_to: to.parse().unwrap(),
            due: due.parse().unwrap(),
            inclusive,
        }
    }

    fn plan() -> Rule {
        rule("09-15", "09-14", "10-01", false)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn before_the_first_of_october_ends_on_the_thirtieth_of_september() {
        let period = plan().period(2026).unwrap();
        assert_eq!(period.from, day("2025-09-15"));
        assert_eq!(period.to, day("2026-09-14"));
        assert_eq!(period.last_day, day("2026-09-30"));
        assert_eq!(period.timing(day("2026-09-14")), Timing::Running(0));
        assert_eq!(period.timing(day("2026-09-15")), Timing::Left(15));
        assert_eq!(period.timing(day("2026-09-30")), Timing::Left(0));
        assert_eq!(period.timing(day("2026-10-01")), Timing::Late(1));
    }

    #[test]
    fn the_decrees_year_cannot_be_due_before_it_ends() {
        let decree = rule("12-15", "12-14", "10-01", false);
        let period = decree.period(2026).unwrap();
        assert_eq!(period.to, day("2026-12-14"));
        assert_eq!(period.last_day, day("2027-09-30"));
    }

    #[test]
    fn days_go_to_the_year_in_which_they_count() {
        let year = |text| plan().of_day(day(text)).map(|period| period.year);
        assert_eq!(year("2026-09-14"), Some(2026));
        assert_eq!(year("2026-09-15"), Some(2027));
        assert_eq!(year("2026-01-01"), Some(2026));
        let half = rule("06-15", "12-14", "12-20", true);
        assert_eq!(half.of_day(day("2026-01-01")), None);
    }

    #[test]
    fn the_period_to_report_on_is_the_newest_that_is_over() {
        let year = |text| plan().over(day(text)).map(|period| period.year);
        assert_eq!(year("2026-09-14"), Some(2025));
        assert_eq!(year("2026-09-15"), Some(2026));
        assert_eq!(year("2027-01-01"), Some(2026));
    }

    #[test]
    fn odd_days_are_refused_and_the_leap_day_has_a_place_in_every_year() {
        for odd in ["13-01", "02-30", "00-10", "1001", "", "10-01-2026"] {
            assert!(odd.parse::<MonthDay>().is_err(), "{odd}");
        }
        let leap: MonthDay = "02-29".parse().unwrap();
        assert_eq!(leap.of(2027), Some(day("2027-02-28")));
        assert_eq!(leap.of(2028), Some(day("2028-02-29")));
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0_i64..40_000).prop_map(|days| day("2000-01-01") + TimeDelta::days(days))
    }

    proptest! {
        #[test]
        fn every_day_counts_in_exactly_one_year(on in any_day()) {
            let years = (on.year() - 2)..=(on.year() + 2);
            let counting = years.filter_map(|year| plan().period(year)).filter(|one| one.counts(on));
            prop_assert_eq!(counting.count(), 1);
            prop_assert!(plan().of_day(on).unwrap().counts(on));
        }

        #[test]
        fn years_follow_each_other_without_a_gap(year in 1900_i32..2200) {
            let (one, next) = (plan().period(year).unwrap(), plan().period(year + 1).unwrap());
            prop_assert_eq!(one.to.succ_opt(), Some(next.from));
        }

        #[test]
        fn what_is_due_is_over(month in 1_u32..=12, on in 1_u32..=28, year in 1900_i32..2200, inclusive: bool) {
            let due = MonthDay::new(month, on).unwrap();
            for (from, to) in [("09-15", "09-14"), ("12-15", "12-14"), ("01-01", "12-31")] {
                let period = Rule { due, inclusive, ..rule(from, to, "01-01", true) }.period(year).unwrap();
                prop_assert!(period.from <= period.to);
                prop_assert!(period.to <= period.last_day);
                let due_on = if inclusive { period.last_day } else { period.last_day.succ_opt().unwrap() };
                prop_assert_eq!((due_on.month(), due_on.day()), (month, on));
            }
        }

        #[test]
        fn lateness_grows_by_a_day_a_day(on in any_day()) {
            let period = plan().over(on).unwrap();
            let left = |timing| match timing {
                Timing::Left(days) => days,
                Timing::Late(days) => -days,
                Timing::Running(_) => i64::MAX,
            };
            let next = on.succ_opt().unwrap();
            prop_assert_eq!(left(period.timing(on)) - 1, left(period.timing(next)));
        }
    }
}
