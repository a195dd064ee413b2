//! Taking slots off the air: only what nothing was released into goes.

use axum::Router;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum::routing::post;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::delivery;
use super::states::State;
use crate::accounts::{Person, Right};
use crate::airtime::entity::{pattern, slot};
use crate::airtime::get_slot;
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{PatternId, SlotId};
use crate::outlets::{get_area, lock_area};
use crate::web::visitor::go;
use crate::web::{Form, Nothing};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/airtime/slots/{slot}/cancellation", post(cancel))
        .route("/airtime/weekly/{pattern}/end", post(end))
}

async fn cancel(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<SlotId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    let area = cancel_slot(&app, &person, id).await?;
    Ok(go(&format!("/airtime?area={area}"), "airtime-cancelled"))
}

async fn end(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<PatternId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    let row = end_pattern(&app, &person, id).await?;
    let to = format!("/airtime/weekly?area={}", row.area_id);
    Ok(go(&to, "airtime-ended"))
}

/// Takes a slot that lies ahead off the air; a conflict when something was released into it: that is
/// withdrawn first, so that each outlet answers for itself.
pub async fn cancel_slot(
    app: &App,
    person: &Person,
    id: SlotId,
) -> Result<crate::ids::AreaId, Failure> {
    let row = get_slot(&app.db, id).await?;
    let area = get_area(&app.db, person, row.area_id).await?;
    person.require(Right::Air, area.unit_id)?;
    let now = app.clock.now();
    if row.starts_at <= now {
        return Err(Failure::Conflict("airtime-begun"));
    }
    let transaction = app.begin().await?;
    // Releases into it wait until this is settled, and find it cancelled.
    slot::Entity::find_by_id(id)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let gone = off_the_air(&transaction, slot::Column::Id.eq(id), now).await?;
    if gone == 0 {
        return Err(Failure::Conflict("airtime-filled"));
    }
    let subject = ("slot", id.0);
    audit::note(
        app,
        &transaction,
        Some(person.id),
        "cancellation",
        subject,
        "",
    )
    .await?;
    transaction.commit().await?;
    Ok(area.id)
}

/// Ends a pattern: its coming slots go, but for those into which something was released.
pub async fn end_pattern(
    app: &App,
    person: &Person,
    id: PatternId,
) -> Result<pattern::Model, Failure> {
    let row = pattern::Entity::find_by_id(id).one(&app.db).await?;
    let row = row.ok_or(Failure::NotFound)?;
    let area = get_area(&app.db, person, row.area_id).await?;
    person.require(Right::Air, area.unit_id)?;
    let now = app.clock.now();
    let transaction = app.begin().await?;
    lock_area(&transaction, area.id).await?;
    pattern::Entity::update_many()
        .col_expr(pattern::Column::EndedBy, Expr::value(person.id))
        .col_expr(pattern::Column::EndedAt, Expr::value(now))
        .filter(pattern::Column::Id.eq(id))
        .filter(pattern::Column::EndedAt.is_null())
        .exec(&transaction)
        .await?;
    // Releases into its slots wait until this is settled, and find them cancelled.
    slot::Entity::find()
        .filter(slot::Column::PatternId.eq(id))
        .filter(slot::Column::StartsAt.gt(now))
        .lock_exclusive()
        .all(&transaction)
        .await?;
    let gone = off_the_air(&transaction, slot::Column::PatternId.eq(id), now).await?;
    let (subject, detail) = (("pattern", id.0), format!("{gone} slots"));
    audit::note(app, &transaction, Some(person.id), "end", subject, &detail).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Cancels those of some slots that lie ahead and are empty; answers how many.
pub(super) async fn off_the_air(
    connection: &impl ConnectionTrait,
    which: sea_orm::sea_query::SimpleExpr,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<u64, Failure> {
    let filled = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::SlotId)
        .filter(delivery::Column::SlotId.is_not_null())
        .filter(delivery::Column::State.ne(State::Withdrawn.name()))
        .into_query();
    let gone = slot::Entity::update_many()
        .col_expr(slot::Column::CancelledAt, Expr::value(now))
        .filter(which)
        .filter(slot::Column::StartsAt.gt(now))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::Id.not_in_subquery(filled))
        .exec(connection)
        .await?;
    Ok(gone.rows_affected)
}
