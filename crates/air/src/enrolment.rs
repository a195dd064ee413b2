//! Enrolment: a one-time code against the server's key.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

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
