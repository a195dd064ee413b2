//! The rounds of asking: manifest, sounds, and what the server must be told.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use loa_air::{Status, sign_status};

use crate::client::{Asked, CallError, Client};
use crate::device::Device;
use crate::downloads::Downloads;
use crate::folder::FolderError;
use crate::outbox::Outbox;

/// So many messages in one request.
const BATCH: usize = 100;

/// A round that did not end well; the next one tries again.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// The network or the server.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The disk.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// What wakes the rounds.
pub(crate) enum Bell {
    /// Something is to be told.
    Tell,
    /// Something urgent came: its sound is fetched at once.
    Urgent,
    /// There is a new manifest.
    News,
    /// There are new orders: for this speaker alone, so it asks at once.
    Orders,
}

/// What was said over the broker has so long to be acknowledged before it is said over HTTP.
const HEAD_START: Duration = Duration::from_secs(3);
/// All speakers of an area hear of a new manifest at once; they ask within this time.
const SPREAD: Duration = Duration::from_secs(3);

/// Asks for ever, and at once when there is something to tell.
pub struct Rounds<'a> {
    device: &'a Device,
    client: Client,
    // A manifest that was refused is not refused again as long as the same bytes come.
    refused: Option<Vec<u8>>,
    refused_orders: Option<Vec<u8>>,
    downloads: Downloads,
}

impl<'a> Rounds<'a> {
    /// For a speaker.
    pub fn new(device: &'a Device) -> Self {
        let client = Client::new(&device.identity.server);
        Self {
            device,
            client,
            refused: None,
            refused_orders: None,
            downloads: Downloads::default(),
        }
    }

    /// Goes round every `poll`, give or take a fifth, until the player is gone.
    pub fn go_on(mut self, poll: Duration, bell: &Receiver<Bell>) {
        loop {
            if let Err(error) = self.round() {
                tracing::warn!(%error, "round not finished");
            }
            let mut wait = poll.mul_f64(0.8 + 0.4 * self.device.jitter());
            // Until something rings that cannot wait, the rest waits together.
            loop {
                let rung = self.device.time.monotonic();
                match bell.recv_timeout(wait) {
                    Ok(Bell::Urgent) => {
                        if let Err(error) = self.downloads.fetch(self.device, &self.client) {
                            tracing::warn!(%error, "the urgent sound is not here yet");
                        }
                    }
                    Ok(Bell::Tell) if !self.device.line().is_open() => break,
                    Ok(Bell::Tell) => wait = wait.min(HEAD_START),
                    Ok(Bell::News) => wait = wait.min(SPREAD.mul_f64(self.device.jitter())),
                    Ok(Bell::Orders) | Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                wait = wait.saturating_sub(self.device.time.monotonic().saturating_sub(rung));
            }
        }
    }

    /// One round. What must be told goes first, and a failure at one thing does not stop the rest.
    pub fn round(&mut self) -> Result<(), RoundError> {
        let told = self.tell();
        let ordered = self.ask_orders();
        let asked = self.ask();
        let sounds = self.downloads.fetch(self.device, &self.client);
        let told_again = self.tell();
        let status = self.say_status();
        self.device.remember_offset()?;
        self.device.journal.tidy(self.device.time.now())?;
        self.device.refill_reserve()?;
        told.and(ordered)
            .and(asked)
            .and(sounds)
            .and(told_again)
            .and(status)
    }

    fn ask(&mut self) -> Result<(), RoundError> {
        let (area, held) = (self.device.identity.area, self.device.version());
        let Asked::Came(body) = self.client.manifest(self.device, area, held)? else {
            return Ok(());
        };
        if self.refused.as_ref() != Some(&body) {
            self.refused = self.device.accept(&body)?.is_err().then_some(body);
        }
        Ok(())
    }

    fn ask_orders(&mut self) -> Result<(), RoundError> {
        let held = self.device.orders_version();
        let Asked::Came(body) = self.client.orders(self.device, held)? else {
            return Ok(());
        };
        if self.refused_orders.as_ref() != Some(&body) {
            self.refused_orders = self.device.accept_orders(&body)?.is_err().then_some(body);
        }
        Ok(())
    }

    fn tell(&self) -> Result<(), RoundError> {
        let device = self.device;
        self.hand_in("receipts", &device.receipts, |id| device.receipt_known(id))?;
        self.hand_in("refusals", &device.refusals, |id| {
            device.refusals.remove(id)
        })
    }

    fn hand_in(
        &self,
        kind: &str,
        outbox: &Outbox,
        known: impl Fn(&str) -> Result<(), FolderError>,
    ) -> Result<(), RoundError> {
        loop {
            let (ids, messages): (Vec<_>, Vec<_>) = outbox.oldest(BATCH)?.into_iter().unzip();
            if ids.is_empty() {
                return Ok(());
            }
            let answer = self.client.hand_in(self.device, kind, &messages)?;
            let acknowledged: Vec<_> = ids
                .iter()
                .filter(|id| answer.acknowledged.contains(id))
                .collect();
            for id in &acknowledged {
                known(id)?;
            }
            tracing::info!(
                kind,
                sent = ids.len(),
                acknowledged = acknowledged.len(),
                "handed in"
            );
            if acknowledged.is_empty() || ids.len() < BATCH {
                return Ok(());
            }
        }
    }

    fn say_status(&self) -> Result<(), RoundError> {
        let device = self.device;
        let manifest = device.manifest();
        let slots = manifest.iter().flat_map(|manifest| &manifest.slots);
        let mut sounds_held: Vec<String> = slots
            .flat_map(|slot| &slot.items)
            .map(|item| item.sha256.clone())
            .collect();
        sounds_held.retain(|sha256| device.sounds.holds(sha256));
        sounds_held.sort();
        sounds_held.dedup();
        let status = Status {
            at: device.time.now(),
            clock_offset_ms: device.time.offset_ms(),
            free_bytes: device.free_bytes(),
            manifest_version: device.version(),
            orders_version: device.orders_version(),
            sounds_held,
            speaker: device.identity.speaker,
            state: device.state(),
            tone: device.tone_sounded(),
            volume: device.volume(),
        };
        Ok(self
            .client
            .status(device, &sign_status(&device.key, &status))?)
    }
}
