//! Making a bulletin: begun with one click, then changed until it sounds right. What was approved
//! never changes: what comes after it is a new bulletin, which replaces it once it is approved.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Set,
};

use super::bulletin::{Desk, Seen, desk, is_over, newest};
use super::draft::{Draft, NotSaved};
use super::entity::bulletin;
use super::words::CLOSING;
use crate::accounts::{Person, Right};
use crate::airtime::entity::slot;
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{BulletinId, SlotId};
use crate::jobs::{self, Job};

/// Begins a bulletin: its words are those of the area's last one, with the hour and the day of this
/// slot; of an area that never had one, a station's usual words. One that is begun already is
/// answered as it is.
pub async fn begin(app: &App, person: &Person, id: SlotId) -> Result<BulletinId, Failure> {
    let desk = writable(app, person, id).await?;
    let draft = first_draft(app, &desk).await?;
    let transaction = app.begin().await?;
    lock(&transaction, id).await?;
    let number = match newest(&transaction, id).await? {
        Some(row) if row.state != "approved" => return Ok(row.id),
        Some(row) => row.number + 1,
        None => 1,
    };
    let now = app.clock.now();
    let row = bulletin::ActiveModel {
        slot_id: Set(id),
        number: Set(number),
        created_at: Set(now),
        ..Default::default()
    };
    let row = set(row, person, &draft, now)?.insert(&transaction).await?;
    enqueue(app, &transaction, row.id).await?;
    note(app, &transaction, person, "draft", &row).await?;
    transaction.commit().await?;
    Ok(row.id)
}

/// Keeps what a person says of the bulletin that is in work, and has its sounds made. `seen` is
/// what they began from; anything newer is a conflict.
pub async fn save(
    app: &App,
    person: &Person,
    id: SlotId,
    seen: &Seen,
    draft: &Draft,
) -> Result<(), NotSaved> {
    let desk = writable(app, person, id).await?;
    let draft = draft.tidied(&desk);
    let errors = draft.faults(&desk, &app.config.voice);
    if !errors.none() {
        return Err(NotSaved::Fields(errors));
    }
    let transaction = app.begin().await?;
    let row = in_work(&transaction, id, seen).await?;
    if Draft::of(&row) == draft && row.state != "failed" {
        return Ok(());
    }
    change(app, &transaction, person, row, &draft).await?;
    transaction.commit().await?;
    Ok(())
}

/// Makes the sounds anew: after a failure, or because the stories or the lexicon have changed.
pub async fn render_again(
    app: &App,
    person: &Person,
    id: SlotId,
    seen: &Seen,
) -> Result<(), Failure> {
    let desk = writable(app, person, id).await?;
    let transaction = app.begin().await?;
    let row = in_work(&transaction, id, seen).await?;
    let draft = Draft::of(&row).tidied(&desk);
    if row.state != "rendering" || draft != Draft::of(&row) {
        change(app, &transaction, person, row, &draft).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The slot, held until the transaction ends: releases into it wait, and whoever else makes its
/// bulletin.
pub(super) async fn lock(transaction: &impl ConnectionTrait, id: SlotId) -> Result<(), Failure> {
    // SQLite has one writer at a time anyway.
    slot::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?;
    Ok(())
}

/// The bulletin in work, held; a conflict when it is no longer what was seen.
pub(super) async fn in_work(
    transaction: &impl ConnectionTrait,
    id: SlotId,
    seen: &Seen,
) -> Result<bulletin::Model, Failure> {
    lock(transaction, id).await?;
    let row = newest(transaction, id).await?.ok_or(Failure::NotFound)?;
    if row.id != seen.bulletin || row.updated_at != seen.updated_at {
        return Err(Failure::Conflict("bulletins-changed"));
    }
    if row.state == "approved" {
        return Err(Failure::Conflict("bulletins-approved-already"));
    }
    Ok(row)
}

/// Notes what became of a bulletin.
pub(super) async fn note(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    action: &str,
    row: &bulletin::Model,
) -> Result<(), Failure> {
    let (who, subject) = (Some(person.id), ("bulletin", row.id.0));
    let detail = format!("slot {}, number {}", row.slot_id, row.number);
    audit::note(app, transaction, who, action, subject, &detail).await
}

/// The desk of somebody who may make bulletins there, while there is still time.
async fn writable(app: &App, person: &Person, id: SlotId) -> Result<Desk, Failure> {
    let desk = desk(app, person, id).await?;
    person.require(Right::Air, desk.area.unit_id)?;
    if is_over(app, &desk.slot) {
        return Err(Failure::Conflict("bulletins-late"));
    }
    if desk.order(&[]).is_empty() {
        return Err(Failure::Conflict("bulletins-no-stories"));
    }
    Ok(desk)
}

async fn first_draft(app: &App, desk: &Desk) -> Result<Draft, Failure> {
    let before = match &desk.newest {
        Some(newest) => Some(newest.row.clone()),
        None => last_like(app, desk).await?,
    };
    let draft = before.map_or_else(
        || Draft {
            opening: desk.filling.opening().to_owned(),
            closing: CLOSING.to_owned(),
            jingle: None,
            voice: app.config.voice.name.clone(),
            speed: i64::from(app.config.voice.speed),
            stories: Vec::new(),
        },
        |row| {
            let mut draft = Draft::of(&row);
            // What was said of a series says nothing elsewhere.
            if desk.filling.misses(&draft.opening) {
                desk.filling.opening().clone_into(&mut draft.opening);
            }
            if desk.filling.misses(&draft.closing) {
                CLOSING.clone_into(&mut draft.closing);
            }
            draft
        },
    );
    Ok(draft.tidied(desk))
}

/// The bulletin that was begun last: of the same series, or of the area for a slot of none.
async fn last_like(app: &App, desk: &Desk) -> Result<Option<bulletin::Model>, Failure> {
    let like = match desk.slot.pattern_id {
        Some(pattern) if desk.filling.is_series() => slot::Column::PatternId.eq(pattern),
        _ => slot::Column::AreaId.eq(desk.area.id),
    };
    let slots = slot::Entity::find()
        .select_only()
        .column(slot::Column::Id)
        .filter(like)
        .into_query();
    Ok(bulletin::Entity::find()
        .filter(bulletin::Column::SlotId.in_subquery(slots))
        .order_by_desc(bulletin::Column::Id)
        .one(&app.db)
        .await?)
}

async fn change(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    row: bulletin::Model,
    draft: &Draft,
) -> Result<(), Failure> {
    // Always after what was there: two saves within a millisecond are two saves.
    let now = Ord::max(app.clock.now(), row.updated_at + TimeDelta::milliseconds(1));
    let row = set(row.into(), person, draft, now)?
        .update(transaction)
        .await?;
    enqueue(app, transaction, row.id).await?;
    note(app, transaction, person, "draft", &row).await
}

/// What was made of other words is taken away.
fn set(
    row: bulletin::ActiveModel,
    person: &Person,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<bulletin::ActiveModel, Failure> {
    Ok(bulletin::ActiveModel {
        author_id: Set(person.id),
        opening: Set(draft.opening.clone()),
        closing: Set(draft.closing.clone()),
        jingle: Set(draft.jingle.clone()),
        voice: Set(draft.voice.clone()),
        speed: Set(draft.speed),
        stories: Set(serde_json::to_string(&draft.stories)?),
        state: Set("rendering".to_owned()),
        detail: Set(None),
        whole_sha256: Set(None),
        whole_ms: Set(None),
        updated_at: Set(now),
        ..row
    })
}

async fn enqueue(
    app: &App,
    transaction: &impl ConnectionTrait,
    bulletin: BulletinId,
) -> Result<(), Failure> {
    let job = Job::RenderBulletin { bulletin };
    jobs::enqueue(transaction, &job, app.clock.now()).await
}
