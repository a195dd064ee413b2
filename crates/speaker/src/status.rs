//! What a speaker's folder says, for a person beside it or a program.

use std::path::Path;

use serde::Serialize;

use crate::folder::{self, FolderError};
use crate::identity::{Identity, IdentityError};

/// How a speaker is, read from its folder while it runs or not.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Its id.
    pub speaker: i64,
    /// As it was enrolled.
    pub name: String,
    /// Its area.
    pub area: i64,
    /// Its server.
    pub server: String,
    /// The last version accepted; 0 before the first.
    pub manifest_version: i64,
    /// How many sounds are held.
    pub sounds: usize,
    /// How many playings the journal knows.
    pub plays: usize,
    /// How many receipts wait for the server.
    pub receipts_waiting: usize,
    /// How many refusals wait for the server.
    pub refusals_waiting: usize,
    /// Server's clock minus its own, as known last.
    pub clock_offset_ms: i64,
}

/// Reads it.
pub fn report(data: &Path) -> Result<Report, IdentityError> {
    let identity = Identity::read(data)?;
    let number =
        |name: &str| folder::read_json::<i64>(&data.join(name)).map(Option::unwrap_or_default);
    Ok(Report {
        speaker: identity.speaker,
        name: identity.name,
        area: identity.area,
        server: identity.server,
        manifest_version: number("version.json")?,
        sounds: count(data, "sounds", crate::sounds::is_hash)?,
        plays: count(data, "plays", |_| true)?,
        receipts_waiting: count(data, "receipts", |_| true)?,
        refusals_waiting: count(data, "refusals", |_| true)?,
        clock_offset_ms: number("offset.json")?,
    })
}

/// A speaker that never ran has no such folders yet.
fn count(data: &Path, name: &str, counts: impl Fn(&str) -> bool) -> Result<usize, FolderError> {
    let path = data.join(name);
    if !path.exists() {
        return Ok(0);
    }
    Ok(folder::list(&path)?
        .iter()
        .filter(|name| counts(name))
        .count())
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "speaker {} ({}), area {}, server {}",
            self.speaker, self.name, self.area, self.server
        )?;
        writeln!(
            f,
            "manifest v{}, {} sounds held, {} playings",
            self.manifest_version, self.sounds, self.plays
        )?;
        writeln!(
            f,
            "waiting for the server: {} receipts, {} refusals",
            self.receipts_waiting, self.refusals_waiting
        )?;
        write!(f, "clock offset {} ms", self.clock_offset_ms)
    }
}
