//! What the server must be told: kept on disk until it says that it knows.

use std::path::PathBuf;
use std::sync::Arc;

use loa_air::Signed;

use crate::folder::{self, FolderError};
use crate::reserve::Reserve;

/// A folder of signed envelopes, each under the id of its message.
pub struct Outbox {
    folder: PathBuf,
    reserve: Arc<Reserve>,
}

impl Outbox {
    /// Opens it, made if need be.
    pub fn open(folder: PathBuf, reserve: Arc<Reserve>) -> Result<Self, FolderError> {
        folder::make(&folder)?;
        Ok(Self { folder, reserve })
    }

    /// Keeps a message.
    pub fn put(&self, id: &str, signed: &Signed) -> Result<(), FolderError> {
        self.reserve.write_json(&self.path(id), signed)
    }

    /// Whether it is kept.
    pub fn has(&self, id: &str) -> bool {
        self.path(id).exists()
    }

    /// The oldest, with their ids. What cannot be read is said and left out.
    pub fn oldest(&self, most: usize) -> Result<Vec<(String, Signed)>, FolderError> {
        let mut found = Vec::new();
        for name in folder::list(&self.folder)? {
            let Some(id) = name.strip_suffix(".json") else {
                continue;
            };
            match folder::read_json(&self.path(id)) {
                Ok(Some(signed)) => found.push((id.to_owned(), signed)),
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "a kept message cannot be sent"),
            }
            if found.len() == most {
                break;
            }
        }
        Ok(found)
    }

    /// Forgets what the server acknowledged.
    pub fn remove(&self, id: &str) -> Result<(), FolderError> {
        folder::remove(&self.path(id))
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }
}
