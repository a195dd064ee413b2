//! What may happen in a history.

use loa_air::Priority;
use proptest::prelude::*;

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A slot is made: so many seconds from now, so long, with so many items.
    Made {
        after: i64,
        seconds: i64,
        items: usize,
        priority: Priority,
    },
    /// A slot is taken back.
    TakenBack(usize),
    /// The manifest comes; or one of an earlier version does, as a replay.
    Manifest { earlier: usize },
    /// The urgent manifest comes over the broker; or an earlier one.
    Urgent { earlier: usize },
    /// Somebody else's manifest comes.
    Forged,
    /// A sound arrives.
    Sound(usize),
    /// So many tenths of a second go by.
    Plays(i64),
    /// Receipts reach the server; the acknowledgement may be lost.
    HandedIn { acknowledged: bool },
    /// The wall clock jumps by so many minutes.
    Jumps(i64),
    /// The power goes before the so-manieth change to the disk from now on.
    PowerFails(u32),
}

fn priorities() -> impl Strategy<Value = Priority> {
    prop_oneof![
        Just(Priority::Ordinary),
        Just(Priority::Priority),
        Just(Priority::Urgent)
    ]
}

pub(super) fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (-3i64..20, 2i64..15, 1usize..4, priorities())
            .prop_map(|(after, seconds, items, priority)| Event::Made { after, seconds, items, priority }),
        1 => any::<usize>().prop_map(Event::TakenBack),
        3 => (0usize..3).prop_map(|earlier| Event::Manifest { earlier }),
        2 => (0usize..3).prop_map(|earlier| Event::Urgent { earlier }),
        1 => Just(Event::Forged),
        2 => (0usize..2).prop_map(Event::Sound),
        4 => (1i64..60).prop_map(Event::Plays),
        2 => any::<bool>().prop_map(|acknowledged| Event::HandedIn { acknowledged }),
        1 => prop_oneof![Just(-60i64), Just(60), Just(-1), Just(7 * 24 * 60)].prop_map(Event::Jumps),
        2 => (0u32..12).prop_map(Event::PowerFails),
    ]
}
