//! The speaker as a whole: what it knows, holds, plays by and has to tell.

mod orders;
mod urgent;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::{DateTime, Utc};
use loa_air::{
    Expected, Manifest, Orders, Outcome, PublicKey, Reason, Receipt, Refusal, SecretKey, Signed,
    State, What, sign_receipt, sign_refusal, verify_manifest,
};
use rand::RngCore;

use crate::asked::Asked;
use crate::client::Caller;
use crate::clock::{Clock, ServerTime};
use crate::folder::{self, FolderError};
use crate::identity::{self, Identity, IdentityError};
use crate::journal::{Journal, Play};
use crate::line::Line;
use crate::outbox::Outbox;
use crate::reserve::Reserve;
use crate::sounds::{Sounds, is_hash};

/// Sounds leave so much room on the disk, in bytes.
const MARGIN: u64 = 1 << 20;

/// An enrolled speaker and its data folder.
pub struct Device {
    pub(crate) identity: Identity,
    pub(crate) key: SecretKey,
    pub(crate) time: ServerTime,
    pub(crate) journal: Journal,
    pub(crate) sounds: Sounds,
    pub(crate) receipts: Outbox,
    pub(crate) refusals: Outbox,
    /// How loud it plays as long as nobody orders otherwise.
    usual_volume: u8,
    orders: Mutex<Option<Orders>>,
    data: PathBuf,
    reserve: Arc<Reserve>,
    server: PublicKey,
    dice: Mutex<Box<dyn RngCore + Send>>,
    asked: RwLock<Asked>,
    line: Line,
    state: Mutex<State>,
    // A receipt is kept and its playing closed as one step, seen from the thread that sends.
    books: Mutex<()>,
}

impl Device {
    /// Opens the folder of an enrolled speaker, and gives what was cut by a crash its receipt.
    pub fn open(
        data: &Path,
        clock: Box<dyn Clock>,
        mut dice: Box<dyn RngCore + Send>,
        volume: u8,
    ) -> Result<Self, IdentityError> {
        let identity = Identity::read(data)?;
        let offset_ms = folder::read_json(&data.join("offset.json"))
            .ok()
            .flatten()
            .unwrap_or(0);
        let reserve = Arc::new(Reserve::open(data)?);
        let device = Self {
            key: identity::own_key(data, &mut *dice)?,
            server: identity.pinned(data)?,
            time: ServerTime::new(clock, offset_ms),
            journal: Journal::open(data.join("plays"), reserve.clone())?,
            sounds: Sounds::open(data.join("sounds"))?,
            receipts: Outbox::open(data.join("receipts"), reserve.clone())?,
            refusals: Outbox::open(data.join("refusals"), reserve.clone())?,
            usual_volume: volume,
            orders: Mutex::new(None),
            data: data.to_owned(),
            reserve,
            dice: Mutex::new(dice),
            asked: RwLock::default(),
            line: Line::default(),
            state: Mutex::new(State::Idle),
            books: Mutex::new(()),
            identity,
        };
        device.recall()?;
        device.recall_urgent()?;
        device.recall_orders()?;
        for play in device.journal.broken() {
            let lost = || "the power or the program was lost while it played".to_owned();
            let (outcome, detail) = match &play.why_not {
                Some(why) => (Outcome::Failed, why.clone()),
                None => (Outcome::Cut, lost()),
            };
            device.close(&play, play.seen_at, outcome, Some(detail))?;
        }
        Ok(device)
    }

    /// What is played by: the manifest, with what is urgent and newer than it.
    pub fn manifest(&self) -> Option<Arc<Manifest>> {
        self.asked().plan.clone()
    }

    /// The version of the manifest; 0 before the first.
    pub fn version(&self) -> i64 {
        self.asked().version()
    }

    /// The pinned key.
    pub(crate) fn server(&self) -> &PublicKey {
        &self.server
    }

    /// The connection to the broker.
    pub(crate) fn line(&self) -> &Line {
        &self.line
    }

    /// Takes a manifest as it came, or refuses it: the refusal is kept for the server.
    pub fn accept(&self, body: &[u8]) -> Result<Result<(), Reason>, FolderError> {
        let expected = Expected {
            area: self.identity.area,
            last_version: self.highest()?,
            now: self.time.now(),
        };
        let checked = read(body).and_then(|signed| self.check(&signed, expected));
        match checked {
            Ok(manifest) => {
                // First the mark below which nothing is accepted, then the manifest itself.
                self.reserve
                    .write_json(&self.data.join("version.json"), &manifest.version)?;
                self.reserve.write(&self.data.join("manifest.json"), body)?;
                tracing::info!(
                    manifest.version,
                    slots = manifest.slots.len(),
                    "manifest accepted"
                );
                self.asked_mut().take(manifest);
                Ok(Ok(()))
            }
            Err(reason) => {
                let highest = expected.last_version;
                self.refuse(
                    What::Manifest,
                    reason,
                    format!("{reason}; the last one accepted was v{highest}"),
                )?;
                Ok(Err(reason))
            }
        }
    }

    /// Keeps a refusal for the server.
    pub fn refuse(&self, what: What, reason: Reason, detail: String) -> Result<(), FolderError> {
        tracing::warn!(
            what = what.name(),
            reason = reason.name(),
            detail,
            "refused"
        );
        let at = self.time.now();
        let id = self.fresh_id("f", at);
        let (area, speaker) = (self.identity.area, self.identity.speaker);
        let refusal = Refusal {
            area,
            at,
            detail,
            id: id.clone(),
            reason,
            speaker,
            what,
        };
        self.refusals.put(&id, &sign_refusal(&self.key, &refusal))
    }

    /// Ends a playing: its receipt is kept, then the journal says so.
    pub fn close(
        &self,
        play: &Play,
        ended_at: DateTime<Utc>,
        outcome: Outcome,
        detail: Option<String>,
    ) -> Result<(), FolderError> {
        let ended_at = ended_at.max(play.started_at);
        let receipt = Receipt {
            area: self.identity.area,
            clock_offset_ms: self.time.offset_ms(),
            delivery: play.delivery,
            detail,
            ended_at,
            id: play.receipt.clone(),
            lateness_ms: play.lateness_ms,
            manifest_version: play.manifest_version,
            outcome,
            sha256: play.sha256.clone(),
            slot: play.slot,
            speaker: self.identity.speaker,
            started_at: play.started_at,
            volume: self.volume(),
        };
        let _books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        // There already, if the power went between the receipt and the journal.
        if !self.receipts.has(&receipt.id) {
            let signed = sign_receipt(&self.key, &receipt);
            self.receipts.put(&receipt.id, &signed)?;
            self.line.say_receipt(self.identity.speaker, signed);
        }
        self.journal.write(&Play {
            ended: true,
            seen_at: ended_at,
            ..play.clone()
        })?;
        let detail = receipt.detail.as_deref().unwrap_or_default();
        tracing::info!(
            receipt.delivery,
            receipt.slot,
            outcome = outcome.name(),
            receipt.lateness_ms,
            detail,
            "played"
        );
        Ok(())
    }

    /// Forgets a receipt that the server knows.
    pub(crate) fn receipt_known(&self, id: &str) -> Result<(), FolderError> {
        let _books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        self.receipts.remove(id)
    }

    /// An id that no other message has; ids sort by time.
    pub(crate) fn fresh_id(&self, kind: &str, at: DateTime<Utc>) -> String {
        format!("{kind}{:013}-{}", at.timestamp_millis(), self.nonce())
    }

    /// A number between 0 and 1, so that not all speakers ask at the same moment.
    pub(crate) fn jitter(&self) -> f64 {
        f64::from(
            self.dice
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .next_u32(),
        ) / f64::from(u32::MAX)
    }

    pub(crate) fn state(&self) -> State {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_state(&self, state: State) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// Keeps the offset for a start without network.
    pub(crate) fn remember_offset(&self) -> Result<(), FolderError> {
        let path = self.data.join("offset.json");
        let known: i64 = folder::read_json(&path).ok().flatten().unwrap_or(0);
        let now = self.time.offset_ms();
        if (known - now).abs() > 100 {
            self.reserve.write_json(&path, &now)
        } else {
            Ok(())
        }
    }

    /// Whether a sound of so many bytes has room, beside what is written meanwhile.
    pub(crate) fn has_room(&self, bytes: u64) -> bool {
        self.would_have_room(bytes, 0)
    }

    /// The same if so many bytes were thrown away before.
    pub(crate) fn would_have_room(&self, bytes: u64, freed: u64) -> bool {
        self.free_bytes().saturating_add(freed) >= bytes.saturating_add(MARGIN)
    }

    /// Takes the room for the books back, once there is plenty.
    pub(crate) fn refill_reserve(&self) -> Result<(), FolderError> {
        self.reserve.refill()
    }

    /// Room on the disk of the data folder, in bytes.
    pub(crate) fn free_bytes(&self) -> u64 {
        folder::free_bytes(&self.data.join("identity.json"))
    }

    fn asked(&self) -> RwLockReadGuard<'_, Asked> {
        self.asked.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn asked_mut(&self) -> RwLockWriteGuard<'_, Asked> {
        self.asked.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the kept manifest. Whether it is still valid is asked when it is played by.
    fn recall(&self) -> Result<(), FolderError> {
        let check = |signed: &Signed, expected| self.check(signed, expected);
        if let Some(manifest) = self.recalled("manifest.json", "", check)? {
            self.asked_mut().take(manifest);
        }
        Ok(())
    }

    /// What was kept under a name, if it still verifies; otherwise it is refused, called what it is, and
    /// thrown away.
    fn recalled(
        &self,
        name: &str,
        called: &str,
        check: impl Fn(&Signed, Expected) -> Result<Manifest, Reason>,
    ) -> Result<Option<Manifest>, FolderError> {
        let path = self.data.join(name);
        let Some(body) = folder::read(&path)? else {
            return Ok(None);
        };
        let checked = read(&body).and_then(|signed| {
            let expected = Expected {
                area: self.identity.area,
                last_version: 0,
                now: signed.unverified::<Manifest>()?.issued_at,
            };
            check(&signed, expected)
        });
        match checked {
            Ok(manifest) => Ok(Some(manifest)),
            Err(reason) => {
                let detail = format!("{reason}; {called}it was kept on this speaker's disk");
                self.refuse(What::Manifest, reason, detail)?;
                folder::remove(&path)?;
                Ok(None)
            }
        }
    }

    fn check(&self, signed: &Signed, expected: Expected) -> Result<Manifest, Reason> {
        named(verify_manifest(signed, &self.server, expected)?)
    }

    fn highest(&self) -> Result<i64, FolderError> {
        Ok(folder::read_json(&self.data.join("version.json"))?
            .unwrap_or(0)
            .max(self.version()))
    }
}

impl Caller for Device {
    fn speaker(&self) -> i64 {
        self.identity.speaker
    }

    fn key(&self) -> &SecretKey {
        &self.key
    }

    fn time(&self) -> &ServerTime {
        &self.time
    }

    /// 16 random bytes in hexadecimal.
    fn nonce(&self) -> String {
        let mut bytes = [0; 16];
        self.dice
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(&mut bytes);
        hex::encode(bytes)
    }
}

fn read(body: &[u8]) -> Result<Signed, Reason> {
    serde_json::from_slice(body).map_err(|_| Reason::Malformed)
}

/// The hashes become names of files.
fn named(manifest: Manifest) -> Result<Manifest, Reason> {
    let mut items = manifest.slots.iter().flat_map(|slot| &slot.items);
    if items.all(|item| is_hash(&item.sha256)) {
        Ok(manifest)
    } else {
        Err(Reason::Malformed)
    }
}
