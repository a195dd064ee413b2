//! When something is tried again, and when an outlet is left alone for a while. Pure rules.

use chrono::TimeDelta;

/// After so many failed attempts in a row an outlet rests.
const REST_AFTER: i64 = 4;
/// So often something is tried before it is shown as failed: for about a day.
pub(super) const TRIES: i64 = 32;

/// How long until the next attempt: 5, 10, 20 … seconds, at most an hour, a fifth more or less by
/// `chance` (any byte), so that what failed together does not come back together.
pub(super) fn distance(tries: i64, chance: u8) -> TimeDelta {
    let doublings = Ord::clamp(tries - 1, 0, 10);
    let whole = Ord::min(5_000_i64 << doublings, 3_600_000);
    let fifth = whole / 5;
    TimeDelta::milliseconds(whole - fifth + 2 * fifth * i64::from(chance) / 255)
}

/// How long an outlet rests after so many failed attempts in a row: a minute, two, four …, at most half
/// an hour. Then one attempt is made, and its end decides.
pub(super) fn rest(faults: i64) -> Option<TimeDelta> {
    let over = faults - REST_AFTER;
    (over >= 0).then(|| TimeDelta::minutes(Ord::min(1_i64 << Ord::min(over, 5), 30)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn attempts_are_ever_further_apart_up_to_an_hour() {
        let middle = |tries| distance(tries, 127).num_seconds();
        assert_eq!((middle(1), middle(2), middle(3)), (4, 9, 19));
        assert!(distance(40, 255) <= TimeDelta::minutes(72));
        assert!(distance(40, 0) >= TimeDelta::minutes(48));
    }

    #[test]
    fn all_attempts_together_take_about_a_day() {
        let whole: TimeDelta = (1..TRIES).map(|tries| distance(tries, 127)).sum();
        assert!((20..28).contains(&whole.num_hours()), "{whole}");
    }

    #[test]
    fn an_outlet_rests_after_the_fourth_fault_and_ever_longer() {
        let minutes: Vec<Option<i64>> = (0..12)
            .map(|faults| rest(faults).map(|rest| rest.num_minutes()))
            .collect();
        assert_eq!(minutes[..4], [None; 4]);
        assert_eq!(minutes[4..10], [1, 2, 4, 8, 16, 30].map(Some));
        assert_eq!(minutes[11], Some(30));
    }

    proptest! {
        #[test]
        fn no_number_is_too_odd(tries in any::<i64>(), chance in any::<u8>()) {
            let tries = Ord::max(tries, i64::MIN + 1);
            let wait = distance(tries, chance);
            prop_assert!(wait >= TimeDelta::seconds(4) && wait <= TimeDelta::minutes(72));
        }
    }
}
