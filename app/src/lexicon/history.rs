//! What became of entries, from the audit trail: also of those that are gone.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::entry::Entry;
use crate::accounts::names;
use crate::app::App;
use crate::audit::entity::entry as line;
use crate::error::Failure;
use crate::ids::EntryId;

/// A change of an entry.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub at: DateTime<Utc>,
    pub who: String,
    /// `addition`, `change` or `removal`.
    pub action: String,
    /// The entry since then; none when it was taken away.
    pub entry: Option<Entry>,
    /// What it was before.
    pub before: Option<Entry>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    entry: Option<Entry>,
    before: Option<Entry>,
}

/// The last changes, of one entry or of all, newest first.
pub(super) async fn changes(
    app: &App,
    of: Option<EntryId>,
    most: u64,
) -> Result<Vec<Change>, Failure> {
    let mut find = line::Entity::find().filter(line::Column::Subject.eq("lexicon"));
    if let Some(id) = of {
        find = find.filter(line::Column::SubjectId.eq(id.0));
    }
    let lines = find
        .order_by_desc(line::Column::Id)
        .limit(most)
        .all(&app.db)
        .await?;
    let people = lines.iter().filter_map(|line| line.person_id).collect();
    let names = names(&app.db, people).await?;
    let changes = lines.into_iter().map(|line| {
        let detail: Detail = serde_json::from_str(&line.detail).unwrap_or_default();
        let who = line.person_id.and_then(|person| names.get(&person));
        Change {
            at: line.at,
            who: who.cloned().unwrap_or_default(),
            action: line.action,
            entry: detail.entry,
            before: detail.before,
        }
    });
    Ok(changes.collect())
}
