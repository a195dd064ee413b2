//! Moving a slot that lies ahead, with all that is in it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};

use crate::accounts::{Person, Right};
use crate::airtime::entity::slot;
use crate::airtime::{Refused, Wanted, get_slot, may_be};
use crate::app::App;
use crate::audit;
use crate::bulletins::has_bulletin;
use crate::deliveries::State;
use crate::deliveries::entity::delivery;
use crate::error::Failure;
use crate::ids::{AreaId, PatternId, SlotId};
use crate::outlets::{get_area, lock_area};

/// Moves a slot to another time, or says which rule is against it, with the nearest time that would
/// do. What was released into it goes with it: the next manifest says so. A slot with an approved
/// bulletin stays: its opening names the hour.
pub async fn move_slot(
    app: &App,
    person: &Person,
    id: SlotId,
    starts_at: DateTime<Utc>,
) -> Result<AreaId, Refused> {
    let area = get_slot(&app.db, id).await?.area_id;
    let area = get_area(&app.db, person, area).await?;
    person.require(Right::Air, area.unit_id)?;
    let now = app.clock.now();
    let transaction = app.begin().await?;
    lock_area(&transaction, area.id).await?;
    // Releases into it wait until this is settled.
    slot::Entity::find_by_id(id)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let row = get_slot(&transaction, id).await?;
    if row.starts_at <= now {
        return Err(Refused::Rule("airtime-begun", None));
    }
    if has_bulletin(&transaction, id).await? {
        return Err(Refused::Rule("timetable-bulletin", None));
    }
    let wanted = Wanted {
        area: area.id,
        starts_at,
        seconds: (row.ends_at - row.starts_at).num_seconds(),
        priority: row.urgency(),
    };
    let wanted = may_be(app, &transaction, &wanted, Some(&row)).await?;
    if wanted.starts_at == row.starts_at {
        return Ok(area.id);
    }
    leave_place(&transaction, &row, now).await?;
    let (before, revision) = (row.starts_at, row.revision);
    let mut changed: slot::ActiveModel = row.into();
    changed.starts_at = Set(wanted.starts_at);
    changed.ends_at = Set(wanted.ends_at());
    changed.pattern_id = Set(None);
    changed.revision = Set(revision + 1);
    changed.revised_at = Set(Some(now));
    changed.update(&transaction).await?;
    delivery::Entity::update_many()
        .col_expr(delivery::Column::PlannedAt, Expr::value(wanted.starts_at))
        .col_expr(delivery::Column::UpdatedAt, Expr::value(now))
        .filter(delivery::Column::SlotId.eq(id))
        .filter(delivery::Column::State.ne(State::Withdrawn.name()))
        .exec(&transaction)
        .await?;
    let (who, subject) = (Some(person.id), ("slot", id.0));
    let detail = format!("{before} > {}", wanted.starts_at);
    audit::note(app, &transaction, who, "move", subject, &detail).await?;
    transaction.commit().await?;
    app.broker.stir(area.id);
    Ok(area.id)
}

/// A pattern does not make the slot anew at the old time: there it stands as cancelled.
async fn leave_place(
    connection: &impl ConnectionTrait,
    row: &slot::Model,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let Some(pattern) = row.pattern_id else {
        return Ok(());
    };
    // The row itself gives the place free first: there is one of a pattern at a time.
    slot::Entity::update_many()
        .col_expr(
            slot::Column::PatternId,
            Expr::value(Option::<PatternId>::None),
        )
        .filter(slot::Column::Id.eq(row.id))
        .exec(connection)
        .await?;
    let place = slot::ActiveModel {
        area_id: Set(row.area_id),
        starts_at: Set(row.starts_at),
        ends_at: Set(row.ends_at),
        priority: Set(row.priority.clone()),
        created_by: Set(row.created_by),
        created_at: Set(now),
        cancelled_at: Set(Some(now)),
        pattern_id: Set(Some(pattern)),
        left_by: Set(Some(row.id)),
        ..Default::default()
    };
    place.insert(connection).await?;
    Ok(())
}
