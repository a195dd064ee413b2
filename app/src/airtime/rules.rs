//! What a slot must keep to: it lies ahead, nothing else is on the air then, and in the quiet
//! hours only what is urgent is said.

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::Priority;

use crate::clock::{local_day, start_of};
use crate::config::AirConfig;
use crate::ids::AreaId;

/// The shortest slot, in seconds.
const SHORTEST: i64 = 10;
/// The longest slot, in seconds.
const LONGEST: i64 = 4 * 3600;
/// How far ahead a slot is made.
const FURTHEST: TimeDelta = TimeDelta::days(366);
/// How finely, and how far, another time is looked for.
const STEP: TimeDelta = TimeDelta::minutes(15);
const STEPS: i32 = 4 * 24 * 2;

/// A slot somebody asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// For which area.
    pub area: AreaId,
    /// From.
    pub starts_at: DateTime<Utc>,
    /// How long, in seconds.
    pub seconds: i64,
    /// How urgent.
    pub priority: Priority,
}

/// What is known when a slot is asked for.
pub(super) struct Known<'a> {
    /// The time.
    pub now: DateTime<Utc>,
    /// The quiet hours.
    pub config: &'a AirConfig,
    /// Begin and end of the slots there are.
    pub taken: &'a [(DateTime<Utc>, DateTime<Utc>)],
}

/// Whether a time is on the air at once with one of others.
pub fn meets(
    others: &[(DateTime<Utc>, DateTime<Utc>)],
    (begin, end): (DateTime<Utc>, DateTime<Utc>),
) -> bool {
    others.iter().any(|(from, to)| *from < end && begin < *to)
}

impl Wanted {
    /// When it is over.
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::seconds(self.seconds)
    }
}

impl Known<'_> {
    /// Which rule a slot breaks: the name of a text.
    pub(super) fn broken(&self, wanted: &Wanted) -> Option<&'static str> {
        if !(SHORTEST..=LONGEST).contains(&wanted.seconds) {
            return Some("airtime-length");
        }
        if wanted.starts_at <= self.now {
            return Some("airtime-past");
        }
        if wanted.starts_at > self.now + FURTHEST {
            return Some("airtime-far");
        }
        // What is urgent goes first, at night and over anything else.
        if wanted.priority == Priority::Urgent {
            return None;
        }
        if self.is_quiet(wanted) {
            return Some("airtime-quiet");
        }
        meets(self.taken, (wanted.starts_at, wanted.ends_at())).then_some("airtime-overlap")
    }

    /// The nearest quarter of an hour, before or after, at which the slot breaks no rule.
    pub(super) fn nearest(&self, wanted: &Wanted) -> Option<DateTime<Utc>> {
        let from = Ord::clamp(wanted.starts_at, self.now, self.now + FURTHEST);
        let past = from.timestamp().rem_euclid(STEP.num_seconds());
        let before = from - TimeDelta::seconds(past);
        let tries = (0..STEPS).flat_map(|step| [before + STEP * (step + 1), before - STEP * step]);
        tries
            .map(|starts_at| Wanted {
                starts_at,
                ..*wanted
            })
            .find(|other| self.broken(other).is_none())
            .map(|other| other.starts_at)
    }

    /// Whether any of it falls into the quiet hours of its day or of the night before.
    fn is_quiet(&self, wanted: &Wanted) -> bool {
        let (from, to) = (self.config.quiet_from, self.config.quiet_to);
        if from == to {
            return false;
        }
        let length = (24 + i64::from(to) - i64::from(from)).rem_euclid(24);
        let day = local_day(wanted.starts_at);
        [day.pred_opt(), Some(day)]
            .into_iter()
            .flatten()
            .any(|day| {
                let begin = start_of(day) + TimeDelta::hours(i64::from(from));
                let end = begin + TimeDelta::hours(length);
                meets(&[(begin, end)], (wanted.starts_at, wanted.ends_at()))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}:00+07:00").parse().unwrap()
    }

    fn wanted(from: &str, minutes: i64) -> Wanted {
        Wanted {
            area: AreaId(1),
            starts_at: at(from),
            seconds: minutes * 60,
            priority: Priority::Ordinary,
        }
    }

    fn known<'a>(config: &'a AirConfig, taken: &'a [(DateTime<Utc>, DateTime<Utc>)]) -> Known<'a> {
        Known {
            now: at("2026-11-24T09:00"),
            config,
            taken,
        }
    }

    #[test]
    fn quiet_hours_hold_from_their_first_to_their_last_second() {
        let config = AirConfig::default();
        let known = known(&config, &[]);
        for (from, minutes, quiet) in [
            ("2026-11-24T21:45", 15, false),
            ("2026-11-24T21:45", 16, true),
            ("2026-11-24T23:30", 15, true),
            ("2026-11-25T04:59", 15, true),
            ("2026-11-25T05:00", 15, false),
            ("2026-11-25T03:00", 180, true),
        ] {
            let broken = known.broken(&wanted(from, minutes));
            assert_eq!(broken, quiet.then_some("airtime-quiet"), "{from} {minutes}");
        }
        let urgent = Wanted {
            priority: Priority::Urgent,
            ..wanted("2026-11-24T23:30", 15)
        };
        assert_eq!(known.broken(&urgent), None);
    }

    #[test]
    fn a_short_quiet_time_inside_a_slot_is_found_and_equal_hours_mean_none() {
        let noon = AirConfig {
            quiet_from: 12,
            quiet_to: 13,
            ..AirConfig::default()
        };
        let over = wanted("2026-11-24T11:00", 180);
        assert_eq!(known(&noon, &[]).broken(&over), Some("airtime-quiet"));
        let none = AirConfig {
            quiet_from: 0,
            quiet_to: 0,
            ..AirConfig::default()
        };
        let night = wanted("2026-11-24T23:00", 120);
        assert_eq!(known(&none, &[]).broken(&night), None);
    }

    #[test]
    fn the_nearest_free_time_may_lie_before_or_after() {
        let config = AirConfig::default();
        let taken = [(at("2026-11-24T17:00"), at("2026-11-24T18:00"))];
        let known = known(&config, &taken);
        let late = wanted("2026-11-24T17:45", 30);
        assert_eq!(known.broken(&late), Some("airtime-overlap"));
        assert_eq!(known.nearest(&late), Some(at("2026-11-24T18:00")));
        let early = wanted("2026-11-24T17:00", 30);
        assert_eq!(known.nearest(&early), Some(at("2026-11-24T16:30")));
        let past = wanted("2026-11-24T08:00", 30);
        assert_eq!(known.broken(&past), Some("airtime-past"));
        assert_eq!(known.nearest(&past), Some(at("2026-11-24T09:15")));
        let touching = wanted("2026-11-24T18:00", 15);
        assert_eq!(known.broken(&touching), None);
    }

    #[test]
    fn no_year_is_too_odd_to_be_refused() {
        let config = AirConfig::default();
        let known = known(&config, &[]);
        for (odd, rule) in [
            (DateTime::<Utc>::MAX_UTC, "airtime-far"),
            (DateTime::<Utc>::MIN_UTC, "airtime-past"),
        ] {
            let odd = Wanted {
                starts_at: odd,
                ..wanted("2026-11-24T10:00", 15)
            };
            assert_eq!(known.broken(&odd), Some(rule));
            assert!(known.nearest(&odd).is_some());
        }
    }

    #[test]
    fn lengths_have_limits_and_then_no_other_time_helps() {
        let config = AirConfig::default();
        let known = known(&config, &[]);
        for minutes in [0, 241] {
            let odd = wanted("2026-11-24T10:00", minutes);
            assert_eq!(known.broken(&odd), Some("airtime-length"));
            assert_eq!(known.nearest(&odd), None);
        }
    }
}
