//! Who this speaker is: its own key, made here, and what enrolment told it.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use loa_air::{PublicKey, SecretKey};
use rand::RngCore;
use serde::{Deserialize, Serialize};

use crate::folder::{self, FolderError};

/// What can be wrong with an identity.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Not enrolled.
    #[error("{}: this speaker is not enrolled; run `loa-speaker enrol` with a code from the speakers' page", .0.display())]
    Absent(PathBuf),
    /// The key is damaged.
    #[error("{}: not a key of 64 hexadecimal digits; enrol again in a new folder", .0.display())]
    Key(PathBuf),
    /// The disk.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// What enrolment told; written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Where it is played.
    pub area: i64,
    /// When, by the server's clock; what ended before is not this speaker's.
    pub enrolled_at: DateTime<Utc>,
    /// As given at enrolment.
    pub name: String,
    /// How often to ask, in seconds.
    pub poll_seconds: u32,
    /// Address of the server, without a slash at its end.
    pub server: String,
    /// The pinned key, base64.
    pub server_key: String,
    /// Its id on the server.
    pub speaker: i64,
}

impl Identity {
    /// Reads it.
    pub fn read(data: &Path) -> Result<Self, IdentityError> {
        let path = data.join("identity.json");
        folder::read_json(&path)?.ok_or(IdentityError::Absent(path))
    }

    /// Whether there is one.
    pub fn exists(data: &Path) -> bool {
        data.join("identity.json").exists()
    }

    /// Writes it.
    pub fn write(&self, data: &Path) -> Result<(), IdentityError> {
        Ok(folder::write_json(&data.join("identity.json"), self)?)
    }

    /// The pinned key.
    pub fn pinned(&self, data: &Path) -> Result<PublicKey, IdentityError> {
        PublicKey::parse(&self.server_key)
            .map_err(|_| IdentityError::Key(data.join("identity.json")))
    }
}

/// The speaker's key, made at the first call. Only its owner may read the file.
pub fn own_key(data: &Path, dice: &mut dyn RngCore) -> Result<SecretKey, IdentityError> {
    let path = data.join("key");
    if let Some(text) = folder::read(&path)? {
        let seed = hex::decode(text.trim_ascii())
            .ok()
            .and_then(|seed| seed.try_into().ok());
        return seed
            .map(|seed| SecretKey::from_seed(&seed))
            .ok_or(IdentityError::Key(path));
    }
    let mut seed = [0; 32];
    dice.fill_bytes(&mut seed);
    folder::write(&path, hex::encode(seed).as_bytes())?;
    Ok(SecretKey::from_seed(&seed))
}
