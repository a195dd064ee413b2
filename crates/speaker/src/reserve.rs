//! Room kept for the books: on a full disk journal, receipts and manifest are still written, because a
//! file without meaning makes way for them.

use std::fs::File;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use rustix::fs::{FallocateFlags, fallocate};
use serde::Serialize;

use crate::folder::{self, FolderError};

/// Some two hundred playings and their receipts, a block of the disk for each file.
pub(crate) const BYTES: u64 = 2 << 20;

/// The file that makes way.
pub(crate) struct Reserve {
    path: PathBuf,
}

impl Reserve {
    /// Takes the room, if there is plenty.
    pub fn open(data: &Path) -> Result<Self, FolderError> {
        let reserve = Self {
            path: data.join("reserve"),
        };
        reserve.refill()?;
        Ok(reserve)
    }

    /// [`folder::write`]; on a full disk the reserve makes way first.
    pub fn write(&self, path: &Path, content: &[u8]) -> Result<(), FolderError> {
        match folder::write(path, content) {
            Err(error) if error.is_full() => {
                // Another thread may have used it already; there is room then.
                tracing::warn!("the disk is full: the reserve is used for the books");
                folder::remove(&self.path)?;
                folder::write(path, content)
            }
            written => written,
        }
    }

    /// [`folder::write_json`]; on a full disk the reserve makes way first.
    pub fn write_json(&self, path: &Path, value: &impl Serialize) -> Result<(), FolderError> {
        self.write(path, &folder::json(path, value)?)
    }

    /// Takes the room back once there is plenty again.
    pub fn refill(&self) -> Result<(), FolderError> {
        // One that the power cut short is none.
        let there = self.path.metadata().is_ok_and(|file| file.len() >= BYTES);
        if there || folder::free_bytes(&self.path) < 4 * BYTES {
            return Ok(());
        }
        let file = File::create(&self.path).map_err(folder::at(&self.path))?;
        if fallocate(file.as_fd(), FallocateFlags::empty(), 0, BYTES).is_err() {
            // Another program was quicker, or the file system cannot: without a reserve it plays as well.
            folder::remove(&self.path)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_the_power_cut_short_is_taken_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reserve");
        std::fs::write(&path, b"").unwrap();
        Reserve::open(folder.path()).unwrap();
        assert_eq!(path.metadata().unwrap().len(), BYTES);
    }
}
