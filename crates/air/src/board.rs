//! What server and notice board say to each other: which notices stand, and that one was shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::keys::{PublicKey, SecretKey};
use crate::reason::Reason;
use crate::signed::{AHEAD, Signed, open, sign};

const BOARD: &str = "loa/board/v1\n";
const SHOWN: &str = "loa/shown/v1\n";

/// What a board shows, until the next one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardManifest {
    /// The board it is for.
    pub board: i64,
    /// When it was signed.
    pub issued_at: DateTime<Utc>,
    /// The newest first.
    pub notices: Vec<BoardNotice>,
    /// After this nothing of it is shown any more.
    pub valid_until: DateTime<Utc>,
    /// Grows with every change; a lower one is never accepted again.
    pub version: i64,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardNotice {
    /// The id of its delivery; the receipt names it.
    pub delivery: i64,
    /// Where all of it can be read; `None` when it is not on the portal.
    pub link: Option<String>,
    /// Of the version that two people approved; the receipt names it.
    pub sha256: String,
    /// Since when it stands.
    pub since: DateTime<Utc>,
    /// What it says: plain text, paragraphs apart by an empty line.
    pub text: String,
    /// Its heading.
    pub title: String,
    /// Whose it is.
    pub unit: String,
    /// When it goes.
    pub until: DateTime<Utc>,
}

/// A statement by a board of what it showed: all of one notice, so many times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Who signs.
    pub board: i64,
    /// Which notice.
    pub delivery: i64,
    /// When the last showing ended, by the server's clock.
    pub ended_at: DateTime<Utc>,
    /// Made on the board; the same receipt is counted once.
    pub id: String,
    /// For how long it stood on the screen, all showings together.
    pub seconds: i64,
    /// Of the version that was shown.
    pub sha256: String,
    /// When the first showing began, by the server's clock.
    pub started_at: DateTime<Utc>,
    /// How often all of it was shown.
    pub times: i64,
    /// Which manifest asked for it.
    pub version: i64,
}

/// Signs what a board shows.
pub fn sign_board(key: &SecretKey, manifest: &BoardManifest) -> Signed {
    sign(key, BOARD, manifest)
}

/// Signs what was shown.
pub fn sign_shown(key: &SecretKey, shown: &Shown) -> Signed {
    sign(key, SHOWN, shown)
}

/// What a board shows, once key, signature, board, version and validity hold. `last_version` is the highest
/// that it ever accepted.
pub fn verify_board(
    signed: &Signed,
    server: &PublicKey,
    (board, last_version): (i64, i64),
    now: DateTime<Utc>,
) -> Result<BoardManifest, Reason> {
    let manifest: BoardManifest = open(signed, server, BOARD)?;
    if manifest.board != board {
        return Err(Reason::WrongArea);
    }
    if manifest.version < last_version {
        return Err(Reason::Replayed);
    }
    if manifest.valid_until <= now {
        return Err(Reason::Expired);
    }
    if manifest.issued_at > now + AHEAD {
        return Err(Reason::TooEarly);
    }
    Ok(manifest)
}

/// What was shown, once key, signature and board hold.
pub fn verify_shown(signed: &Signed, key: &PublicKey, board: i64) -> Result<Shown, Reason> {
    let shown: Shown = open(signed, key, SHOWN)?;
    if shown.board != board {
        return Err(Reason::WrongArea);
    }
    if shown.ended_at < shown.started_at || shown.seconds < 0 || shown.times < 0 {
        return Err(Reason::Malformed);
    }
    Ok(shown)
}
