//! The envelope, and what is checked before its content is believed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::enrolment::Access;
use crate::keys::{PublicKey, SecretKey};
use crate::message::{Manifest, Priority, Receipt, Refusal, Slot, Status};
use crate::reason::Reason;
use crate::request::MAX_SKEW;

const MANIFEST: &str = "loa/manifest/v1\n";
const URGENT: &str = "loa/urgent/v1\n";
const ACCESS: &str = "loa/access/v1\n";
const RECEIPT: &str = "loa/receipt/v1\n";
const REFUSAL: &str = "loa/refusal/v1\n";
const STATUS: &str = "loa/status/v1\n";

/// A manifest may be dated this far ahead of the speaker's clock.
pub(crate) const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// Bytes, and a signature over a label and exactly these bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The id of the key: [`PublicKey::id`].
    pub key: String,
    /// Base64 of the canonical JSON.
    pub payload: String,
    /// Base64 of 64 bytes.
    pub signature: String,
}

impl Signed {
    /// What it says, believed without a look at the signature: for envelopes of one's own, and of others
    /// that were verified when they came.
    pub fn unverified<T: DeserializeOwned>(&self) -> Result<T, Reason> {
        let payload = STANDARD.decode(&self.payload);
        let payload = payload.map_err(|_| Reason::Malformed)?;
        serde_json::from_slice(&payload).map_err(|_| Reason::Malformed)
    }
}

/// What a speaker holds a manifest against.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// Its area.
    pub area: i64,
    /// The last version it accepted; the same one may come again, a lower one may not.
    pub last_version: i64,
    /// Its time.
    pub now: DateTime<Utc>,
}

/// Signs a manifest.
pub fn sign_manifest(key: &SecretKey, manifest: &Manifest) -> Signed {
    sign(key, MANIFEST, manifest)
}

/// Signs an urgent manifest: only the urgent slots of the manifest of the same version.
pub fn sign_urgent(key: &SecretKey, manifest: &Manifest) -> Signed {
    sign(key, URGENT, manifest)
}

/// Signs where the broker is.
pub fn sign_access(key: &SecretKey, access: &Access) -> Signed {
    sign(key, ACCESS, access)
}

/// Signs a receipt.
pub fn sign_receipt(key: &SecretKey, receipt: &Receipt) -> Signed {
    sign(key, RECEIPT, receipt)
}

/// Signs a refusal.
pub fn sign_refusal(key: &SecretKey, refusal: &Refusal) -> Signed {
    sign(key, REFUSAL, refusal)
}

/// Signs a status.
pub fn sign_status(key: &SecretKey, status: &Status) -> Signed {
    sign(key, STATUS, status)
}

/// The manifest, once key, signature, area, version and validity hold.
pub fn verify_manifest(
    signed: &Signed,
    server: &PublicKey,
    expected: Expected,
) -> Result<Manifest, Reason> {
    check(open(signed, server, MANIFEST)?, expected)
}

/// An urgent manifest, once the same holds and all its slots are urgent.
pub fn verify_urgent(
    signed: &Signed,
    server: &PublicKey,
    expected: Expected,
) -> Result<Manifest, Reason> {
    let manifest: Manifest = open(signed, server, URGENT)?;
    let urgent = |slot: &Slot| slot.priority == Priority::Urgent;
    if !manifest.slots.iter().all(urgent) {
        return Err(Reason::Malformed);
    }
    check(manifest, expected)
}

/// Where the broker is, once key, signature, speaker and time hold.
pub fn verify_access(
    signed: &Signed,
    server: &PublicKey,
    speaker: i64,
    now: DateTime<Utc>,
) -> Result<Access, Reason> {
    let access: Access = open(signed, server, ACCESS)?;
    if access.speaker != speaker {
        return Err(Reason::WrongArea);
    }
    if (now - access.issued_at).abs() > MAX_SKEW {
        return Err(Reason::Expired);
    }
    Ok(access)
}

fn check(manifest: Manifest, expected: Expected) -> Result<Manifest, Reason> {
    if manifest.area != expected.area {
        return Err(Reason::WrongArea);
    }
    if manifest.version < expected.last_version {
        return Err(Reason::Replayed);
    }
    if manifest.valid_until <= expected.now {
        return Err(Reason::Expired);
    }
    if manifest.issued_at > expected.now + AHEAD {
        return Err(Reason::TooEarly);
    }
    Ok(manifest)
}

/// The receipt, once key, signature and speaker hold.
pub fn verify_receipt(signed: &Signed, key: &PublicKey, speaker: i64) -> Result<Receipt, Reason> {
    let receipt: Receipt = open(signed, key, RECEIPT)?;
    if receipt.speaker != speaker {
        return Err(Reason::WrongArea);
    }
    if receipt.ended_at < receipt.started_at {
        return Err(Reason::Malformed);
    }
    Ok(receipt)
}

/// The refusal, once key, signature and speaker hold.
pub fn verify_refusal(signed: &Signed, key: &PublicKey, speaker: i64) -> Result<Refusal, Reason> {
    let refusal: Refusal = open(signed, key, REFUSAL)?;
    if refusal.speaker == speaker {
        Ok(refusal)
    } else {
        Err(Reason::WrongArea)
    }
}

/// The status, once key, signature and speaker hold.
pub fn verify_status(signed: &Signed, key: &PublicKey, speaker: i64) -> Result<Status, Reason> {
    let status: Status = open(signed, key, STATUS)?;
    if status.speaker == speaker {
        Ok(status)
    } else {
        Err(Reason::WrongArea)
    }
}

pub(crate) fn sign(key: &SecretKey, label: &str, message: &impl Serialize) -> Signed {
    // Messages are plain structs of numbers and texts; writing them cannot fail.
    let payload = serde_json::to_vec(message).unwrap_or_default();
    let signature = key.sign(&[label.as_bytes(), &payload].concat());
    Signed {
        key: key.public().id(),
        payload: STANDARD.encode(payload),
        signature: STANDARD.encode(signature),
    }
}

pub(crate) fn open<T: DeserializeOwned>(
    signed: &Signed,
    key: &PublicKey,
    label: &str,
) -> Result<T, Reason> {
    if signed.key != key.id() {
        return Err(Reason::ForeignKey);
    }
    let payload = STANDARD
        .decode(&signed.payload)
        .map_err(|_| Reason::Malformed)?;
    let signature = STANDARD
        .decode(&signed.signature)
        .map_err(|_| Reason::Malformed)?;
    if !key.signed(&[label.as_bytes(), &payload].concat(), &signature) {
        return Err(Reason::BadSignature);
    }
    serde_json::from_slice(&payload).map_err(|_| Reason::Malformed)
}
