//! From a warning to an urgent message, by a rule: in the name of the two people who made it, word for word as
//! the warning has it. Whatever is not just so is left to people, who see why.

use chrono::{DateTime, TimeDelta, Utc};
use loa_cap::{Alert, Info};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::entity::{rule, warning};
use super::rule::of_source;
use super::said::{asked_with, keep, note, take};
use super::warning::{Stage, Warning, get};
use super::words::{infos, text};
use crate::accounts;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{UrgentId, VersionId, WarningId};
use crate::jobs::Outcome;
use crate::stories::entity::version;
use crate::stories::{NotSaved, Seen};
use crate::urgent;
use crate::urgent::entity::urgent as urgents;

/// How long is waited for a sound before it is looked for again.
const SOON: TimeDelta = TimeDelta::milliseconds(500);

/// The job behind a warning that came: has it said if a rule holds, and ends what it ends.
pub async fn say(app: &App, id: WarningId) -> Outcome {
    match try_to(app, id).await {
        Ok(true) => Outcome::Done,
        Ok(false) => Outcome::Again(app.clock.now() + SOON),
        Err(Failure::NotFound) => Outcome::Fail("there is no such warning".to_owned()),
        Err(failure) => Outcome::Retry(format!("{failure:#}")),
    }
}

/// Whether all is done.
async fn try_to(app: &App, id: WarningId) -> Result<bool, Failure> {
    let (warning, alert) = get(app, id).await?;
    let (Some(source), Some(alert)) = (&warning.source, &alert) else {
        return Ok(true);
    };
    if warning.stage == Stage::Cancel {
        return take_back(app, id).await.map(|()| true);
    }
    let rule = of_source(&app.db, source.id).await?;
    let rule = rule.filter(|rule| rule.holds_for(source));
    let row = &warning.row;
    match (row.rule_id, row.urgent_id, rule) {
        (Some(by), Some(urgent), Some(rule)) if rule.id == by => {
            if row.ended_by.is_some() {
                return held(app, id, "warnings-held-ended").await;
            }
            let sent = send(app, row, urgent, &rule).await?;
            if sent {
                take_back(app, id).await?;
                // What ended it may have come just now, and found nothing to take back.
                let row = warning::Entity::find_by_id(id).one(&app.db).await?;
                if let Some(ended_by) = row.and_then(|row| row.ended_by) {
                    take_back(app, ended_by).await?;
                }
            }
            Ok(sent)
        }
        (Some(_), Some(_), _) => held(app, id, "warnings-held-rule").await,
        (None, None, Some(rule)) if warning.stage == Stage::Waits => {
            match infos(alert).as_slice() {
                [info] if rule.is_about(info) => write(app, &warning, &rule, alert, info).await,
                all if all.iter().any(|info| rule.is_about(info)) => {
                    held(app, id, "warnings-held-several").await
                }
                _ => Ok(true),
            }
        }
        _ => Ok(true),
    }
}

/// Asks for the message in the name of who asked for the rule.
async fn write(
    app: &App,
    warning: &Warning,
    rule: &rule::Model,
    alert: &Alert,
    info: &Info,
) -> Result<bool, Failure> {
    let row = &warning.row;
    let Some(asker) = accounts::find(app, rule.asked_by).await? else {
        return held(app, row.id, "warnings-held-people").await;
    };
    let mut asked = match asked_with(app, &asker, warning, alert).await {
        Ok(asked) => asked,
        Err(Failure::Forbidden(_)) => return held(app, row.id, "warnings-held-people").await,
        Err(failure) => return Err(failure),
    };
    if asked.areas.is_empty() {
        return held(app, row.id, "warnings-held-areas").await;
    }
    asked.text = text(info);
    asked.minutes = Ord::min(asked.minutes, rule.minutes);
    asked.times = Ord::min(rule.times, asked.minutes);
    asked.portal = rule.portal;
    asked.unit = Some(rule.unit_id);
    let draft = match urgent::checked(app, &asker, &asked).await {
        Ok(draft) => draft,
        Err(NotSaved::Fields(errors)) => {
            let why = errors
                .all()
                .first()
                .map_or("warnings-held-people", |one| one.1);
            return held(app, row.id, why).await;
        }
        Err(NotSaved::Failure(failure)) => return refused(app, row.id, failure).await,
    };
    let transaction = app.begin().await?;
    let urgent = urgent::ask_in(app, &transaction, &asker, &asked, &draft).await?;
    let (version, written_at) = written(&transaction, urgent).await?;
    let changed = warning::ActiveModel {
        urgent_id: Set(Some(urgent)),
        rule_id: Set(Some(rule.id)),
        version_id: Set(Some(version)),
        written_at: Set(Some(written_at)),
        ..Default::default()
    };
    match take(app, &transaction, row.id, changed).await {
        // A person was first.
        Err(Failure::Conflict(_)) => return Ok(true),
        other => other?,
    }
    keep(&transaction, row.id, urgent).await?;
    note(app, &transaction, None, "rule", row.id, urgent).await?;
    transaction.commit().await?;
    Ok(false)
}

/// Sends it in the name of who approved the rule, once it can be heard.
async fn send(
    app: &App,
    row: &warning::Model,
    urgent: UrgentId,
    rule: &rule::Model,
) -> Result<bool, Failure> {
    let (Some(by), Some(version), Some(updated_at)) =
        (rule.approved_by, row.version_id, row.written_at)
    else {
        return Ok(true);
    };
    let Some(approver) = accounts::find(app, by).await? else {
        return held(app, row.id, "warnings-held-people").await;
    };
    if row.until_at.is_some_and(|until| until <= app.clock.now()) {
        return held(app, row.id, "warnings-held-late").await;
    }
    let seen = Seen {
        version,
        updated_at,
        sound: None,
    };
    match urgent::send_by_rule(app, &approver, urgent, &seen).await {
        Ok(()) => Ok(true),
        Err(Failure::Conflict("stories-sound-coming")) => Ok(false),
        // It was approved, and the program ended before it was sent.
        Err(Failure::Conflict("stories-not-submitted")) => {
            match urgent::finish(app, &approver, urgent).await {
                Ok(()) => Ok(true),
                Err(failure) => refused(app, row.id, failure).await,
            }
        }
        Err(failure) => refused(app, row.id, failure).await,
    }
}

/// Takes back what a rule had said and this warning ended.
async fn take_back(app: &App, id: WarningId) -> Result<(), Failure> {
    let ended = warning::Entity::find()
        .filter(warning::Column::EndedBy.eq(id))
        .filter(warning::Column::RuleId.is_not_null())
        .all(&app.db)
        .await?;
    for row in ended {
        let (Some(rule), Some(urgent)) = (row.rule_id, row.urgent_id) else {
            continue;
        };
        let rule = rule::Entity::find_by_id(rule).one(&app.db).await?;
        let Some(by) = rule.and_then(|rule| rule.approved_by) else {
            continue;
        };
        let Some(approver) = accounts::find(app, by).await? else {
            continue;
        };
        match urgent::cancel(app, &approver, urgent).await {
            // It is not being said, or people have to take it back: the page says so.
            Ok(()) | Err(Failure::Conflict(_) | Failure::Forbidden(_) | Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// What a rule cannot do is left to people, who see why.
async fn refused(app: &App, id: WarningId, failure: Failure) -> Result<bool, Failure> {
    match failure {
        Failure::Conflict(why) | Failure::Forbidden(why) | Failure::Invalid(why) => {
            held(app, id, why).await
        }
        Failure::NotFound => held(app, id, "warnings-held-people").await,
        failure => Err(failure),
    }
}

async fn held(app: &App, id: WarningId, why: &str) -> Result<bool, Failure> {
    warning::Entity::update_many()
        .col_expr(warning::Column::Held, Expr::value(why))
        .filter(warning::Column::Id.eq(id))
        .exec(&app.db)
        .await?;
    tracing::warn!(
        warning.id = id.0,
        warning.held = why,
        "a rule does not have a warning said"
    );
    Ok(true)
}

/// The version that was just written, as it is now.
async fn written(
    connection: &impl ConnectionTrait,
    urgent: UrgentId,
) -> Result<(VersionId, DateTime<Utc>), Failure> {
    let row = urgents::Entity::find_by_id(urgent).one(connection).await?;
    let story = row.ok_or(Failure::NotFound)?.story_id;
    let newest = version::Entity::find()
        .filter(version::Column::StoryId.eq(story))
        .order_by_desc(version::Column::Number)
        .one(connection)
        .await?
        .ok_or(Failure::NotFound)?;
    Ok((newest.id, newest.updated_at))
}
