//! A weekly pattern: on which days, from when, how long. A pure rule.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use loa_air::Priority;
use serde::Deserialize;

use crate::clock::{local_day, start_of};
use crate::holidays::holiday;

const DAY: i64 = 24 * 60;
const WEEK: i64 = 7 * DAY;

/// The days of a week, a bit each, Monday first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weekdays(u8);

/// What repeats every week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekly {
    /// On these days.
    pub weekdays: Weekdays,
    /// From this minute of the day, in Vietnam.
    pub start_minute: i64,
    /// So many minutes.
    pub minutes: i64,
    /// How urgent: ordinary or priority.
    pub priority: Priority,
    /// From this day on.
    pub first_day: NaiveDate,
    /// The last day on which it holds; none: until somebody ends it.
    pub last_day: Option<NaiveDate>,
    /// What it does on public holidays.
    pub holidays: OnHolidays,
}

/// What a pattern does on public holidays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnHolidays {
    /// As on other days.
    #[default]
    Usual,
    /// Nothing.
    Off,
    /// It holds on holidays only.
    Only,
}

impl OnHolidays {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Off, Self::Only];

    /// Its name in the store and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Off => "off",
            Self::Only => "only",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|one| one.name() == name);
        known.unwrap_or_default()
    }

    /// Whether it holds on a day.
    fn holds(self, day: NaiveDate) -> bool {
        match self {
            Self::Usual => true,
            Self::Off => holiday(day).is_none(),
            Self::Only => holiday(day).is_some(),
        }
    }
}

impl Weekdays {
    /// Every day.
    pub const ALL: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];

    /// From bits, as they are kept; others than those of a week are left out.
    pub fn from_bits(bits: i64) -> Self {
        Self(u8::try_from(bits & 127).unwrap_or_default())
    }

    /// As it is kept.
    pub fn bits(self) -> i64 {
        i64::from(self.0)
    }

    /// Whether it has a day.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<Days: IntoIterator<Item = Weekday>>(days: Days) -> Self {
        let bits = days.into_iter().map(|day| 1 << day.num_days_from_monday());
        Self(bits.fold(0, |all, bit| all | bit))
    }
}

impl Weekly {
    /// Begin and end of every time that begins after `from` and not after `until`.
    pub fn between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let first = Ord::max(self.first_day, local_day(from));
        let last = self
            .last_day
            .map_or(local_day(until), |last| last.min(local_day(until)));
        first
            .iter_days()
            .take_while(|day| *day <= last)
            .filter(|day| self.weekdays.has(day.weekday()) && self.holidays.holds(*day))
            .map(|day| {
                let begin = start_of(day) + TimeDelta::minutes(self.start_minute);
                (begin, begin + TimeDelta::minutes(self.minutes))
            })
            .filter(|(begin, _)| *begin > from && *begin <= until)
            .collect()
    }

    /// Whether two patterns of one area would ever be on the air at once.
    pub fn meets(&self, other: &Self) -> bool {
        let ends = |one: &Self| one.last_day.unwrap_or(NaiveDate::MAX);
        // A time may reach into the day after its last.
        let apart = |one: &Self, other: &Self| {
            ends(one)
                .checked_add_days(chrono::Days::new(1))
                .is_some_and(|end| end < other.first_day)
        };
        if apart(self, other) || apart(other, self) {
            return false;
        }
        // The one rests when the other holds. A time over midnight reaches into a day of the other kind.
        let within_days =
            self.start_minute + self.minutes <= DAY && other.start_minute + other.minutes <= DAY;
        let kinds = [self.holidays, other.holidays];
        if within_days && kinds.contains(&OnHolidays::Off) && kinds.contains(&OnHolidays::Only) {
            return false;
        }
        self.minutes_of_week().any(|one| {
            other.minutes_of_week().any(|two| {
                (two - one).rem_euclid(WEEK) < self.minutes
                    || (one - two).rem_euclid(WEEK) < other.minutes
            })
        })
    }

    /// When it begins, in minutes from Monday's midnight.
    fn minutes_of_week(&self) -> impl Iterator<Item = i64> + '_ {
        let days = Weekdays::ALL
            .into_iter()
            .filter(|day| self.weekdays.has(*day));
        days.map(|day| i64::from(day.num_days_from_monday()) * DAY + self.start_minute)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weekly(days: u8, start_minute: i64, minutes: i64) -> Weekly {
        Weekly {
            weekdays: Weekdays::from_bits(i64::from(days)),
            start_minute,
            minutes,
            priority: Priority::Ordinary,
            first_day: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            last_day: None,
            holidays: OnHolidays::Usual,
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}:00+07:00").parse().unwrap()
    }

    #[test]
    fn the_times_of_a_week_are_those_of_its_days_in_vietnam() {
        // Mondays and Thursdays at 5.30, from Monday 23 November 2026.
        let pattern = weekly(0b1001, 330, 30);
        let times = pattern.between(at("2026-11-23T05:30"), at("2026-12-03T05:30"));
        let begins: Vec<_> = times.iter().map(|(begin, _)| *begin).collect();
        let expected = ["2026-11-26T05:30", "2026-11-30T05:30", "2026-12-03T05:30"].map(at);
        assert_eq!(begins, expected);
        let ended = Weekly {
            last_day: NaiveDate::from_ymd_opt(2026, 11, 29),
            ..pattern
        };
        assert_eq!(
            ended
                .between(at("2026-11-23T00:00"), at("2027-01-01T00:00"))
                .len(),
            2
        );
    }

    #[test]
    fn a_time_over_midnight_meets_the_next_day_and_sunday_meets_monday() {
        let late = weekly(0b100_0000, 23 * 60 + 50, 20);
        assert!(late.meets(&weekly(1, 5, 10)));
        assert!(!late.meets(&weekly(1, 10, 10)));
        assert!(!late.meets(&weekly(0b10, 5, 10)));
    }

    #[test]
    fn on_holidays_it_rests_or_holds_only_then() {
        // Every day at 5.30, over the lunar new year of 2027.
        let (from, until) = (at("2027-02-04T00:00"), at("2027-02-11T00:00"));
        let count = |holidays| {
            let pattern = Weekly {
                holidays,
                ..weekly(127, 330, 30)
            };
            pattern.between(from, until).len()
        };
        assert_eq!(OnHolidays::ALL.map(count), [7, 2, 5]);
        let (off, only) = (OnHolidays::Off, OnHolidays::Only);
        let of = |holidays, minutes| Weekly {
            holidays,
            ..weekly(127, 23 * 60, minutes)
        };
        assert!(!of(off, 60).meets(&of(only, 30)));
        assert!(of(off, 30).meets(&of(off, 30)));
        assert!(
            of(off, 90).meets(&of(only, 30)),
            "it reaches into the holiday"
        );
    }

    proptest! {
        /// Two patterns meet just when some of their times do.
        #[test]
        fn meeting_is_being_on_the_air_at_once(
            days in (1u8..128, 1u8..128),
            starts in (0i64..1440, 0i64..1440),
            lengths in (1i64..=240, 1i64..=240),
        ) {
            let (one, two) = (weekly(days.0, starts.0, lengths.0), weekly(days.1, starts.1, lengths.1));
            let (from, until) = (at("2026-12-01T00:00"), at("2026-12-20T00:00"));
            let others = two.between(from, until);
            let meets = one.between(from, until).iter().any(|(begin, end)| {
                others.iter().any(|(from, to)| from < end && begin < to)
            });
            prop_assert_eq!(one.meets(&two), meets);
            prop_assert_eq!(one.meets(&two), two.meets(&one));
        }
    }
}
