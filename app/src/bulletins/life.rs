//! Approving a bulletin, and taking it back.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::bulletin::{Bulletin, Desk, Seen, desk, is_over};
use super::entity::bulletin;
use super::frozen::Frozen;
use super::write::{in_work, lock, note};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::deliveries::in_slot;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::SlotId;

/// Approves the bulletin in work: freezes its words, its sounds and its order, and loudspeakers get
/// it. `heard` says that the person listened to the file that `seen` names.
pub async fn approve(
    app: &App,
    person: &Person,
    id: SlotId,
    seen: &Seen,
    heard: bool,
) -> Result<(), Failure> {
    let before = desk(app, person, id).await?;
    let newest = before.newest.as_ref().ok_or(Failure::NotFound)?;
    if newest.row.author_id == person.id {
        return Err(Failure::Forbidden("bulletins-own"));
    }
    person.require(Right::Approve, before.area.unit_id)?;
    if is_over(app, &before.slot) {
        return Err(Failure::Conflict("bulletins-late"));
    }
    let transaction = app.begin().await?;
    let row = in_work(&transaction, id, seen).await?;
    // Nobody else may have become its author since.
    if row.author_id == person.id {
        return Err(Failure::Forbidden("bulletins-own"));
    }
    match row.state.as_str() {
        "ready" if row.whole_sha256 != seen.whole => {
            return Err(Failure::Conflict("bulletins-changed"));
        }
        "ready" if !heard => return Err(Failure::Invalid("bulletins-not-heard")),
        "ready" => {}
        "failed" => return Err(Failure::Conflict("bulletins-failed")),
        _ => return Err(Failure::Conflict("bulletins-coming")),
    }
    let now = Desk {
        stories: in_slot(&transaction, id).await?,
        newest: Some(Bulletin::of(&transaction, row.clone()).await?),
        ..before
    };
    if let Some(stale) = now.stale() {
        return Err(Failure::Conflict(stale));
    }
    if now.playlist().over_ms() > 0 {
        return Err(Failure::Conflict("bulletins-over"));
    }
    let bulletin = now.newest.as_ref().ok_or(Failure::NotFound)?;
    let frozen = serde_json::to_string(&Frozen::of(&transaction, bulletin).await?)?;
    let mut changed: bulletin::ActiveModel = row.into();
    changed.state = Set("approved".to_owned());
    changed.approver_id = Set(Some(person.id));
    changed.approved_at = Set(Some(app.clock.now()));
    changed.sha256 = Set(Some(sha256(frozen.as_bytes())));
    changed.frozen = Set(Some(frozen));
    let row = changed.update(&transaction).await?;
    note(app, &transaction, person, "approval", &row).await?;
    transaction.commit().await?;
    app.broker.stir(now.area.id);
    Ok(())
}

/// Takes the bulletin of a slot off the air, by whoever makes or approves bulletins there: its
/// stories play bare. What was in work stays.
pub async fn withdraw(app: &App, person: &Person, id: SlotId) -> Result<(), Failure> {
    let desk = desk(app, person, id).await?;
    if !person.may(Right::Air, desk.area.unit_id) {
        person.require(Right::Approve, desk.area.unit_id)?;
    }
    let transaction = app.begin().await?;
    lock(&transaction, id).await?;
    let row = bulletin::Entity::find()
        .filter(bulletin::Column::SlotId.eq(id))
        .filter(bulletin::Column::Number.eq(desk.number))
        .filter(bulletin::Column::WithdrawnAt.is_null())
        .one(&transaction)
        .await?
        .ok_or(Failure::Conflict("bulletins-none-on-air"))?;
    let mut changed: bulletin::ActiveModel = row.into();
    changed.withdrawn_by = Set(Some(person.id));
    changed.withdrawn_at = Set(Some(app.clock.now()));
    let row = changed.update(&transaction).await?;
    note(app, &transaction, person, "withdrawal", &row).await?;
    transaction.commit().await?;
    app.broker.stir(desk.area.id);
    Ok(())
}
