//! The lexicon in force: built in, with the province's entries on top, in memory. The store is
//! asked for one number at a time, and for the entries only when that number has gone up.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use loa_db::Store;
use loa_speech::{Lexicon, LexiconError, Spoken, speak};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder, QuerySelect};

use super::entity::{entry, state};
use super::entry::Entry;
use super::exchange;
use super::reading::Reading;
use crate::app::App;
use crate::config::Config;
use crate::error::Failure;
use crate::ids::EntryId;

/// The one row of `lexicon_state`.
pub(super) const STATE: i64 = 1;

/// The lexicon that a process holds in memory.
#[derive(Default)]
pub struct Lexicons(Mutex<Option<Arc<InForce>>>);

/// The lexicon as it was at one version.
pub struct InForce {
    /// Goes up with every change.
    pub version: i64,
    lexicon: Lexicon,
    /// What the province has entries for: what is said, and by which entry.
    entries: HashMap<String, Vec<(String, EntryId)>>,
}

/// The lexicon in force now.
pub async fn in_force(app: &App) -> Result<Arc<InForce>, Failure> {
    let version = version(&app.db).await?;
    let held = || app.lexicon.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = held().clone().filter(|known| known.version == version) {
        return Ok(known);
    }
    // Rows may already be newer than the number: then the next question finds a newer number.
    let new = Arc::new(InForce::of(version, &rows(&app.db).await?));
    *held() = Some(new.clone());
    Ok(new)
}

/// Whether a version is still in force, and stays so until the transaction ends.
pub async fn hold(transaction: &impl ConnectionTrait, version: i64) -> Result<bool, Failure> {
    let state = state::Entity::find_by_id(STATE)
        .lock_shared()
        .one(transaction)
        .await?;
    Ok(state.is_some_and(|state| state.version == version))
}

/// The lexicon of a data folder or a database, for a command that runs beside the server: nothing
/// is made or changed. A folder without a store, or one of an earlier version, has no entries.
pub async fn of_store(config: &Config) -> anyhow::Result<InForce> {
    let store = config.store();
    if matches!(&store, Store::File(path) if !path.exists()) {
        return Ok(InForce::builtin());
    }
    let connection = loa_db::connect(&store).await?;
    let rows = rows(&connection).await;
    connection.close().await?;
    match rows {
        Ok(rows) => Ok(InForce::of(0, &rows)),
        Err(error) if is_no_table(&error) => Ok(InForce::builtin()),
        Err(error) => Err(error).with_context(|| {
            format!(
                "the lexicon of {} cannot be read: check the store with loa doctor",
                store.shown()
            )
        }),
    }
}

impl InForce {
    /// Only what is built in.
    pub fn builtin() -> Self {
        Self::of(0, &[])
    }

    pub(super) fn of(version: i64, rows: &[entry::Model]) -> Self {
        let mut entries = HashMap::<String, Vec<(String, EntryId)>>::new();
        for row in rows {
            let known = entries.entry(even(&row.written)).or_default();
            known.push((row.spoken.clone(), row.id));
        }
        Self {
            version,
            lexicon: with(rows),
            entries,
        }
    }

    /// What a voice is to say.
    pub fn speak(&self, text: &str) -> Spoken {
        speak(text, &self.lexicon)
    }

    /// The same with what the words come from.
    pub fn read(&self, text: &str) -> Reading {
        Reading::of(text, &self.speak(text), self)
    }

    /// The province's entry that says this for that.
    pub(super) fn entry(&self, written: &str, spoken: &str) -> Option<EntryId> {
        let known = self.entries.get(&even(written))?;
        let found = known.iter().find(|(said, _)| said == spoken);
        found.map(|(_, id)| *id)
    }
}

/// What is written, with dashes, quotes and blanks of all shapes alike, as the crate compares it.
fn even(written: &str) -> String {
    let signs = written.chars().map(|sign| match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2032}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{2033}' | '«' | '»' => '"',
        other => other,
    });
    let text: String = signs.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number of the lexicon in force.
async fn version(connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let state = state::Entity::find_by_id(STATE).one(connection).await?;
    Ok(state.map_or(0, |state| state.version))
}

/// All entries, in order of what is written.
pub(super) async fn rows(connection: &impl ConnectionTrait) -> Result<Vec<entry::Model>, DbErr> {
    entry::Entity::find()
        .order_by_asc(entry::Column::Written)
        .order_by_asc(entry::Column::Id)
        .all(connection)
        .await
}

/// The built-in lexicon with entries on top. One that a newer program refuses is left out, and
/// said in the log: it must not take all others with it.
fn with(rows: &[entry::Model]) -> Lexicon {
    let mut entries: Vec<Entry> = rows.iter().map(Entry::from).collect();
    loop {
        let refused = match with_entries(&entries) {
            Ok(lexicon) => return lexicon,
            Err(error) => error,
        };
        tracing::error!(error.cause = %refused, "an entry of the lexicon is left out");
        let before = entries.len();
        if let LexiconError::Entry { written, .. } = &refused {
            entries.retain(|entry| entry.written.trim() != written.trim());
        }
        if entries.len() == before {
            return Lexicon::builtin().clone();
        }
    }
}

/// The built-in lexicon with these entries on top.
pub(super) fn with_entries(entries: &[Entry]) -> Result<Lexicon, LexiconError> {
    if entries.is_empty() {
        return Ok(Lexicon::builtin().clone());
    }
    Lexicon::builtin().with_additions(&exchange::additions(entries))
}

/// Entries by what makes them one of a kind.
pub(super) fn by_key(
    rows: Vec<entry::Model>,
) -> BTreeMap<(String, String, String, bool, bool), entry::Model> {
    let keyed = rows.into_iter().map(|row| (Entry::from(&row).key(), row));
    keyed.collect()
}

/// A store of an earlier version. Neither database has a type for it: SQLite says 'no such table',
/// PostgreSQL that the relation does not exist.
fn is_no_table(error: &DbErr) -> bool {
    let said = error.to_string();
    said.contains("no such table") || said.contains("does not exist")
}
