//! The messages. Instants are UTC in whole milliseconds, lengths in milliseconds, sizes in bytes,
//! hashes SHA-256 in lower-case hexadecimal. Fields stand in alphabetical order: that is the order
//! of the canonical bytes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the speakers of an area must do in the coming 72 hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The area it is for.
    pub area: i64,
    /// When it was signed.
    pub issued_at: DateTime<Utc>,
    /// In order of their start.
    pub slots: Vec<Slot>,
    /// After this it is not played any more.
    pub valid_until: DateTime<Utc>,
    /// Grows with every change; a lower one is never accepted again.
    pub version: i64,
}

/// A time on the air.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// What still plays then is cut.
    pub ends_at: DateTime<Utc>,
    /// Its id on the server.
    pub id: i64,
    /// One after the other.
    pub items: Vec<Item>,
    /// Circular 39/2020/TT-BTTTT names three.
    pub priority: Priority,
    /// When the first item starts.
    pub starts_at: DateTime<Utc>,
}

/// One sound in a slot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Size of the sound file.
    pub bytes: u64,
    /// What it is, see [`Said`]; the receipt names it.
    pub delivery: i64,
    /// Length of the sound.
    pub duration_ms: u64,
    /// Loudness (EBU R128).
    pub lufs: f64,
    /// Of the sound file.
    pub sha256: String,
    /// For displays and logs.
    pub title: String,
}

/// What an item says. On the wire both stand in one field: a delivery by its id, a part of a bulletin
/// (its opening, a jingle, its closing) by its id with a minus before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// A story, by the id of its delivery.
    Delivery(i64),
    /// What stands around the stories, by the id of the part.
    Part(i64),
}

impl Said {
    /// As it stands in `delivery`.
    pub fn number(self) -> i64 {
        match self {
            Self::Delivery(id) => id,
            Self::Part(id) => id.saturating_neg(),
        }
    }

    fn of(number: i64) -> Self {
        if number < 0 {
            Self::Part(number.saturating_neg())
        } else {
            Self::Delivery(number)
        }
    }
}

impl Item {
    /// What it says.
    pub fn said(&self) -> Said {
        Said::of(self.delivery)
    }
}

impl Receipt {
    /// What was said.
    pub fn said(&self) -> Said {
        Said::of(self.delivery)
    }
}

/// The three priorities of circular 39/2020/TT-BTTTT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Thông thường: fills.
    Ordinary,
    /// Ưu tiên: first in its slot.
    Priority,
    /// Khẩn cấp: at once.
    Urgent,
}

/// A statement by a speaker of what it played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Its area.
    pub area: i64,
    /// Server's clock minus its own.
    pub clock_offset_ms: i64,
    /// What it was, see [`Said`].
    pub delivery: i64,
    /// What went wrong, if something did.
    pub detail: Option<String>,
    /// By the server's clock.
    pub ended_at: DateTime<Utc>,
    /// Made on the speaker; the same receipt is counted once.
    pub id: String,
    /// Start against the plan; negative is early.
    pub lateness_ms: i64,
    /// Which manifest asked for it.
    pub manifest_version: i64,
    /// How it ended.
    pub outcome: Outcome,
    /// Of the sound as it was played.
    pub sha256: String,
    /// Which slot.
    pub slot: i64,
    /// Who signs.
    pub speaker: i64,
    /// By the server's clock.
    pub started_at: DateTime<Utc>,
    /// 0 to 100.
    pub volume: u8,
}

/// How a playing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// From the first to the last sample.
    Whole,
    /// Ended before its end.
    Cut,
    /// Played, but nothing was to be heard.
    Silent,
    /// Not played.
    Failed,
}

impl Outcome {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Cut => "cut",
            Self::Silent => "silent",
            Self::Failed => "failed",
        }
    }
}

/// What a speaker would not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Its area.
    pub area: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// More about it.
    pub detail: String,
    /// Made on the speaker.
    pub id: String,
    /// Why.
    pub reason: crate::Reason,
    /// Who signs.
    pub speaker: i64,
    /// What it was.
    pub what: What,
}

/// What was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A manifest.
    Manifest,
    /// Orders.
    Orders,
    /// A sound file.
    Sound,
}

impl What {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Orders => "orders",
            Self::Sound => "sound",
        }
    }
}

/// How a speaker is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// When.
    pub at: DateTime<Utc>,
    /// Server's clock minus its own.
    pub clock_offset_ms: i64,
    /// Room on its disk.
    pub free_bytes: u64,
    /// The manifest it plays by; 0 before the first.
    pub manifest_version: i64,
    /// The orders it follows; 0 before the first.
    #[serde(default)]
    pub orders_version: i64,
    /// Hashes of the sounds of that manifest that it holds, checked.
    pub sounds_held: Vec<String>,
    /// Who signs.
    pub speaker: i64,
    /// What it is doing.
    pub state: State,
    /// The id of the test tone that it sounded last.
    #[serde(default)]
    pub tone: Option<String>,
    /// How loud it really plays, 0 to 100.
    pub volume: u8,
}

/// What a speaker is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waiting for its next slot.
    Idle,
    /// On the air.
    Playing,
}

/// What the server answers to receipts and refusals: they need not be sent again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Their ids, known ones included.
    pub acknowledged: Vec<String>,
}
