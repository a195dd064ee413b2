//! Changing the lexicon: every change is noted, raises its number, and has the scripts read anew.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, ModelTrait,
    QueryFilter, Set,
};
use serde_json::json;

use super::check::faults;
use super::entity::{entry, state};
use super::entry::{Entry, joined};
use super::in_force::STATE;
use super::rights::require;
use crate::accounts::Person;
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::EntryId;
use crate::jobs::{self, Job};
use crate::web::Errors;

/// Why an entry was not kept. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// Fields are wrong.
    #[error("the entry cannot be used")]
    Fields(Errors),
    /// There is one with the same words and conditions.
    #[error("the lexicon has this entry")]
    Taken(EntryId),
    /// Anything else.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for NotKept {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failure(error.into())
    }
}

/// Adds an entry.
pub async fn create(app: &App, person: &Person, wanted: &Entry) -> Result<EntryId, NotKept> {
    require(app, person).await?;
    let wanted = checked(wanted)?;
    let transaction = app.begin().await?;
    raise(app, &transaction).await?;
    if let Some(known) = same(&transaction, &wanted).await? {
        return Err(NotKept::Taken(known.id));
    }
    let id = insert(app, &transaction, person, &wanted).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Changes an entry. `seen` is the version that the person began from: a newer one is a conflict.
pub async fn save(
    app: &App,
    person: &Person,
    id: EntryId,
    seen: i64,
    wanted: &Entry,
) -> Result<(), NotKept> {
    require(app, person).await?;
    let wanted = checked(wanted)?;
    let transaction = app.begin().await?;
    raise(app, &transaction).await?;
    let row = as_seen(&transaction, id, seen).await?;
    if let Some(known) = same(&transaction, &wanted).await?
        && known.id != id
    {
        return Err(NotKept::Taken(known.id));
    }
    if Entry::from(&row) != wanted {
        update(app, &transaction, person, row, &wanted).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Takes an entry away; what it said stays in the audit trail.
pub async fn remove(app: &App, person: &Person, id: EntryId, seen: i64) -> Result<(), Failure> {
    require(app, person).await?;
    let transaction = app.begin().await?;
    raise(app, &transaction).await?;
    let row = as_seen(&transaction, id, seen).await?;
    let detail = json!({ "before": Entry::from(&row) });
    row.delete(&transaction).await?;
    note(app, &transaction, person, "removal", id, &detail).await?;
    transaction.commit().await?;
    Ok(())
}

/// Raises the number of the lexicon, and has the scripts read anew. Whoever writes waits here for
/// whoever writes before them.
pub(super) async fn raise(app: &App, transaction: &impl ConnectionTrait) -> Result<(), Failure> {
    state::Entity::update_many()
        .col_expr(
            state::Column::Version,
            Expr::col(state::Column::Version).add(1),
        )
        .filter(state::Column::Id.eq(STATE))
        .exec(transaction)
        .await?;
    jobs::enqueue(transaction, &Job::Reread, app.clock.now()).await
}

/// Keeps a checked entry that is new.
pub(super) async fn insert(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    wanted: &Entry,
) -> Result<EntryId, Failure> {
    let now = app.clock.now();
    let row = entry::ActiveModel {
        version: Set(1),
        created_by: Set(person.id),
        created_at: Set(now),
        changed_by: Set(person.id),
        changed_at: Set(now),
        ..fields(wanted)
    };
    let id = row.insert(transaction).await?.id;
    let detail = json!({ "entry": wanted });
    note(app, transaction, person, "addition", id, &detail).await?;
    Ok(id)
}

/// Keeps a checked entry in the place of what was there.
pub(super) async fn update(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    row: entry::Model,
    wanted: &Entry,
) -> Result<(), Failure> {
    let (id, before) = (row.id, Entry::from(&row));
    let changed = entry::ActiveModel {
        id: Set(id),
        version: Set(row.version + 1),
        changed_by: Set(person.id),
        changed_at: Set(app.clock.now()),
        ..fields(wanted)
    };
    changed.update(transaction).await?;
    let detail = json!({ "entry": wanted, "before": before });
    note(app, transaction, person, "change", id, &detail).await
}

fn checked(wanted: &Entry) -> Result<Entry, NotKept> {
    let wanted = wanted.tidied();
    let errors = faults(&wanted);
    if errors.none() {
        Ok(wanted)
    } else {
        Err(NotKept::Fields(errors))
    }
}

async fn as_seen(
    transaction: &impl ConnectionTrait,
    id: EntryId,
    seen: i64,
) -> Result<entry::Model, Failure> {
    let row = entry::Entity::find_by_id(id).one(transaction).await?;
    match row {
        None => Err(Failure::Conflict("lexicon-gone")),
        Some(row) if row.version != seen => Err(Failure::Conflict("lexicon-changed")),
        Some(row) => Ok(row),
    }
}

/// The entry for the same words under the same conditions.
async fn same(
    transaction: &impl ConnectionTrait,
    wanted: &Entry,
) -> Result<Option<entry::Model>, Failure> {
    Ok(entry::Entity::find()
        .filter(entry::Column::Written.eq(&wanted.written))
        .filter(entry::Column::AfterWords.eq(joined(&wanted.after)))
        .filter(entry::Column::BeforeWords.eq(joined(&wanted.before)))
        .filter(entry::Column::BeforeName.eq(wanted.before_name))
        .filter(entry::Column::BeforeNumber.eq(wanted.before_number))
        .one(transaction)
        .await?)
}

fn fields(wanted: &Entry) -> entry::ActiveModel {
    entry::ActiveModel {
        written: Set(wanted.written.clone()),
        spoken: Set(wanted.spoken.clone()),
        after_words: Set(joined(&wanted.after)),
        before_words: Set(joined(&wanted.before)),
        before_name: Set(wanted.before_name),
        before_number: Set(wanted.before_number),
        note: Set(wanted.note.clone()),
        ..Default::default()
    }
}

async fn note(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    action: &str,
    id: EntryId,
    detail: &serde_json::Value,
) -> Result<(), Failure> {
    let subject = ("lexicon", id.0);
    let detail = detail.to_string();
    audit::note(app, transaction, Some(person.id), action, subject, &detail).await
}
