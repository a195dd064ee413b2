//! What the server of a trial shows, and what it was told.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{PublicKey, Receipt, Refusal, SecretKey, Signed, Status};

use crate::clock::Clock;

/// The server's time is so far ahead of this machine's: a device that keeps to its own clock is found out.
const AHEAD: TimeDelta = TimeDelta::minutes(20);
/// The only area and the only speaker there are.
pub(super) const AREA: i64 = 3;
pub(super) const SPEAKER: i64 = 17;

pub(super) struct Desk {
    pub key: SecretKey,
    pub code: String,
    clock: Box<dyn Clock>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
pub(super) struct Seen {
    /// Of the device, once it enrolled.
    pub key: Option<PublicKey>,
    /// What is shown, and under which version.
    pub manifest: Option<(i64, Signed)>,
    pub orders: Option<(i64, Signed)>,
    pub sounds: HashMap<String, Vec<u8>>,
    /// Of this sound the next answer breaks off half-way; of that one a byte is wrong.
    pub breaks_off: Option<String>,
    pub garbles: Option<String>,
    /// Receipts are taken and not acknowledged.
    pub deaf: bool,
    /// In the order in which they came, repeats too, each with its envelope.
    pub receipts: Vec<(Receipt, String)>,
    pub refusals: Vec<Refusal>,
    pub status: Option<Status>,
    /// How often each sound was asked for, and from where on.
    pub fetched: Vec<(String, u64)>,
    /// How often the version that is held was asked for with its tag.
    pub unchanged: u32,
    pub asked: u32,
    /// What was wrong with requests.
    pub faults: Vec<String>,
    pub nonces: HashSet<String>,
}

impl Desk {
    pub fn new(key: SecretKey, code: String, clock: Box<dyn Clock>) -> Self {
        Self {
            key,
            code,
            clock,
            seen: Mutex::default(),
        }
    }

    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// By the server's clock, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        let now = self.clock.wall() + AHEAD;
        DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
    }

    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }
}
