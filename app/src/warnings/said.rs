//! From a warning to an urgent message, by people: one asks for it with the warning's own words, another hears
//! it and sends it, as with any other. Or somebody decides that nothing is said here, and why.

use loa_cap::Alert;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, UpdateMany,
};

use super::entity::{said, warning};
use super::places::Ground;
use super::warning::{Warning, get};
use super::words::{infos, text, title};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{PersonId, UrgentId, WarningId};
use crate::stories::NotSaved;
use crate::urgent::{self, Asked, Choices};

/// The longest reason.
const REMARK: usize = 2000;

/// What somebody asks for with a warning, as far as the warning says it: where it holds, they go on the air
/// and nothing was asked for yet.
pub(super) async fn asked_with(
    app: &App,
    person: &Person,
    warning: &Warning,
    alert: &Alert,
) -> Result<Asked, Failure> {
    Choices::of(app, person).await?;
    let infos = infos(alert);
    let places = warning.places(&Ground::load(app).await?, alert);
    let open = warning.open_areas(&places, person);
    let left = warning.row.until_at.map(|until| until - app.clock.now());
    let minutes = left.map_or(30, |left| left.num_minutes().clamp(1, 720));
    let texts: Vec<String> = infos.iter().map(|info| text(info)).collect();
    Ok(Asked {
        title: infos.first().map_or("", |info| title(info)).to_owned(),
        text: texts.join("\n\n"),
        areas: open.map(|area| area.id).collect(),
        minutes,
        times: Ord::min(Asked::default().times, minutes),
        ..Asked::default()
    })
}

/// Asks for an urgent message with a warning. It is still to be heard and sent by another person. Where one was
/// asked for already there is no other.
pub async fn ask(
    app: &App,
    person: &Person,
    id: WarningId,
    asked: &Asked,
) -> Result<UrgentId, NotSaved> {
    let draft = urgent::checked(app, person, asked).await?;
    let transaction = app.begin().await?;
    still(app, &transaction, id).await?;
    // Whoever asked at the same moment is done by now.
    let (warning, _) = get(app, id).await?;
    if asked
        .areas
        .iter()
        .all(|area| warning.covered.contains(area))
    {
        return Err(Failure::Conflict("warnings-done").into());
    }
    let urgent = urgent::ask_in(app, &transaction, person, asked, &draft).await?;
    keep(&transaction, id, urgent).await?;
    note(app, &transaction, Some(person.id), "request", id, urgent).await?;
    transaction.commit().await?;
    Ok(urgent)
}

/// Notes that a message was asked for with a warning.
pub(super) async fn keep(
    connection: &impl ConnectionTrait,
    warning: WarningId,
    urgent: UrgentId,
) -> Result<(), Failure> {
    let row = said::ActiveModel {
        urgent_id: Set(urgent),
        warning_id: Set(warning),
    };
    row.insert(connection).await?;
    Ok(())
}

/// Decides that nothing is said of it, and why: somebody who goes on the air wherever it holds.
pub async fn settle(
    app: &App,
    person: &Person,
    id: WarningId,
    remark: &str,
) -> Result<(), Failure> {
    if !person.may_somewhere(Right::Air) || !person.may_somewhere(Right::Write) {
        return Err(Failure::Forbidden("error-right"));
    }
    let remark = remark.trim();
    if remark.is_empty() {
        return Err(Failure::Invalid("warnings-remark-missing"));
    }
    if remark.chars().count() > REMARK {
        return Err(Failure::Invalid("stories-reason-long"));
    }
    let (warning, alert) = get(app, id).await?;
    let alert = alert.ok_or(Failure::Conflict("warnings-done"))?;
    let named = warning.places(&Ground::load(app).await?, &alert).areas;
    if named
        .iter()
        .any(|area| !person.may(Right::Air, area.unit_id))
    {
        return Err(Failure::Forbidden("warnings-settle-right"));
    }
    let transaction = app.begin().await?;
    let changed = warning::ActiveModel {
        settled_by: Set(Some(person.id)),
        settled_at: Set(Some(app.clock.now())),
        remark: Set(Some(remark.to_owned())),
        ..Default::default()
    };
    take(app, &transaction, id, changed).await?;
    if !get(app, id).await?.0.urgents.is_empty() {
        return Err(Failure::Conflict("warnings-done"));
    }
    let (who, subject) = (Some(person.id), ("warning", id.0));
    audit::note(app, &transaction, who, "settlement", subject, remark).await?;
    transaction.commit().await?;
    Ok(())
}

/// Changes a warning that still waits; a conflict when somebody, or a rule, was first.
pub(super) async fn take(
    app: &App,
    connection: &impl ConnectionTrait,
    id: WarningId,
    changed: warning::ActiveModel,
) -> Result<(), Failure> {
    let free = warning::Column::UrgentId.is_null();
    hold(
        app,
        connection,
        id,
        warning::Entity::update_many().set(changed).filter(free),
    )
    .await
}

/// Holds a warning that something may still be said of until the transaction ends.
async fn still(app: &App, connection: &impl ConnectionTrait, id: WarningId) -> Result<(), Failure> {
    let same = Expr::col(warning::Column::ReceivedAt);
    let unchanged = warning::Entity::update_many().col_expr(warning::Column::ReceivedAt, same);
    hold(app, connection, id, unchanged).await
}

async fn hold(
    app: &App,
    connection: &impl ConnectionTrait,
    id: WarningId,
    change: UpdateMany<warning::Entity>,
) -> Result<(), Failure> {
    let done = change
        .filter(warning::Column::Id.eq(id))
        .filter(warning::Column::Kind.is_in(["alert", "update"]))
        .filter(warning::Column::Refused.is_null())
        .filter(warning::Column::EndedBy.is_null())
        .filter(warning::Column::SettledAt.is_null())
        .filter(warning::Column::UntilAt.gt(app.clock.now()))
        .exec(connection)
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(Failure::Conflict("warnings-done"))
    }
}

pub(super) async fn note(
    app: &App,
    connection: &impl ConnectionTrait,
    by: Option<PersonId>,
    action: &str,
    id: WarningId,
    urgent: UrgentId,
) -> Result<(), Failure> {
    let detail = format!("urgent {urgent}");
    audit::note(app, connection, by, action, ("warning", id.0), &detail).await
}
