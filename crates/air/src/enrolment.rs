//! Enrolment: a one-time code against the server's key; and where the broker is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::keys::SecretKey;

/// What the password at a broker that is not Loa's own is the signature of, before the speaker's id.
const PASSWORD: &str = "loa/password/v1\n";

/// What a speaker sends once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// As a person read it from the page.
    pub code: String,
    /// What it is to be called; empty keeps the name given with the code.
    pub name: String,
    /// Base64; the secret half never leaves the speaker.
    pub public_key: String,
}

/// What the server answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// Its area.
    pub area: i64,
    /// How often to ask, in seconds.
    pub poll_seconds: u32,
    /// Base64; pinned from now on.
    pub server_key: String,
    /// For the clock's offset.
    pub server_time: DateTime<Utc>,
    /// Its id.
    pub speaker: i64,
}

/// Where a speaker finds the broker; signed by the server. Fields stand in alphabetical order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Access {
    /// PEM of the certificate the broker shows, when it is no public one.
    pub certificate: Option<String>,
    /// When it was signed.
    pub issued_at: DateTime<Utc>,
    /// For a broker that is not Loa's own; at Loa's own the speaker signs in with its key, see
    /// [`crate::CONNECT`].
    pub password: Option<String>,
    /// For whom.
    pub speaker: i64,
    /// `mqtt://host:port` or `mqtts://host:port`.
    pub url: String,
    /// The name to sign in with.
    pub user: String,
}

/// The password of a speaker at a broker that is not Loa's own: nobody makes it without the server's
/// key, and the server need not keep it.
pub fn broker_password(key: &SecretKey, speaker: i64) -> String {
    STANDARD.encode(key.sign(format!("{PASSWORD}{speaker}").as_bytes()))
}
