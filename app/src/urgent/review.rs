//! Looking back on a message that was sent: what is to be learned from it.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entity::urgent;
use super::message::get;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::UrgentId;

/// Longest remark, in characters.
const LIMIT: usize = 4000;

/// Keeps what somebody who approves has to say of it, once; not who asked for it.
pub async fn review(app: &App, person: &Person, id: UrgentId, remark: &str) -> Result<(), Failure> {
    let message = get(app, person, id).await?;
    person.require(Right::Approve, message.story.row.unit_id)?;
    if message.row.asked_by == person.id {
        return Err(Failure::Forbidden("urgent-review-own"));
    }
    if !message.may_review(person) {
        return Err(Failure::Conflict("urgent-not-over"));
    }
    let remark = remark.trim();
    if remark.is_empty() {
        return Err(Failure::Invalid("urgent-remark-missing"));
    }
    if remark.chars().count() > LIMIT {
        return Err(Failure::Invalid("urgent-remark-long"));
    }
    let transaction = app.begin().await?;
    let changed = urgent::Entity::update_many()
        .col_expr(urgent::Column::ReviewedBy, Expr::value(person.id))
        .col_expr(urgent::Column::ReviewedAt, Expr::value(app.clock.now()))
        .col_expr(urgent::Column::Remark, Expr::value(remark))
        .filter(urgent::Column::Id.eq(id))
        .filter(urgent::Column::ReviewedAt.is_null())
        .exec(&transaction)
        .await?;
    if changed.rows_affected != 1 {
        return Err(Failure::Conflict("urgent-not-over"));
    }
    let subject = ("urgent", id.0);
    audit::note(app, &transaction, Some(person.id), "review", subject, "").await?;
    transaction.commit().await?;
    Ok(())
}
