//! From a warning to an urgent message, by people: one asks for it with the warning's own words, another hears
//! it and sends it, as with any other. Or somebody decides that nothing is said here, and why.

use loa_cap::Alert;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::entity::{source, warning};
use super::places::places;
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

/// What somebody asks for with a warning, as far as the warning says it.
pub(super) async fn asked_with(
    app: &App,
    person: &Person,
    source: &source::Model,
    row: &warning::Model,
    alert: &Alert,
) -> Result<Asked, Failure> {
    let infos = infos(alert);
    let own = Choices::of(app, person).await?.areas;
    let named = places(app, source, &infos).await?.areas;
    let left = row.until_at.map(|until| until - app.clock.now());
    let minutes = left.map_or(30, |left| left.num_minutes().clamp(1, 720));
    let texts: Vec<String> = infos.iter().map(|info| text(info)).collect();
    Ok(Asked {
        title: infos.first().map_or("", |info| title(info)).to_owned(),
        text: texts.join("\n\n"),
        areas: named
            .iter()
            .filter(|area| own.contains(area))
            .map(|area| area.id)
            .collect(),
        minutes,
        times: Ord::min(Asked::default().times, minutes),
        ..Asked::default()
    })
}

/// Asks for an urgent message with a warning. It is still to be heard and sent by another person.
pub async fn ask(
    app: &App,
    person: &Person,
    id: WarningId,
    asked: &Asked,
) -> Result<UrgentId, NotSaved> {
    let draft = urgent::checked(app, person, asked).await?;
    let transaction = app.begin().await?;
    let urgent = urgent::ask_in(app, &transaction, person, asked, &draft).await?;
    let changed = warning::ActiveModel {
        urgent_id: Set(Some(urgent)),
        ..Default::default()
    };
    take(app, &transaction, id, changed).await?;
    note(app, &transaction, Some(person.id), "request", id, urgent).await?;
    transaction.commit().await?;
    Ok(urgent)
}

/// Decides that nothing is said here, and why.
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
    let transaction = app.begin().await?;
    let changed = warning::ActiveModel {
        settled_by: Set(Some(person.id)),
        settled_at: Set(Some(app.clock.now())),
        remark: Set(Some(remark.to_owned())),
        ..Default::default()
    };
    take(app, &transaction, id, changed).await?;
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
    let done = warning::Entity::update_many()
        .set(changed)
        .filter(warning::Column::Id.eq(id))
        .filter(warning::Column::Kind.is_in(["alert", "update"]))
        .filter(warning::Column::Refused.is_null())
        .filter(warning::Column::EndedBy.is_null())
        .filter(warning::Column::UrgentId.is_null())
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
