//! Trying again what failed, because a person says so.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::deliveries::entity::delivery;
use crate::deliveries::{self, State};
use crate::error::Failure;
use crate::ids::{DeliveryId, OutletId};
use crate::jobs::{self, Job};
use crate::outlets::entity::outlet;
use crate::stories;

/// Tries a failed delivery again, because a person says so: it alone.
pub async fn retry(app: &App, person: &Person, id: DeliveryId) -> Result<(), Failure> {
    let line = deliveries::get(app, person, id).await?;
    let story = stories::get(app, person, line.release.story_id).await?;
    person.require(Right::Release, story.row.unit_id)?;
    let now = app.clock.now();
    let transaction = app.begin().await?;
    let row = delivery::Entity::find_by_id(id)
        .lock_exclusive()
        .one(&transaction)
        .await?
        .ok_or(Failure::NotFound)?;
    let back = row.taking_back.as_deref() == Some("failed");
    if !row.may_retry(&line.outlet) {
        return Err(Failure::Conflict("deliveries-not-failed"));
    }
    let outlet = row.outlet_id;
    let mut changed: delivery::ActiveModel = row.into();
    if back {
        changed.taking_back = Set(Some("asked".to_owned()));
    } else {
        changed.state = Set(State::Planned.name().to_owned());
    }
    changed.failure = Set(None);
    changed.tries = Set(0);
    changed.next_at = Set(Some(now));
    changed.updated_at = Set(now);
    changed.update(&transaction).await?;
    end_rest(&transaction, outlet).await?;
    jobs::wake(&transaction, &Job::Serve { outlet }, now).await?;
    let subject = ("delivery", id.0);
    audit::note(app, &transaction, Some(person.id), "retry", subject, "").await?;
    transaction.commit().await?;
    Ok(())
}

/// A person who tries again does not wait for the outlet's rest to end.
async fn end_rest(transaction: &impl ConnectionTrait, id: OutletId) -> Result<(), Failure> {
    outlet::Entity::update_many()
        .col_expr(
            outlet::Column::RestsUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(outlet::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}
