//! What plays in a slot, in order: a pure rule over its stories and the bulletin around them.

use loa_air::Said;
use serde::{Deserialize, Serialize};

use crate::deliveries::entity::delivery;
use crate::ids::{DeliveryId, PartId};
use crate::stories::{Approved, Sound};
use crate::web::Lang;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the station says of itself and of the hour.
    Opening,
    /// A few notes before a story.
    Jingle,
    /// A story.
    Story,
    /// The farewell.
    Closing,
}

/// A part of a bulletin as it was approved, or as it would be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) id: PartId,
    pub(super) kind: Kind,
    /// Of a jingle: the story that it stands before, from 0.
    pub(super) position: i64,
    pub(super) text: String,
    /// SHA-256 of the words of its sound, as they are kept.
    pub(super) said: Option<String>,
    /// Which voice did not answer.
    pub(super) note: Option<String>,
    pub(super) sound: Sound,
}

/// Something that is heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// What the manifest calls it.
    pub said: Said,
    /// For displays; of a story its own.
    pub title: String,
    /// Its sound.
    pub sound: Sound,
    /// When it begins, from the start of the slot, in milliseconds.
    pub from_ms: i64,
}

/// What plays in a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Playlist {
    /// What is heard, in order.
    pub entries: Vec<Entry>,
    /// What there is no room for.
    pub left_out: Vec<Entry>,
    /// How long the slot is, in milliseconds.
    pub slot_ms: i64,
}

/// The stories of a slot in the order of a bulletin, with its parts around them. A story that was
/// withdrawn is gone with its jingle; one that came later stands behind those in the order. What
/// does not fit goes, stories last: first all jingles, then the closing, then the opening. A slot
/// without stories is silent.
pub(super) fn compose(
    slot_ms: i64,
    stories: &[(delivery::Model, Approved)],
    order: &[DeliveryId],
    parts: &[Part],
) -> Playlist {
    let find = |kind: Kind, position: usize| {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        let part = parts
            .iter()
            .find(|part| part.kind == kind && part.position == position);
        part.map(Entry::of_part)
    };
    let mut entries = Vec::new();
    for (place, id) in order.iter().enumerate() {
        let story = stories.iter().find(|(delivery, _)| delivery.id == *id);
        if let Some(story) = story.and_then(Entry::of_story) {
            entries.extend(find(Kind::Jingle, place));
            entries.push(story);
        }
    }
    let late = stories
        .iter()
        .filter(|(delivery, _)| !order.contains(&delivery.id));
    entries.extend(late.filter_map(Entry::of_story));
    if !entries.is_empty() {
        entries.splice(..0, find(Kind::Opening, 0));
        entries.extend(find(Kind::Closing, 0));
    }
    fit(entries, slot_ms)
}

fn fit(mut entries: Vec<Entry>, slot_ms: i64) -> Playlist {
    let mut left_out = Vec::new();
    for kind in [Kind::Jingle, Kind::Closing, Kind::Opening] {
        if length(&entries) <= slot_ms {
            break;
        }
        let (gone, stays) = entries.into_iter().partition(|entry| entry.kind == kind);
        let gone: Vec<Entry> = gone;
        left_out.extend(gone);
        entries = stays;
    }
    let mut from_ms = 0;
    for entry in &mut entries {
        entry.from_ms = from_ms;
        from_ms += entry.sound.duration_ms;
    }
    Playlist {
        entries,
        left_out,
        slot_ms,
    }
}

fn length(entries: &[Entry]) -> i64 {
    entries.iter().map(|entry| entry.sound.duration_ms).sum()
}

impl Playlist {
    /// How long all that is heard takes, in milliseconds.
    pub fn length_ms(&self) -> i64 {
        length(&self.entries)
    }

    /// How much more there is than the slot holds, with all that is left out; at most 0 when it fits.
    pub fn over_ms(&self) -> i64 {
        self.length_ms() + length(&self.left_out) - self.slot_ms
    }

    /// The deliveries that are heard, in order.
    pub fn stories(&self) -> Vec<DeliveryId> {
        let ids = self.entries.iter().filter_map(|entry| match entry.said {
            Said::Delivery(id) => Some(DeliveryId(id)),
            Said::Part(_) => None,
        });
        ids.collect()
    }
}

impl Kind {
    /// Its name in the store and the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Jingle => "jingle",
            Self::Story => "story",
            Self::Closing => "closing",
        }
    }

    /// Names its text of the locales.
    pub fn text(self) -> &'static str {
        match self {
            Self::Opening => "bulletins-opening",
            Self::Jingle => "bulletins-jingle",
            Self::Story => "bulletins-story",
            Self::Closing => "bulletins-closing",
        }
    }
}

impl Entry {
    fn of_part(part: &Part) -> Self {
        Self {
            kind: part.kind,
            said: Said::Part(part.id.0),
            title: Lang::Vi.t(part.kind.text()),
            sound: part.sound.clone(),
            from_ms: 0,
        }
    }

    fn of_story((delivery, approved): &(delivery::Model, Approved)) -> Option<Self> {
        Some(Self {
            kind: Kind::Story,
            said: Said::Delivery(delivery.id.0),
            title: approved.title.clone(),
            sound: approved.sound.clone()?,
            from_ms: 0,
        })
    }
}

#[cfg(test)]
mod tests;
