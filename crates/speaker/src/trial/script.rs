//! What a step of a trial does: show something, and wait for what the device makes of it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{
    Item, Manifest, Orders, Outcome, Priority, Reason, Receipt, SecretKey, Signed, Slot, What,
    sign_manifest, sign_orders,
};
use sha2::{Digest, Sha256};

use super::desk::{AREA, Desk, SPEAKER, Seen};

/// Three seconds of a plain tone, at 32 kbit/s. Its frames stand for themselves: one after the other they are
/// longer sounds.
const TONE: &[u8] = include_bytes!("../../assets/tone.mp3");
const TONE_MS: u64 = 3_000;
/// How often is looked whether something happened.
const LOOK: Duration = Duration::from_millis(100);

pub(super) struct Script<'a> {
    pub desk: &'a Desk,
    /// Of the newest manifest that is meant.
    pub version: i64,
    orders: i64,
    slots: i64,
}

impl<'a> Script<'a> {
    pub fn new(desk: &'a Desk) -> Self {
        Self {
            desk,
            version: 0,
            orders: 0,
            slots: 0,
        }
    }

    /// Waits until something is there; otherwise says what was missed.
    pub fn wait<T>(
        &self,
        patience: Duration,
        missed: &str,
        found: impl Fn(&Seen) -> Option<T>,
    ) -> Result<T, String> {
        let clock = self.desk.clock();
        let end = clock.monotonic() + patience;
        loop {
            if let Some(found) = found(&self.desk.seen()) {
                return Ok(found);
            }
            if clock.monotonic() >= end {
                return Err(format!("not within {} s: {missed}", patience.as_secs()));
            }
            clock.sleep(LOOK);
        }
    }

    /// Time goes by.
    pub fn until(&self, at: DateTime<Utc>) {
        let left = (at - self.desk.now()).to_std().unwrap_or_default();
        self.desk.clock().sleep(left);
    }

    /// A sound of so many tones, to be had.
    pub fn item(&self, tones: u8, delivery: i64) -> Item {
        let bytes = TONE.repeat(usize::from(tones));
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let item = Item {
            bytes: bytes.len() as u64,
            delivery,
            duration_ms: TONE_MS * u64::from(tones),
            lufs: -16.0,
            sha256: sha256.clone(),
            title: format!("Trial {delivery}"),
        };
        self.desk.seen().sounds.insert(sha256, bytes);
        item
    }

    /// A slot that begins in so many seconds and is so many long.
    pub fn slot(&mut self, begins_in: i64, seconds: i64, items: Vec<Item>) -> Slot {
        self.slots += 1;
        let starts_at = self.desk.now() + TimeDelta::seconds(begins_in);
        Slot {
            ends_at: starts_at + TimeDelta::seconds(seconds),
            id: self.slots,
            items,
            priority: Priority::Ordinary,
            starts_at,
        }
    }

    /// A manifest of the next version.
    pub fn next(&mut self, slots: Vec<Slot>) -> Manifest {
        self.version += 1;
        self.manifest(self.version, slots)
    }

    pub fn manifest(&self, version: i64, slots: Vec<Slot>) -> Manifest {
        let now = self.desk.now();
        Manifest {
            area: AREA,
            issued_at: now,
            slots,
            valid_until: now + TimeDelta::hours(72),
            version,
        }
    }

    /// Shows a manifest as it must be.
    pub fn show(&self, manifest: &Manifest) {
        let signed = sign_manifest(&self.desk.key, manifest);
        self.show_as(manifest.version, signed);
    }

    /// Shows an envelope, whatever is in it, under a tag that the device does not hold.
    pub fn show_as(&self, tag: i64, signed: Signed) {
        self.desk.seen().manifest = Some((tag, signed));
    }

    /// The device holds what was shown last.
    pub fn holds(&self) -> Result<(), String> {
        let version = self.version;
        let missed = format!("a status that names manifest {version}");
        self.wait(Duration::from_secs(20), &missed, |seen| {
            let status = seen.status.as_ref()?;
            (status.manifest_version == version).then_some(())
        })
    }

    /// Orders of the next version.
    pub fn order(&mut self, volume: Option<u8>, tone: Option<loa_air::Tone>) -> i64 {
        self.orders += 1;
        let orders = Orders {
            issued_at: self.desk.now(),
            speaker: SPEAKER,
            tone,
            version: self.orders,
            volume,
        };
        let signed = sign_orders(&self.desk.key, &orders);
        self.desk.seen().orders = Some((self.orders, signed));
        self.orders
    }

    /// The receipt of an item in a slot.
    pub fn receipt(&self, slot: i64, delivery: i64, patience: u64) -> Result<Receipt, String> {
        let missed = format!("a receipt of delivery {delivery} in slot {slot}");
        self.wait(Duration::from_secs(patience), &missed, |seen| {
            let mut all = seen.receipts.iter().map(|(receipt, _)| receipt);
            all.find(|one| one.slot == slot && one.delivery == delivery)
                .cloned()
        })
    }

    /// A refusal of something, for a reason, that came after so many others.
    pub fn refused(&self, what: What, reason: Reason, before: usize) -> Result<(), String> {
        let missed = format!("a refusal ({}, {})", what.name(), reason.name());
        self.wait(Duration::from_secs(20), &missed, |seen| {
            let mut new = seen.refusals.iter().skip(before);
            new.any(|one| one.what == what && one.reason == reason)
                .then_some(())
        })
    }

    /// How many refusals came so far.
    pub fn refusals(&self) -> usize {
        self.desk.seen().refusals.len()
    }
}

/// Somebody else's.
pub(super) fn foreign_key() -> SecretKey {
    SecretKey::from_seed(&[66; 32])
}

/// A receipt ended as it should.
pub(super) fn ended(receipt: &Receipt, outcome: Outcome) -> Result<(), String> {
    if receipt.outcome == outcome {
        Ok(())
    } else {
        let (wanted, found) = (outcome.name(), receipt.outcome.name());
        Err(format!("'{found}' where '{wanted}' was to be expected"))
    }
}
