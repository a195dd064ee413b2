//! What the kinds of proof have to say beyond the columns of the ledger.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Of a loudspeaker's receipt: its values (docs/air.md), and what was made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ReceiptDetail {
    pub(super) area: i64,
    pub(super) clock_offset_ms: i64,
    pub(super) detail: Option<String>,
    pub(super) ended_at: DateTime<Utc>,
    /// SHA-256 of the signed envelope, which is kept with the receipts.
    pub(super) envelope: String,
    /// The name of the speaker when it came.
    pub(super) from: String,
    pub(super) lateness_ms: i64,
    pub(super) manifest_version: i64,
    pub(super) outcome: String,
    pub(super) receipt: String,
    pub(super) slot: i64,
    pub(super) sound: String,
    pub(super) speaker: i64,
    pub(super) started_at: DateTime<Utc>,
    pub(super) volume: u8,
    /// Names the text that says why it does not count.
    pub(super) why_not: Option<String>,
}

/// Of a page as it was fetched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct PageDetail {
    pub(super) bytes: usize,
    pub(super) from: String,
    pub(super) media_type: String,
    /// SHA-256 of the file that is kept.
    pub(super) page: String,
    pub(super) status: u16,
    pub(super) url: String,
}

/// Of a board's receipt: its values (docs/air.md).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ShownDetail {
    pub(super) board: i64,
    pub(super) ended_at: DateTime<Utc>,
    /// SHA-256 of the signed envelope, which is kept with the receipts of boards.
    pub(super) envelope: String,
    /// The name of the board when it came.
    pub(super) from: String,
    /// SHA-256 of the version that was shown.
    pub(super) notice: String,
    pub(super) receipt: String,
    pub(super) seconds: i64,
    pub(super) started_at: DateTime<Utc>,
    pub(super) times: i64,
    pub(super) version: i64,
}
