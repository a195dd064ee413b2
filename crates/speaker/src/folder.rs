//! The data folder: every file is whole or absent, whenever the power goes.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

const ASIDE: &str = ".new-";

/// What can be wrong with the data folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The disk says no.
    #[error("{}: {source}; check the disk and the rights on the folder", path.display())]
    Disk {
        /// Where.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// A file is not what was once written there.
    #[error("{}: not readable ({source}); the file was changed or the disk is failing", path.display())]
    Content {
        /// Where.
        path: PathBuf,
        /// What is wrong in it.
        source: serde_json::Error,
    },
}

impl FolderError {
    /// Whether there is no room left.
    pub(crate) fn is_full(&self) -> bool {
        let full = |kind| matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded);
        matches!(self, Self::Disk { source, .. } if full(source.kind()))
    }
}

/// Room on the disk of a path's folder, in bytes.
pub(crate) fn free_bytes(path: &Path) -> u64 {
    let folder = path.parent().unwrap_or(path);
    rustix::fs::statvfs(folder).map_or(0, |disk| disk.f_bavail * disk.f_frsize)
}

/// Names the place in an error of the disk.
pub(crate) fn at(path: &Path) -> impl Fn(std::io::Error) -> FolderError + '_ {
    |source| FolderError::Disk {
        path: path.to_owned(),
        source,
    }
}

/// Makes a folder, its parents included, and sweeps out what a power cut left half written.
pub(crate) fn make(path: &Path) -> Result<(), FolderError> {
    std::fs::create_dir_all(path).map_err(at(path))?;
    for entry in std::fs::read_dir(path).map_err(at(path))? {
        let entry = entry.map_err(at(path))?;
        if entry.file_name().to_string_lossy().starts_with(ASIDE) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Writes a file so that, whatever happens, the old or the new content is there, readable by its
/// owner alone: written aside, flushed to the disk, renamed, and the folder flushed too.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), FolderError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    #[cfg(test)]
    power::change(path)?;
    let mut aside = tempfile::Builder::new()
        .prefix(ASIDE)
        .tempfile_in(folder)
        .map_err(at(folder))?;
    aside
        .write_all(content)
        .and_then(|()| aside.as_file().sync_all())
        .map_err(at(path))?;
    #[cfg(test)]
    if let Err(failed) = power::change(path) {
        // What was written aside lies there.
        aside.keep().map_err(|failed| at(path)(failed.error))?;
        return Err(failed);
    }
    aside
        .persist(path)
        .map_err(|failed| at(path)(failed.error))?;
    #[cfg(test)]
    power::change(path)?;
    sync(folder)
}

/// Flushes a folder's list of names to the disk.
pub(crate) fn sync(folder: &Path) -> Result<(), FolderError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(at(folder))
}

/// [`write`], as JSON.
pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), FolderError> {
    write(path, &json(path, value)?)
}

/// A value as the file of this name holds it.
pub(crate) fn json(path: &Path, value: &impl Serialize) -> Result<Vec<u8>, FolderError> {
    serde_json::to_vec(value).map_err(|source| FolderError::Content {
        path: path.to_owned(),
        source,
    })
}

/// Reads a file, if it is there.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, FolderError> {
    match std::fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path)(error)),
    }
}

/// [`read`], as JSON.
pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, FolderError> {
    let Some(content) = read(path)? else {
        return Ok(None);
    };
    serde_json::from_slice(&content)
        .map(Some)
        .map_err(|source| FolderError::Content {
            path: path.to_owned(),
            source,
        })
}

/// Removes a file; that it is not there is fine.
pub(crate) fn remove(path: &Path) -> Result<(), FolderError> {
    #[cfg(test)]
    power::change(path)?;
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

/// The files of a folder by name, those still being written left out.
pub(crate) fn list(path: &Path) -> Result<Vec<String>, FolderError> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(at(path))? {
        let name = entry
            .map_err(at(path))?
            .file_name()
            .to_string_lossy()
            .into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// A power cut for tests, at any change to the folder: after it nothing more is changed until the power is
/// back.
#[cfg(test)]
pub(crate) mod power {
    use std::cell::Cell;
    use std::path::Path;

    use super::{FolderError, at};

    thread_local! {
        static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
    }

    /// So many more changes succeed.
    pub(crate) fn fails_after(changes: u32) {
        LEFT.set(Some(changes));
    }

    pub(crate) fn is_back() {
        LEFT.set(None);
    }

    pub(super) fn change(path: &Path) -> Result<(), FolderError> {
        match LEFT.get() {
            Some(0) => Err(at(path)(std::io::Error::other("the power went"))),
            left => {
                LEFT.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }
}
