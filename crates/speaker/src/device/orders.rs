//! Orders: how loud, and a tone that is sounded once. Kept on disk, so that they hold after a power
//! cut and without a network.

use std::sync::PoisonError;

use chrono::{DateTime, Utc};
use loa_air::{Orders, Reason, Signed, Tone, What, verify_orders};

use super::{Device, read};
use crate::folder::{self, FolderError};

const KEPT: &str = "orders.json";
const MARK: &str = "orders-version.json";
const SOUNDED: &str = "tone.json";

impl Device {
    /// How loud it plays, 0 to 100: as it was ordered, or as it was set up.
    pub fn volume(&self) -> u8 {
        let ordered = self.with_orders(|orders| orders.volume);
        ordered.flatten().unwrap_or(self.usual_volume).min(100)
    }

    /// The version of the orders it follows; 0 before the first.
    pub fn orders_version(&self) -> i64 {
        self.with_orders(|orders| orders.version).unwrap_or(0)
    }

    /// The id of the tone it sounded last.
    pub(crate) fn tone_sounded(&self) -> Option<String> {
        folder::read_json(&self.data.join(SOUNDED)).ok().flatten()
    }

    /// Takes orders as they came, or refuses them: the refusal is kept for the server.
    pub fn accept_orders(&self, body: &[u8]) -> Result<Result<(), Reason>, FolderError> {
        let last: i64 = folder::read_json(&self.data.join(MARK))?.unwrap_or(0);
        match self.check_orders(body, last, self.time.now()) {
            Ok(orders) => {
                // First the mark below which nothing is accepted, then the orders themselves.
                self.reserve
                    .write_json(&self.data.join(MARK), &orders.version)?;
                self.reserve.write(&self.data.join(KEPT), body)?;
                tracing::info!(orders.version, volume = orders.volume, "orders accepted");
                self.follow(orders);
                Ok(Ok(()))
            }
            Err(reason) => {
                let detail = format!("{reason}; the last ones accepted were v{last}");
                self.refuse(What::Orders, reason, detail)?;
                Ok(Err(reason))
            }
        }
    }

    /// Reads the kept ones; what no longer verifies is thrown away.
    pub(super) fn recall_orders(&self) -> Result<(), FolderError> {
        let path = self.data.join(KEPT);
        let Some(body) = folder::read(&path)? else {
            return Ok(());
        };
        let signed_at = read(&body).and_then(|signed| signed.unverified::<Orders>());
        let checked = signed_at.and_then(|orders| self.check_orders(&body, 0, orders.issued_at));
        match checked {
            Ok(orders) => self.follow(orders),
            Err(reason) => {
                let detail = format!("{reason}; they were kept on this speaker's disk");
                self.refuse(What::Orders, reason, detail)?;
                folder::remove(&path)?;
            }
        }
        Ok(())
    }

    /// The tone that is to be sounded now, if it was not yet and its time is not over.
    pub(crate) fn tone_due(&self, now: DateTime<Utc>) -> Option<Tone> {
        let tone = self.with_orders(|orders| orders.tone.clone()).flatten()?;
        (now < tone.until && self.tone_sounded().as_deref() != Some(&tone.id)).then_some(tone)
    }

    /// Notes that a tone begins, before its first sample: it is never sounded again.
    pub(crate) fn note_tone(&self, tone: &Tone) -> Result<(), FolderError> {
        self.reserve.write_json(&self.data.join(SOUNDED), &tone.id)
    }

    fn check_orders(&self, body: &[u8], last: i64, now: DateTime<Utc>) -> Result<Orders, Reason> {
        let signed: Signed = read(body)?;
        verify_orders(&signed, &self.server, self.identity.speaker, last, now)
    }

    fn follow(&self, orders: Orders) {
        *self.orders.lock().unwrap_or_else(PoisonError::into_inner) = Some(orders);
    }

    fn with_orders<T>(&self, ask: impl FnOnce(&Orders) -> T) -> Option<T> {
        let orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        orders.as_ref().map(ask)
    }
}
