//! Making a plan live: what was read becomes rows, in one transaction. It does not change after.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::entity::plan;
use super::matching::Matcher;
use super::plan::{State, day, get, reading};
use super::rows;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::PlanId;
use crate::units::UnitTree;

/// Confirms a draft: from now on its clauses, themes, channels, duties and regimes are in force.
/// A second confirmation, or one of a document that is live already, is a conflict.
pub async fn confirm(app: &App, person: &Person, id: PlanId) -> Result<(), Failure> {
    let plan = get(app, person, id).await?;
    person.require(Right::Plan, plan.unit_id)?;
    let reading = reading(&plan)?;
    let tree = UnitTree::load(&app.db).await?;
    let matcher = Matcher::of(&tree, plan.unit_id, day(&plan));
    let transaction = app.begin().await?;
    make_live(app, &transaction, person, &plan).await?;
    rows::write(&transaction, &plan, &reading, &matcher).await?;
    audit::note(
        app,
        &transaction,
        Some(person.id),
        "confirmation",
        ("plan", id.0),
        &plan.title,
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Whoever comes second finds no draft any more.
async fn make_live(
    app: &App,
    connection: &impl ConnectionTrait,
    person: &Person,
    plan: &plan::Model,
) -> Result<(), Failure> {
    let again = plan::Entity::find()
        .filter(plan::Column::FileSha256.eq(&plan.file_sha256))
        .filter(plan::Column::State.eq(State::Live.name()))
        .filter(plan::Column::Id.ne(plan.id))
        .count(connection)
        .await?;
    if again > 0 {
        return Err(Failure::Conflict("plans-live-already"));
    }
    let changed = plan::Entity::update_many()
        .col_expr(plan::Column::State, Expr::value(State::Live.name()))
        .col_expr(plan::Column::ConfirmedBy, Expr::value(person.id.0))
        .col_expr(plan::Column::ConfirmedAt, Expr::value(app.clock.now()))
        .filter(plan::Column::Id.eq(plan.id))
        .filter(plan::Column::State.eq(State::Draft.name()))
        .exec(connection)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Failure::Conflict("plans-confirmed"));
    }
    Ok(())
}
