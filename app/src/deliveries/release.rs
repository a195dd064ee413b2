//! One decision sends an approved version to outlets.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
};
use serde::Deserialize;

use super::entity::{delivery, release};
use super::facts::facts;
use super::states::{State, mark_attempt, names};
use crate::accounts::{Person, Right};
use crate::airtime::entity::slot;
use crate::airtime::get_slot;
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{AreaId, DeliveryId, OutletId, ReleaseId, SlotId, StoryId};
use crate::jobs::{self, Job};
use crate::outlets::entity::outlet;
use crate::outlets::get_area;
use crate::stories::entity::story;
use crate::stories::{self, Approved, Sound};

/// Where to, and in which slot when it is an area's loudspeakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The outlet.
    pub outlet: OutletId,
    /// The slot.
    pub slot: Option<SlotId>,
}

/// Why nothing was released.
#[derive(Debug)]
pub enum NotReleased {
    /// A rule is against it: the name of a text, and the value that goes into it.
    Rule(&'static str, String),
    /// Everything else.
    Failure(Failure),
}

impl From<Failure> for NotReleased {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<sea_orm::DbErr> for NotReleased {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failure(error.into())
    }
}

impl From<NotReleased> for Failure {
    fn from(refused: NotReleased) -> Self {
        match refused {
            NotReleased::Rule(rule, _) => Self::Invalid(rule),
            NotReleased::Failure(failure) => failure,
        }
    }
}

/// Releases the newest approved version of a story: all choices or none. The same decision taken
/// twice is one; more outlets join the release of a version that is out already. What an older
/// version still had to say at a chosen outlet is withdrawn.
pub async fn release(
    app: &App,
    person: &Person,
    story: StoryId,
    choices: &[Choice],
) -> Result<ReleaseId, NotReleased> {
    let seen = stories::get(app, person, story).await?;
    person.require(Right::Release, seen.row.unit_id)?;
    if choices.is_empty() {
        return Err(NotReleased::Rule("release-nowhere", String::new()));
    }
    let transaction = app.begin().await?;
    // Two who release the same story are answered one after the other.
    story::Entity::find_by_id(story)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let approved = stories::latest_approved(&transaction, story)
        .await?
        .ok_or(Failure::Conflict("release-not-approved"))?;
    let release = find_or_insert(app, &transaction, person, &approved).await?;
    let mut anew = false;
    for choice in choices {
        anew |= deliver(app, &transaction, release, &approved, *choice).await?;
    }
    if anew {
        stories::mark_released(&transaction, story).await?;
        let (who, subject) = (Some(person.id), ("story", story.0));
        audit::note(app, &transaction, who, "release", subject, &approved.sha256).await?;
    }
    transaction.commit().await?;
    if anew {
        stir(app, release).await?;
    }
    Ok(release)
}

/// Has what a delivery says to an area's loudspeakers said in another slot of theirs too. Whoever is on
/// the air there may: where it is heard was decided by the release.
pub async fn repeat(
    app: &App,
    person: &Person,
    delivery: DeliveryId,
    slot: SlotId,
) -> Result<(), Failure> {
    let facts = facts(&app.db, delivery).await?;
    let area = facts.outlet.area_id.ok_or(Failure::NotFound)?;
    let area = get_area(&app.db, person, area).await?;
    person.require(Right::Air, area.unit_id)?;
    let (story, release) = (facts.release.story_id, facts.release.id);
    let transaction = app.begin().await?;
    // A withdrawal is answered before or after.
    story::Entity::find_by_id(story)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let row = release::Entity::find_by_id(release)
        .one(&transaction)
        .await?;
    if row.is_none_or(|row| row.withdrawn_at.is_some()) {
        return Err(Failure::Conflict("release-withdrawn-already"));
    }
    let choice = Choice {
        outlet: facts.outlet.id,
        slot: Some(slot),
    };
    deliver(app, &transaction, release, &facts.approved, choice).await?;
    let (who, subject) = (Some(person.id), ("delivery", delivery.0));
    audit::note(app, &transaction, who, "repetition", subject, "").await?;
    transaction.commit().await?;
    stir(app, release).await
}

/// The areas where something of a release is said look for what is new.
pub(super) async fn stir(app: &App, release: ReleaseId) -> Result<(), Failure> {
    let slots = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::SlotId)
        .filter(delivery::Column::ReleaseId.eq(release))
        .into_query();
    let areas: Vec<AreaId> = slot::Entity::find()
        .select_only()
        .column(slot::Column::AreaId)
        .distinct()
        .filter(slot::Column::Id.in_subquery(slots))
        .into_tuple()
        .all(&app.db)
        .await?;
    for area in areas {
        app.broker.stir(area);
    }
    Ok(())
}

/// What plays in a slot, in order, with the version that was released.
pub async fn in_slot(
    connection: &impl ConnectionTrait,
    slot: SlotId,
) -> Result<Vec<(delivery::Model, Approved)>, Failure> {
    let rows = delivery::Entity::find()
        .filter(delivery::Column::SlotId.eq(slot))
        .filter(delivery::Column::State.ne(State::Withdrawn.name()))
        .order_by_asc(delivery::Column::Id)
        .all(connection)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let release = release::Entity::find_by_id(row.release_id)
            .one(connection)
            .await?
            .ok_or(Failure::NotFound)?;
        // What one loudspeaker proved before is withdrawn for the others all the same.
        if release.withdrawn_at.is_none() {
            let approved = stories::approved(connection, release.version_id).await?;
            found.push((row, approved));
        }
    }
    Ok(found)
}

/// How much of a slot is still free, in milliseconds.
pub(super) async fn room_ms(
    connection: &impl ConnectionTrait,
    slot: &slot::Model,
) -> Result<i64, Failure> {
    let sounds = in_slot(connection, slot.id).await?;
    let taken: i64 = sounds
        .iter()
        .filter_map(|(_, approved)| approved.sound.as_ref())
        .map(|sound| sound.duration_ms)
        .sum();
    Ok(slot.length_ms() - taken)
}

async fn find_or_insert(
    app: &App,
    transaction: &DatabaseTransaction,
    person: &Person,
    approved: &Approved,
) -> Result<ReleaseId, Failure> {
    let open = release::Entity::find()
        .filter(release::Column::VersionId.eq(approved.version))
        .filter(release::Column::WithdrawnAt.is_null())
        .one(transaction)
        .await?;
    if let Some(open) = open {
        return Ok(open.id);
    }
    let row = release::ActiveModel {
        story_id: Set(approved.story),
        version_id: Set(approved.version),
        sha256: Set(approved.sha256.clone()),
        released_by: Set(person.id),
        released_at: Set(app.clock.now()),
        ..Default::default()
    };
    Ok(row.insert(transaction).await?.id)
}

/// Makes one delivery; answers whether it was not there already.
async fn deliver(
    app: &App,
    transaction: &DatabaseTransaction,
    release: ReleaseId,
    approved: &Approved,
    choice: Choice,
) -> Result<bool, NotReleased> {
    let outlet = outlet::Entity::find_by_id(choice.outlet)
        .one(transaction)
        .await?
        .filter(|outlet| outlet.closed_at.is_none())
        .ok_or(Failure::NotFound)?;
    let slot = choice.slot.map_or(0, |slot| slot.0);
    let key = format!("{release}:{}:{slot}", outlet.id);
    let known = delivery::Entity::find()
        .filter(delivery::Column::Key.eq(&key))
        .one(transaction)
        .await?;
    if known.is_some() {
        return Ok(false);
    }
    supersede(app, transaction, release, approved, &outlet).await?;
    let now = app.clock.now();
    let mut row = delivery::ActiveModel {
        release_id: Set(release),
        outlet_id: Set(outlet.id),
        key: Set(key),
        updated_at: Set(now),
        ..Default::default()
    };
    match (outlet.area_id, choice.slot) {
        (Some(_), Some(slot)) => {
            let slot = check_slot(app, transaction, &outlet, slot, approved.sound.as_ref()).await?;
            row.slot_id = Set(Some(slot.id));
            row.state = Set(State::Planned.name().to_owned());
            row.planned_at = Set(slot.starts_at);
            row.insert(transaction).await?;
        }
        (Some(_), None) => return Err(NotReleased::Rule("release-slot-missing", outlet.name)),
        // The portal is part of this program: it shows the story as soon as this is committed.
        (None, None) if outlet.kind == "portal" => {
            row.state = Set(State::Sent.name().to_owned());
            row.planned_at = Set(now);
            row.sent_at = Set(Some(now));
            let delivery = row.insert(transaction).await?.id;
            mark_attempt(transaction, delivery, now, "sent", &outlet.name, None).await?;
            jobs::enqueue(transaction, &Job::Prove { delivery }, now).await?;
        }
        // Screens ask for it, and say that they showed it.
        (None, None) if outlet.is_board() => {
            row.state = Set(State::Planned.name().to_owned());
            row.planned_at = Set(now);
            row.insert(transaction).await?;
        }
        (None, None) if outlet.connector.is_some() => {
            row.state = Set(State::Planned.name().to_owned());
            row.planned_at = Set(now);
            row.next_at = Set(Some(now));
            row.insert(transaction).await?;
            jobs::wake(transaction, &Job::Serve { outlet: outlet.id }, now).await?;
        }
        (None, None) => return Err(NotReleased::Rule("release-unserved", outlet.name)),
        (None, Some(_)) => return Err(NotReleased::Rule("release-no-slots", outlet.name)),
    }
    Ok(true)
}

/// A slot of the outlet's area that lies ahead and has room for the sound.
async fn check_slot(
    app: &App,
    transaction: &DatabaseTransaction,
    outlet: &outlet::Model,
    id: SlotId,
    sound: Option<&Sound>,
) -> Result<slot::Model, NotReleased> {
    let sound = sound.ok_or_else(|| NotReleased::Rule("release-no-sound", outlet.name.clone()))?;
    // Two releases into the same slot are answered one after the other.
    slot::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?;
    let slot = get_slot(transaction, id).await?;
    if Some(slot.area_id) != outlet.area_id {
        return Err(Failure::NotFound.into());
    }
    if slot.starts_at <= app.clock.now() {
        return Err(NotReleased::Rule("release-slot-past", outlet.name.clone()));
    }
    let missing = sound.duration_ms - room_ms(transaction, &slot).await?;
    if missing > 0 {
        let seconds = (missing + 999) / 1000;
        return Err(NotReleased::Rule("release-slot-full", seconds.to_string()));
    }
    Ok(slot)
}

/// Takes back what older versions of the story still had to say at an outlet.
async fn supersede(
    app: &App,
    transaction: &DatabaseTransaction,
    release: ReleaseId,
    approved: &Approved,
    outlet: &outlet::Model,
) -> Result<(), Failure> {
    let older = Query::select()
        .column(release::Column::Id)
        .from(release::Entity)
        .and_where(release::Column::StoryId.eq(approved.story))
        .and_where(release::Column::VersionId.ne(approved.version))
        .and_where(release::Column::Id.lt(release))
        .to_owned();
    // What stands at another program is replaced when the new version is there; a screen has nothing but the newest.
    let ours = Condition::any()
        .add(delivery::Column::SlotId.is_not_null())
        .add(delivery::Column::NextAt.is_not_null());
    let ours = if outlet.is_board() {
        Condition::all()
    } else {
        ours
    };
    delivery::Entity::update_many()
        .col_expr(
            delivery::Column::State,
            Expr::value(State::Withdrawn.name()),
        )
        .col_expr(
            delivery::Column::Failure,
            Expr::value("deliveries-superseded"),
        )
        .col_expr(delivery::Column::UpdatedAt, Expr::value(app.clock.now()))
        .col_expr(
            delivery::Column::NextAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(delivery::Column::OutletId.eq(outlet.id))
        .filter(delivery::Column::ReleaseId.in_subquery(older))
        .filter(ours)
        .filter(delivery::Column::Remote.is_null())
        .filter(delivery::Column::State.is_in(names(&[
            State::Planned,
            State::Sent,
            State::Delivered,
        ])))
        .exec(transaction)
        .await?;
    Ok(())
}
