//! The rule, slot by slot.

use super::*;
use crate::ids::{ClauseId, OutletId, PlanId, ReleaseId, StoryId, UnitId, VersionId};
use crate::stories::SoundNote;

fn sound(seconds: i64) -> Sound {
    Sound {
        sha256: format!("{seconds:064}"),
        bytes: seconds * 16_000,
        duration_ms: seconds * 1000,
        lufs: -16.0,
    }
}

fn story(id: i64, seconds: i64) -> (delivery::Model, Approved) {
    let at = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let delivery = delivery::Model {
        id: DeliveryId(id),
        release_id: ReleaseId(id),
        outlet_id: OutletId(1),
        slot_id: None,
        key: id.to_string(),
        state: "planned".into(),
        planned_at: at,
        sent_at: None,
        delivered_at: None,
        proven_at: None,
        failure: None,
        updated_at: at,
        tries: 0,
        next_at: None,
        trying_since: None,
        remote: None,
        address: None,
        taking_back: None,
    };
    let approved = Approved {
        story: StoryId(id),
        version: VersionId(id),
        number: 1,
        sha256: String::new(),
        title: format!("Tin {id}"),
        summary: String::new(),
        body_html: String::new(),
        body: String::new(),
        unit: UnitId(1),
        clause: ClauseId(1),
        plan: PlanId(1),
        themes: Vec::new(),
        slug: String::new(),
        sound: (seconds > 0).then(|| sound(seconds)),
        voice: None,
        note: SoundNote::default(),
        approved_at: at,
    };
    (delivery, approved)
}

/// An opening of 10 seconds, jingles of 3 before three stories, a closing of 8.
fn parts() -> Vec<Part> {
    let part = |id: i64, kind, position, seconds| Part {
        id: PartId(id),
        kind,
        position,
        text: String::new(),
        said: None,
        note: None,
        sound: sound(seconds),
    };
    let mut parts = vec![part(1, Kind::Opening, 0, 10), part(9, Kind::Closing, 0, 8)];
    parts.extend((0..3).map(|place| part(2 + place, Kind::Jingle, place, 3)));
    parts
}

/// The numbers of the manifest: stories above zero, parts below.
fn played(seconds: i64, stories: &[i64]) -> (Vec<i64>, Vec<i64>) {
    let order = [DeliveryId(7), DeliveryId(5), DeliveryId(6)];
    let stories: Vec<_> = stories.iter().map(|id| story(*id, 20)).collect();
    let list = compose(seconds * 1000, &stories, &order, &parts());
    let numbers = |entries: &[Entry]| entries.iter().map(|entry| entry.said.number()).collect();
    (numbers(&list.entries), numbers(&list.left_out))
}

#[test]
fn stories_come_in_the_bulletin_s_order_with_its_parts_around_them() {
    let whole = vec![-1, -2, 7, -3, 5, -4, 6, -9];
    assert_eq!(played(600, &[5, 6, 7]), (whole, vec![]));
    let order = [DeliveryId(5)];
    let list = compose(60_000, &[story(5, 20)], &order, &parts());
    let begins: Vec<_> = list.entries.iter().map(|entry| entry.from_ms).collect();
    assert_eq!(begins, [0, 10_000, 13_000, 33_000]);
    assert_eq!((list.length_ms(), list.over_ms()), (41_000, -19_000));
}

#[test]
fn what_was_withdrawn_goes_with_its_jingle_and_what_came_later_stands_last() {
    let without = vec![-1, -2, 7, -4, 6, 8, -9];
    assert_eq!(played(600, &[6, 7, 8]), (without, vec![]));
    assert_eq!(
        played(600, &[]),
        (vec![], vec![]),
        "nobody greets for nothing"
    );
}

#[test]
fn stories_go_first_when_there_is_no_room_for_all() {
    // 10 + 3 × 23 + 8 = 87 seconds.
    assert_eq!(played(87, &[5, 6, 7]).1, Vec::<i64>::new());
    let stories = vec![7, 5, 6];
    let jingles = vec![-2, -3, -4];
    assert_eq!(
        played(86, &[5, 6, 7]),
        (vec![-1, 7, 5, 6, -9], jingles.clone())
    );
    let (kept, gone) = played(77, &[5, 6, 7]);
    assert_eq!(kept, [vec![-1], stories.clone()].concat());
    assert_eq!(gone, [jingles.clone(), vec![-9]].concat());
    let (kept, gone) = played(60, &[5, 6, 7]);
    assert_eq!(kept, stories);
    assert_eq!(gone, [jingles, vec![-9, -1]].concat());
}

#[test]
fn a_slot_without_a_bulletin_plays_its_stories_bare() {
    let stories = [story(5, 20), story(6, 0), story(7, 20)];
    let list = compose(600_000, &stories, &[], &[]);
    assert_eq!(list.stories(), [DeliveryId(5), DeliveryId(7)]);
}
