//! Taking a release back, everywhere with one action.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use super::elsewhere::ask_back;
use super::entity::{delivery, release};
use super::release::stir;
use super::states::{State, names};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{ReleaseId, StoryId};
use crate::stories;
use crate::stories::entity::story;

/// Withdraws a release: its deliveries that are not proven become withdrawn, the next manifests
/// no longer name them, the portal no longer shows it, and other programs are asked to take it back.
/// What is proven stays proven: it was heard or seen.
pub async fn withdraw(app: &App, person: &Person, id: ReleaseId) -> Result<StoryId, Failure> {
    let row = release::Entity::find_by_id(id)
        .one(&app.db)
        .await?
        .ok_or(Failure::NotFound)?;
    let seen = stories::get(app, person, row.story_id).await?;
    person.require(Right::Release, seen.row.unit_id)?;
    let now = app.clock.now();
    let transaction = app.begin().await?;
    story::Entity::find_by_id(row.story_id)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let row = release::Entity::find_by_id(id)
        .one(&transaction)
        .await?
        .ok_or(Failure::NotFound)?;
    if row.withdrawn_at.is_some() {
        return Err(Failure::Conflict("release-withdrawn-already"));
    }
    let story = row.story_id;
    let mut changed: release::ActiveModel = row.into();
    changed.withdrawn_by = Set(Some(person.id));
    changed.withdrawn_at = Set(Some(now));
    changed.update(&transaction).await?;
    ask_back(app, &transaction, id).await?;
    delivery::Entity::update_many()
        .col_expr(
            delivery::Column::State,
            Expr::value(State::Withdrawn.name()),
        )
        .col_expr(delivery::Column::UpdatedAt, Expr::value(now))
        .filter(delivery::Column::ReleaseId.eq(id))
        .filter(delivery::Column::State.is_not_in(names(&[State::Proven, State::Withdrawn])))
        .exec(&transaction)
        .await?;
    let other = release::Entity::find()
        .filter(release::Column::StoryId.eq(story))
        .filter(release::Column::WithdrawnAt.is_null())
        .one(&transaction)
        .await?;
    // Another version of it may still be out.
    if other.is_none() {
        stories::mark_withdrawn(&transaction, story).await?;
    }
    let (who, subject) = (Some(person.id), ("release", id.0));
    audit::note(app, &transaction, who, "withdrawal", subject, "").await?;
    transaction.commit().await?;
    stir(app, id).await?;
    Ok(story)
}
