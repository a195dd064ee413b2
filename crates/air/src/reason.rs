//! Why a message is refused.

use serde::{Deserialize, Serialize};

/// Why a message or a sound is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is not of the form described in docs/air.md.
    #[error("it is not of the agreed form")]
    Malformed,
    /// It names a key that is not the pinned one.
    #[error("it is signed with a key that is not known here")]
    ForeignKey,
    /// The signature does not belong to these bytes.
    #[error("its signature does not fit: it was changed on the way")]
    BadSignature,
    /// Its version is older than one already accepted.
    #[error("an older version of it was sent again")]
    Replayed,
    /// It is for another area, or from another speaker.
    #[error("it is meant for another area or speaker")]
    WrongArea,
    /// Its validity has ended.
    #[error("it is no longer valid")]
    Expired,
    /// It claims to be issued later than now.
    #[error("it is dated in the future")]
    TooEarly,
    /// The bytes of a sound do not have the hash of the manifest.
    #[error("the sound does not have the hash that was signed")]
    WrongHash,
}

impl Reason {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::ForeignKey => "foreign_key",
            Self::BadSignature => "bad_signature",
            Self::Replayed => "replayed",
            Self::WrongArea => "wrong_area",
            Self::Expired => "expired",
            Self::TooEarly => "too_early",
            Self::WrongHash => "wrong_hash",
        }
    }
}
