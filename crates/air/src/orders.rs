//! What a speaker is told beyond what it plays: how loud, and to let itself be heard. State, not
//! events: the newest orders say all there is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::keys::{PublicKey, SecretKey};
use crate::reason::Reason;
use crate::signed::{AHEAD, Signed, open, sign};

const LABEL: &str = "loa/orders/v1\n";

/// The orders of one speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orders {
    /// When they were signed.
    pub issued_at: DateTime<Utc>,
    /// Whose they are.
    pub speaker: i64,
    /// A tone to be sounded once, so that somebody beside it hears that it works.
    pub tone: Option<Tone>,
    /// Grows with every change; a lower one is never accepted again.
    pub version: i64,
    /// 0 to 100; none: as the speaker was set up.
    pub volume: Option<u8>,
}

/// A test tone. It says nothing: no words are in it that anybody would have to approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tone {
    /// The same one is sounded once.
    pub id: String,
    /// 1 to 10.
    pub seconds: u8,
    /// After this it is not sounded any more.
    pub until: DateTime<Utc>,
}

/// Signs orders.
pub fn sign_orders(key: &SecretKey, orders: &Orders) -> Signed {
    sign(key, LABEL, orders)
}

/// Orders, once key, signature, speaker and version hold; `last_version` may come again.
pub fn verify_orders(
    signed: &Signed,
    server: &PublicKey,
    speaker: i64,
    last_version: i64,
    now: DateTime<Utc>,
) -> Result<Orders, Reason> {
    let orders: Orders = open(signed, server, LABEL)?;
    let tone = orders.tone.as_ref();
    let odd = |tone: &Tone| !(1..=10).contains(&tone.seconds) || !is_id(&tone.id);
    if orders.volume.is_some_and(|volume| volume > 100) || tone.is_some_and(odd) {
        return Err(Reason::Malformed);
    }
    if orders.speaker != speaker {
        return Err(Reason::WrongArea);
    }
    if orders.version < last_version {
        return Err(Reason::Replayed);
    }
    if orders.issued_at > now + AHEAD {
        return Err(Reason::TooEarly);
    }
    Ok(orders)
}

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
