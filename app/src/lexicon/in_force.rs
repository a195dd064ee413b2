//! The lexicon in force: built in, with the province's entries on top, in memory. The store is
//! asked for one number at a time, and for the entries only when that number has gone up.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use loa_db::Store;
use loa_speech::{Addition, EntryUsed, Explained, Lexicon, Origin, Spoken, explain, speak};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder, QuerySelect};

use super::entity::{entry, state};
use super::entry::Entry;
use super::reading::{Reading, words};
use crate::app::App;
use crate::config::Config;
use crate::error::Failure;
use crate::ids::EntryId;

/// What makes an entry one of a kind: what is written, and when it is read so.
type Key = (String, String, String, bool, bool);

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
    /// The province's entries by what makes them one of a kind.
    entries: HashMap<Key, EntryId>,
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
        Self {
            version,
            lexicon: with(rows),
            entries: rows
                .iter()
                .map(|row| (Entry::from(row).key(), row.id))
                .collect(),
        }
    }

    /// What a voice is to say.
    pub fn speak(&self, text: &str) -> Spoken {
        speak(text, &self.lexicon)
    }

    /// SHA-256 of what a voice is to say: equal words make an equal sound.
    pub fn words(&self, text: &str) -> String {
        words(&self.speak(text))
    }

    /// The same with what the words come from.
    pub fn read(&self, text: &str) -> Reading {
        Reading::of(text, &self.speak(text), self)
    }

    /// Every piece with the rule or the entry that read it.
    pub(super) fn explain(&self, text: &str) -> Vec<Explained> {
        explain(text, &self.lexicon)
    }

    /// The province's entry that was used; none for one of the program.
    pub(super) fn entry(&self, used: &EntryUsed) -> Option<EntryId> {
        let key = Entry {
            written: used.written.clone(),
            after: used.when.after.clone(),
            before: used.when.before.clone(),
            before_name: used.when.before_name,
            before_number: used.when.before_number,
            ..Entry::default()
        };
        let known = self.entries.get(&key.key()).copied();
        known.filter(|_| used.origin == Origin::Added)
    }
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
    let mut additions: Vec<Addition> = rows.iter().map(|row| Entry::from(row).addition()).collect();
    loop {
        let remarks = match Lexicon::builtin().with(&additions) {
            Ok(lexicon) => return lexicon,
            Err(remarks) => remarks,
        };
        let refused = remarks.iter().filter(|remarked| remarked.remark.refuses());
        let mut places: Vec<usize> = refused.map(|remarked| remarked.addition).collect();
        places.dedup();
        for place in places.into_iter().rev() {
            let left_out = additions.remove(place);
            tracing::error!(
                lexicon.written = left_out.written,
                "an entry of the lexicon is left out"
            );
        }
    }
}

/// Entries by what makes them one of a kind.
pub(super) fn by_key(rows: Vec<entry::Model>) -> BTreeMap<Key, entry::Model> {
    let keyed = rows.into_iter().map(|row| (Entry::from(&row).key(), row));
    keyed.collect()
}

/// A store of an earlier version. Neither database has a type for it: SQLite says 'no such table',
/// PostgreSQL that the relation does not exist.
fn is_no_table(error: &DbErr) -> bool {
    let said = error.to_string();
    said.contains("no such table") || said.contains("does not exist")
}
