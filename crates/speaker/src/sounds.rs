//! The sounds on disk, by hash. Only what was hashed here and fits counts as held.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::folder::{self, FolderError};

/// The folder of sounds.
pub struct Sounds {
    folder: PathBuf,
    held: Mutex<HashSet<String>>,
}

impl Sounds {
    /// Opens it and hashes what is there; what does not fit its name is thrown away.
    pub fn open(folder: PathBuf) -> Result<Self, FolderError> {
        folder::make(&folder)?;
        let mut held = HashSet::new();
        for name in folder::list(&folder)? {
            let path = folder.join(&name);
            if !is_hash(&name) {
                continue;
            }
            if hash(&path)? == name {
                held.insert(name);
            } else {
                tracing::warn!(
                    sound = name,
                    "a kept sound was damaged; it is fetched again"
                );
                folder::remove(&path)?;
            }
        }
        Ok(Self {
            folder,
            held: Mutex::new(held),
        })
    }

    /// Where a sound is or would be.
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.folder.join(sha256)
    }

    /// Whether it is held.
    pub fn holds(&self, sha256: &str) -> bool {
        self.lock().contains(sha256)
    }

    /// Whether it still is what it was when it came.
    pub fn still_fits(&self, sha256: &str) -> bool {
        hash(&self.path(sha256)).is_ok_and(|found| found == sha256)
    }

    /// Throws one away.
    pub fn drop(&self, sha256: &str) -> Result<(), FolderError> {
        self.lock().remove(sha256);
        folder::remove(&self.path(sha256))
    }

    /// The file that grows while a sound comes, and how much of it is there.
    pub fn part(&self, sha256: &str) -> Result<(File, u64), FolderError> {
        let path = self.part_path(sha256);
        let file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&path)
            .map_err(folder::at(&path))?;
        let length = file.metadata().map_err(folder::at(&path))?.len();
        Ok((file, length))
    }

    /// How much of it is there.
    pub fn part_bytes(&self, sha256: &str) -> u64 {
        let part = self.part_path(sha256).metadata();
        part.map_or(0, |part| part.len())
    }

    /// Begins a part anew.
    pub fn drop_part(&self, sha256: &str) -> Result<(), FolderError> {
        folder::remove(&self.part_path(sha256))
    }

    /// Takes a part that is all there. `false`: its hash is another, and it is thrown away.
    pub fn take(&self, sha256: &str) -> Result<bool, FolderError> {
        let part = self.part_path(sha256);
        if hash(&part)? != sha256 {
            folder::remove(&part)?;
            return Ok(false);
        }
        let path = self.path(sha256);
        File::open(&part)
            .and_then(|file| file.sync_all())
            .map_err(folder::at(&part))?;
        std::fs::rename(&part, &path).map_err(folder::at(&path))?;
        folder::sync(&self.folder)?;
        self.lock().insert(sha256.to_owned());
        Ok(true)
    }

    /// Notes that it is being used.
    pub fn use_now(&self, sha256: &str, at: SystemTime) -> Result<(), FolderError> {
        let path = self.path(sha256);
        let file = File::options().append(true).open(&path);
        file.and_then(|file| file.set_modified(at))
            .map_err(folder::at(&path))
    }

    /// Keeps what is wanted, and of the rest as much as `most` bytes hold: a story that is said again
    /// next week need not come again. The least recently used go first.
    pub fn tidy(&self, wanted: &HashSet<&str>, most: u64) -> Result<(), FolderError> {
        let mut left: u64 = 0;
        for (sha256, bytes) in self.unwanted(wanted)?.into_iter().rev() {
            left = left.saturating_add(bytes);
            if left > most {
                self.drop(&sha256)?;
            }
        }
        for name in folder::list(&self.folder)? {
            let part = name.strip_suffix(".part");
            if part.is_some_and(|sha256| !wanted.contains(sha256)) {
                folder::remove(&self.folder.join(&name))?;
            }
        }
        Ok(())
    }

    /// What is held and not wanted, with its bytes, the least recently used first.
    pub fn unwanted(&self, wanted: &HashSet<&str>) -> Result<Vec<(String, u64)>, FolderError> {
        let mut found = Vec::new();
        // What somebody removed by hand is held no more.
        let mut held = self.lock();
        held.retain(|sha256| wanted.contains(sha256.as_str()) || self.path(sha256).exists());
        for sha256 in held.iter() {
            if wanted.contains(sha256.as_str()) {
                continue;
            }
            let path = self.path(sha256);
            let about = path.metadata().map_err(folder::at(&path))?;
            let used = about.modified().map_err(folder::at(&path))?;
            found.push((used, sha256.clone(), about.len()));
        }
        found.sort();
        Ok(found
            .into_iter()
            .map(|(_, sha256, bytes)| (sha256, bytes))
            .collect())
    }

    fn part_path(&self, sha256: &str) -> PathBuf {
        self.folder.join(format!("{sha256}.part"))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 64 lower-case hexadecimal digits, and so a safe name of a file.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn hash(path: &Path) -> Result<String, FolderError> {
    let mut file = File::open(path).map_err(folder::at(path))?;
    let mut digest = Sha256::new();
    let mut block = [0; 16 * 1024];
    loop {
        match file.read(&mut block).map_err(folder::at(path))? {
            0 => return Ok(hex::encode(digest.finalize())),
            read => digest.update(&block[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_goes_first_and_what_somebody_removed_is_held_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = [b"a".as_slice(), b"bb", b"ccc"]
            .into_iter()
            .map(|content| {
                let name = hex::encode(Sha256::digest(content));
                std::fs::write(folder.path().join(&name), content).unwrap();
                name
            })
            .collect();
        let sounds = Sounds::open(folder.path().to_owned()).unwrap();
        for (name, second) in names.iter().zip([30, 10, 20]) {
            let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(second);
            sounds.use_now(name, at).unwrap();
        }
        std::fs::remove_file(folder.path().join(&names[2])).unwrap();
        // One byte has room: the one of two bytes was used before the one of one.
        sounds.tidy(&HashSet::new(), 1).unwrap();
        let held = names.iter().map(|name| sounds.holds(name));
        assert_eq!(held.collect::<Vec<_>>(), [true, false, false]);
        assert!(!folder.path().join(&names[1]).exists());
    }
}
