//! Sending what was asked for, with one act of a second person; and taking it back.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use loa_air::Priority;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entity::urgent;
use super::message::{Message, Stage, get};
use crate::accounts::{self, Person};
use crate::airtime::{Refused, Wanted, create_slot};
use crate::app::App;
use crate::audit;
use crate::deliveries::entity::{delivery, release};
use crate::deliveries::{self, Choice};
use crate::error::Failure;
use crate::ids::{ReleaseId, SlotId, StoryId, UrgentId};
use crate::outlets::entity::outlet;
use crate::stories::{self, Seen, State};

/// The first time on the air is so long after the act: a slot begins in the future.
const SOON: TimeDelta = TimeDelta::seconds(2);
/// What a loudspeaker may need beside the sound itself, to begin and to end.
const SLACK: TimeDelta = TimeDelta::seconds(5);

/// Approves the message as `seen` and heard, and sends it. Two acts of the same person in one: when
/// the second fails, [`finish`] does it.
pub async fn send(
    app: &App,
    person: &Person,
    id: UrgentId,
    seen: &Seen,
    heard: bool,
) -> Result<(), Failure> {
    let story = to_send(app, person, id).await?;
    stories::approve(app, person, story, seen, heard).await?;
    finish(app, person, id).await
}

/// The same by a rule that this person and another made: as the rule wrote it, and nothing that somebody
/// changed since.
pub async fn send_by_rule(
    app: &App,
    person: &Person,
    id: UrgentId,
    seen: &Seen,
) -> Result<(), Failure> {
    let story = to_send(app, person, id).await?;
    stories::approve_by_rule(app, person, story, seen).await?;
    finish(app, person, id).await
}

/// The story of a message that this person may send: not whoever asked.
async fn to_send(app: &App, person: &Person, id: UrgentId) -> Result<StoryId, Failure> {
    let message = get(app, person, id).await?;
    if message.row.asked_by == person.id {
        return Err(Failure::Forbidden("stories-own"));
    }
    person.require(accounts::Right::Release, message.story.row.unit_id)?;
    Ok(message.story.row.id)
}

/// Sends a message that is approved and not sent: after a fault between the two.
pub async fn finish(app: &App, person: &Person, id: UrgentId) -> Result<(), Failure> {
    let message = get(app, person, id).await?;
    match message.stage {
        Stage::Waits if message.story.state != State::Submitted => {}
        Stage::Waits | Stage::Returned => return Err(Failure::Conflict("stories-not-approved")),
        _ => return Ok(()),
    }
    if message.row.asked_by == person.id {
        return Err(Failure::Forbidden("stories-own"));
    }
    let (release, until) = match released(app, &message).await? {
        Some(known) => known,
        None => put_out(app, person, &message).await?,
    };
    let transaction = app.begin().await?;
    let now = app.clock.now();
    let changed = urgent::Entity::update_many()
        .col_expr(urgent::Column::SentBy, Expr::value(person.id))
        .col_expr(urgent::Column::SentAt, Expr::value(now))
        .col_expr(urgent::Column::UntilAt, Expr::value(until))
        .col_expr(urgent::Column::ReleaseId, Expr::value(release))
        .filter(urgent::Column::Id.eq(id))
        .filter(urgent::Column::SentAt.is_null())
        .exec(&transaction)
        .await?;
    if changed.rows_affected == 1 {
        let subject = ("urgent", id.0);
        let detail = format!("release {release}");
        audit::note(
            app,
            &transaction,
            Some(person.id),
            "sending",
            subject,
            &detail,
        )
        .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Sends what was approved and not sent, in the name of whoever approved it.
pub async fn finish_all(app: &App) -> Result<(), Failure> {
    let open = urgent::Entity::find()
        .filter(urgent::Column::SentAt.is_null())
        .all(&app.db)
        .await?;
    for row in open {
        let Some(approved) = stories::latest_approved(&app.db, row.story_id).await? else {
            continue;
        };
        let approver = stories::approver(&app.db, approved.version).await?;
        let Some(approver) = accounts::find(app, approver).await? else {
            continue;
        };
        if let Err(failure) = finish(app, &approver, row.id).await {
            tracing::warn!(urgent.id = row.id.0, error.cause = %failure, "an urgent message is not sent");
        }
    }
    Ok(())
}

/// Takes a message back everywhere: the next manifests no longer name it.
pub async fn cancel(app: &App, person: &Person, id: UrgentId) -> Result<(), Failure> {
    let message = get(app, person, id).await?;
    let release = message.row.release_id;
    let (Stage::Live, Some(release)) = (message.stage, release) else {
        return Err(Failure::Conflict("urgent-not-live"));
    };
    match deliveries::withdraw(app, person, release).await {
        // It was withdrawn on the story's own pages.
        Ok(_) | Err(Failure::Conflict("release-withdrawn-already")) => {}
        Err(failure) => return Err(failure),
    }
    let transaction = app.begin().await?;
    urgent::Entity::update_many()
        .col_expr(urgent::Column::CancelledBy, Expr::value(person.id))
        .col_expr(urgent::Column::CancelledAt, Expr::value(app.clock.now()))
        .filter(urgent::Column::Id.eq(id))
        .filter(urgent::Column::CancelledAt.is_null())
        .exec(&transaction)
        .await?;
    let subject = ("urgent", id.0);
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
    Ok(())
}

/// The release of it that went out already, and until when it is said.
async fn released(
    app: &App,
    message: &Message,
) -> Result<Option<(ReleaseId, DateTime<Utc>)>, Failure> {
    let approved = stories::latest_approved(&app.db, message.story.row.id).await?;
    let approved = approved.ok_or(Failure::Conflict("release-not-approved"))?;
    let known = release::Entity::find()
        .filter(release::Column::VersionId.eq(approved.version))
        .filter(release::Column::WithdrawnAt.is_null())
        .one(&app.db)
        .await?;
    let Some(known) = known else {
        return Ok(None);
    };
    let on_air = delivery::Entity::find()
        .filter(delivery::Column::ReleaseId.eq(known.id))
        .filter(delivery::Column::SlotId.is_not_null())
        .one(&app.db)
        .await?;
    let until = known.released_at + TimeDelta::minutes(message.row.minutes);
    Ok(on_air.map(|_| (known.id, until)))
}

/// Slots that begin at once in every area, one after the other for each time it is said, and one
/// release into all of them.
async fn put_out(
    app: &App,
    person: &Person,
    message: &Message,
) -> Result<(ReleaseId, DateTime<Utc>), Failure> {
    let row = &message.row;
    let approved = stories::latest_approved(&app.db, message.story.row.id).await?;
    let approved = approved.ok_or(Failure::Conflict("release-not-approved"))?;
    let sound = approved.sound.as_ref();
    let sound = sound.ok_or(Failure::Conflict("stories-sound-failed"))?;
    let needed = TimeDelta::milliseconds(sound.duration_ms + 999) + SLACK;
    let each = Ord::max(row.minutes * 60 / row.times, needed.num_seconds());
    // The slots are those of whoever asked: they may go on the air there.
    let asker = accounts::find(app, row.asked_by).await?;
    let asker = asker.ok_or(Failure::Conflict("urgent-asker-gone"))?;
    let begin = app.clock.now().trunc_subsecs(0) + SOON;
    let mut choices = Vec::new();
    for area in &message.areas {
        let outlets = outlet::Entity::find()
            .filter(outlet::Column::AreaId.eq(area.id))
            .filter(outlet::Column::ClosedAt.is_null())
            .all(&app.db)
            .await?;
        if outlets.is_empty() {
            continue;
        }
        for time in 0..row.times {
            let starts_at = begin + TimeDelta::seconds(time * each);
            let wanted = Wanted {
                area: area.id,
                starts_at,
                seconds: each,
                priority: Priority::Urgent,
            };
            let slot = slot(app, &asker, &wanted).await?;
            choices.extend(outlets.iter().map(|outlet| Choice {
                outlet: outlet.id,
                slot: Some(slot),
            }));
        }
    }
    if choices.is_empty() {
        return Err(Failure::Conflict("urgent-no-loudspeakers"));
    }
    if row.portal {
        let portal = outlet::Entity::find()
            .filter(outlet::Column::Kind.eq("portal"))
            .filter(outlet::Column::ClosedAt.is_null())
            .one(&app.db)
            .await?;
        choices.extend(portal.map(|portal| Choice {
            outlet: portal.id,
            slot: None,
        }));
    }
    let release = deliveries::release(app, person, message.story.row.id, &choices).await?;
    Ok((release, begin + TimeDelta::seconds(each * row.times)))
}

async fn slot(app: &App, asker: &Person, wanted: &Wanted) -> Result<SlotId, Failure> {
    match create_slot(app, asker, wanted).await {
        Ok(slot) => Ok(slot),
        Err(Refused::Rule(rule, _)) => Err(Failure::Conflict(rule)),
        Err(Refused::Failure(failure)) => Err(failure),
    }
}
