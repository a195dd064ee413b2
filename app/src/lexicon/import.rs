//! Many entries from a file: all of them or, when one is wrong, none. What is not in the file stays.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use super::check::faults_of;
use super::entry::Entry;
use super::exchange::{Placed, from_csv, from_toml};
use super::in_force::{by_key, rows};
use super::rights::require;
use super::write::{insert, raise, update};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;

/// The largest file, in bytes, and the most entries.
pub(super) const MAX_BYTES: usize = 1024 * 1024;
const MAX_ENTRIES: usize = 2000;
/// So many faults are told; whoever has more has the wrong file.
const TOLD: usize = 30;

/// What became of a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub added: usize,
    pub changed: usize,
    /// They were there already.
    pub same: usize,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// A line, or the written form of an entry; empty for the whole file.
    pub place: String,
    /// The name of a text.
    pub text: &'static str,
    /// Its value: the parser's words.
    pub value: String,
}

/// Why nothing was imported.
pub(super) enum NotImported {
    Faults(Vec<Fault>),
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for NotImported {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

/// Imports a file; its name tells TOML from CSV.
pub(super) async fn import(
    app: &App,
    person: &Person,
    name: &str,
    bytes: &[u8],
) -> Result<Counted, NotImported> {
    require(app, person).await?;
    let entries = read(name, bytes).map_err(NotImported::Faults)?;
    let transaction = app.begin().await?;
    raise(app, &transaction).await?;
    let mut known = by_key(rows(&transaction).await?);
    let mut counted = Counted::default();
    for Placed { mut entry, .. } in entries {
        match known.remove(&entry.key()) {
            None => {
                insert(app, &transaction, person, &entry).await?;
                counted.added += 1;
            }
            Some(row) => {
                // TOML has no notes; an empty one must not take a note away.
                if entry.note.is_empty() {
                    entry.note.clone_from(&row.note);
                }
                if Entry::from(&row) == entry {
                    counted.same += 1;
                } else {
                    update(app, &transaction, person, row, &entry).await?;
                    counted.changed += 1;
                }
            }
        }
    }
    if counted.added + counted.changed > 0 {
        transaction.commit().await?;
    }
    Ok(counted)
}

/// The entries of a file, each checked.
fn read(name: &str, bytes: &[u8]) -> Result<Vec<Placed>, Vec<Fault>> {
    let whole = |text, value: String| {
        vec![Fault {
            place: String::new(),
            text,
            value,
        }]
    };
    if bytes.is_empty() {
        return Err(whole("lexicon-file-empty", String::new()));
    }
    if bytes.len() > MAX_BYTES {
        return Err(whole("lexicon-file-large", String::new()));
    }
    let Ok(text) = str::from_utf8(bytes) else {
        return Err(whole("lexicon-file-encoding", String::new()));
    };
    let text = text.trim_start_matches('\u{feff}');
    let ending = Path::new(name).extension().and_then(OsStr::to_str);
    let read = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => from_toml(text),
        Some("csv" | "tsv" | "txt") => from_csv(text),
        _ => return Err(whole("lexicon-file-kind", String::new())),
    };
    let entries = read.map_err(|(line, why)| {
        vec![Fault {
            place: line,
            text: "lexicon-file-unread",
            value: why,
        }]
    })?;
    if entries.is_empty() {
        return Err(whole("lexicon-file-empty", String::new()));
    }
    if entries.len() > MAX_ENTRIES {
        return Err(whole("lexicon-file-many", String::new()));
    }
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let all: Vec<Entry> = entries.iter().map(|placed| placed.entry.clone()).collect();
    for (Placed { place, entry }, errors) in entries.iter().zip(faults_of(&all)) {
        let fault = |text| Fault {
            place: place.clone(),
            text,
            value: entry.written.clone(),
        };
        if let Some((_, text)) = errors.all().first() {
            wrong.push(fault(*text));
        } else if !seen.insert(entry.key()) {
            wrong.push(fault("lexicon-file-twice"));
        }
        if wrong.len() >= TOLD {
            break;
        }
    }
    if wrong.is_empty() {
        Ok(entries)
    } else {
        Err(wrong)
    }
}
