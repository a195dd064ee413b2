//! What is to be played now: a pure rule over a manifest.

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{Item, Manifest, Priority, Said, Slot};

/// An item whose time has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// What to play.
    pub item: Item,
    /// When it should have started: the slot's start, and all that stands before it.
    pub planned_at: DateTime<Utc>,
    /// Where it stands.
    pub priority: Priority,
    /// Which slot.
    pub slot: i64,
    /// When the slot ends.
    pub ends_at: DateTime<Utc>,
}

/// The item to play now: of the running slots the most urgent, in it the first item that was not
/// begun and whose sound is there. One whose sound still comes does not hold up the others. A part of
/// a bulletin is said in its place or not at all: no opening after the first story.
pub fn due(
    manifest: &Manifest,
    now: DateTime<Utc>,
    begun: impl Fn(i64, i64) -> bool,
    holds: impl Fn(&str) -> bool,
) -> Option<Cue> {
    let mut cues: Vec<Cue> = manifest
        .slots
        .iter()
        .filter(|slot| slot.starts_at <= now && now < slot.ends_at && now < manifest.valid_until)
        .flat_map(|slot| in_place(slot, &begun))
        .filter(|cue| !begun(cue.slot, cue.item.delivery) && holds(&cue.item.sha256))
        .collect();
    cues.sort_by_key(|cue| (std::cmp::Reverse(cue.priority), cue.planned_at));
    cues.into_iter().next()
}

/// Whether a manifest still asks for what is being played.
pub fn names(manifest: &Manifest, cue: &Cue) -> bool {
    let slot = manifest.slots.iter().find(|slot| slot.id == cue.slot);
    slot.is_some_and(|slot| slot.items.contains(&cue.item))
}

/// What was never begun though its slot ended after `since` and before now.
pub fn missed(
    manifest: &Manifest,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
    begun: impl Fn(i64, i64) -> bool,
) -> Vec<Cue> {
    let ended = manifest
        .slots
        .iter()
        .filter(|slot| slot.ends_at <= now && slot.ends_at > since);
    ended
        .flat_map(cues)
        .filter(|cue| !begun(cue.slot, cue.item.delivery))
        .collect()
}

/// When the next slot begins.
pub fn next_start(manifest: &Manifest, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    manifest
        .slots
        .iter()
        .map(|slot| slot.starts_at)
        .filter(|start| *start > now)
        .min()
}

/// Its cues without the parts after which something was begun already.
fn in_place(slot: &Slot, begun: impl Fn(i64, i64) -> bool) -> impl Iterator<Item = Cue> {
    let is_begun = |item: &Item| begun(slot.id, item.delivery);
    let reached = slot.items.iter().rposition(is_begun).unwrap_or(0);
    cues(slot)
        .enumerate()
        .filter(move |(place, cue)| {
            *place >= reached || matches!(cue.item.said(), Said::Delivery(_))
        })
        .map(|(_, cue)| cue)
}

fn cues(slot: &Slot) -> impl Iterator<Item = Cue> {
    let mut planned_at = slot.starts_at;
    slot.items.iter().map(move |item| {
        let cue = Cue {
            item: item.clone(),
            planned_at,
            priority: slot.priority,
            slot: slot.id,
            ends_at: slot.ends_at,
        };
        let length = i64::try_from(item.duration_ms)
            .ok()
            .and_then(TimeDelta::try_milliseconds);
        planned_at = length
            .and_then(|length| planned_at.checked_add_signed(length))
            .unwrap_or(slot.ends_at);
        cue
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    fn slot(id: i64, from: i64, to: i64, priority: Priority, deliveries: &[i64]) -> Slot {
        let item = |delivery: &i64| Item {
            bytes: 1,
            delivery: *delivery,
            duration_ms: 5_000,
            lufs: -16.0,
            sha256: format!("{delivery:064}"),
            title: String::new(),
        };
        let items = deliveries.iter().map(item).collect();
        Slot {
            ends_at: at(to),
            id,
            items,
            priority,
            starts_at: at(from),
        }
    }

    fn manifest() -> Manifest {
        let slots = vec![
            slot(1, 10, 30, Priority::Ordinary, &[7, 8]),
            slot(2, 20, 40, Priority::Urgent, &[9]),
        ];
        Manifest {
            area: 1,
            issued_at: at(0),
            slots,
            valid_until: at(100),
            version: 1,
        }
    }

    fn delivery(now: i64, begun: &[i64]) -> Option<i64> {
        due(
            &manifest(),
            at(now),
            |_, delivery| begun.contains(&delivery),
            |_| true,
        )
        .map(|cue| cue.item.delivery)
    }

    #[test]
    fn in_order_once_and_only_within_the_slot() {
        assert_eq!(delivery(9, &[]), None);
        assert_eq!(delivery(10, &[]), Some(7));
        assert_eq!(delivery(15, &[7]), Some(8));
        assert_eq!(delivery(19, &[7, 8]), None);
        assert_eq!(delivery(40, &[]), None);
    }

    #[test]
    fn urgent_goes_first() {
        assert_eq!(delivery(20, &[7]), Some(9));
        assert_eq!(delivery(20, &[7, 9]), Some(8));
    }

    #[test]
    fn a_sound_still_to_come_does_not_hold_up_the_others() {
        let holds = |sha256: &str| sha256.ends_with('8');
        assert_eq!(
            due(&manifest(), at(10), |_, _| false, holds)
                .unwrap()
                .item
                .delivery,
            8
        );
    }

    #[test]
    fn a_part_of_a_bulletin_is_said_in_its_place_or_not_at_all() {
        let asked = Manifest {
            slots: vec![slot(1, 10, 40, Priority::Ordinary, &[-1, 7, -2, 8, -3])],
            ..manifest()
        };
        let next = |begun: &[i64], without: i64| {
            let missing = format!("{without:064}");
            let begun = |_, delivery| begun.contains(&delivery);
            let cue = due(&asked, at(12), begun, |sha256| sha256 != missing);
            cue.map(|cue| cue.item.delivery)
        };
        assert_eq!(next(&[], 0), Some(-1));
        assert_eq!(next(&[], -1), Some(7), "the opening still comes");
        assert_eq!(next(&[7], 0), Some(-2), "no opening after a story");
        assert_eq!(next(&[7, -2, 8, -3], 0), None);
        assert_eq!(
            next(&[-1, -2, 8], 0),
            Some(7),
            "a story is never passed over"
        );
    }

    #[test]
    fn nothing_is_played_by_a_manifest_no_longer_valid() {
        let manifest = Manifest {
            valid_until: at(12),
            ..manifest()
        };
        assert_eq!(due(&manifest, at(12), |_, _| false, |_| true), None);
    }

    #[test]
    fn the_second_item_is_planned_after_the_first() {
        let cue = due(&manifest(), at(16), |_, delivery| delivery == 7, |_| true).unwrap();
        assert_eq!(cue.planned_at, at(15));
    }

    #[test]
    fn what_a_slot_left_unplayed_is_missed_unless_it_ended_before_enrolment() {
        let missed =
            |since| missed(&manifest(), at(35), at(since), |_, delivery| delivery == 7).len();
        assert_eq!(missed(0), 1);
        assert_eq!(missed(30), 0);
    }
}
