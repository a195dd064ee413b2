//! Slots: made when no rule is against them, listed by area.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use loa_air::Priority;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::entity::slot;
use super::patterns::planned;
use super::rules::{Known, Wanted};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{AreaId, SlotId};
use crate::outlets::{areas, get_area, lock_area};

/// How far around a wanted slot others matter: as far as another time is looked for.
const AROUND: TimeDelta = TimeDelta::days(4);

/// Why a slot is not made.
#[derive(Debug)]
pub enum Refused {
    /// A rule is against it: the name of a text, and the nearest start that would do.
    Rule(&'static str, Option<DateTime<Utc>>),
    /// Everything else.
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

/// Makes a slot, or says which rule is against it.
pub async fn create_slot(app: &App, person: &Person, wanted: &Wanted) -> Result<SlotId, Refused> {
    let transaction = app.begin().await?;
    let id = make(app, &transaction, person, wanted).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Makes a slot, in the transaction of whoever asks for it.
pub(super) async fn make(
    app: &App,
    transaction: &DatabaseTransaction,
    person: &Person,
    wanted: &Wanted,
) -> Result<SlotId, Refused> {
    let area = get_area(transaction, person, wanted.area).await?;
    person.require(Right::Air, area.unit_id)?;
    // Two who ask for the same time are answered one after the other.
    lock_area(transaction, area.id).await?;
    let wanted = &may_be(app, transaction, wanted, None).await?;
    let now = app.clock.now();
    let priority = priority_name(wanted.priority);
    let row = slot::ActiveModel {
        area_id: Set(area.id),
        starts_at: Set(wanted.starts_at),
        ends_at: Set(wanted.ends_at()),
        priority: Set(priority.to_owned()),
        created_by: Set(person.id),
        created_at: Set(now),
        ..Default::default()
    };
    let id = row.insert(transaction).await?.id;
    let (who, subject) = (Some(person.id), ("slot", id.0));
    audit::note(app, transaction, who, "creation", subject, priority).await?;
    Ok(id)
}

/// Whether a slot may be when it is wanted, as far as its area knows, which the caller holds; a slot that
/// is moved is not in its own way. Answers it with whole seconds.
pub async fn may_be(
    app: &App,
    connection: &impl ConnectionTrait,
    wanted: &Wanted,
    moved: Option<&slot::Model>,
) -> Result<Wanted, Refused> {
    let now = app.clock.now();
    // Slots begin with a second; and a year that no calendar has must not reach the sums below.
    let wanted = Wanted {
        starts_at: wanted.starts_at.trunc_subsecs(0),
        ..*wanted
    };
    let middle = Ord::clamp(wanted.starts_at, now, now + TimeDelta::days(366));
    let around = (middle - AROUND, middle + AROUND);
    let slots = upcoming(connection, wanted.area, around.0, around.1).await?;
    let others = slots
        .iter()
        .filter(|slot| Some(slot.id) != moved.map(|moved| moved.id));
    let mut taken: Vec<_> = others.map(slot::Model::times).collect();
    // A pattern has one time of a kind: what it plans where the moved slot is, is that slot.
    let planned = planned(connection, wanted.area, around).await?;
    let own = moved.filter(|moved| moved.pattern_id.is_some());
    taken.extend(
        planned
            .into_iter()
            .filter(|time| Some(*time) != own.map(slot::Model::times)),
    );
    let known = Known {
        now,
        config: &app.config.air,
        taken: &taken,
    };
    match known.broken(&wanted) {
        None => Ok(wanted),
        Some(rule) => Err(Refused::Rule(rule, known.nearest(&wanted))),
    }
}

/// A slot that was not cancelled.
pub async fn get_slot(
    connection: &impl ConnectionTrait,
    id: SlotId,
) -> Result<slot::Model, Failure> {
    let row = slot::Entity::find_by_id(id).one(connection).await?;
    row.filter(|row| row.cancelled_at.is_none())
        .ok_or(Failure::NotFound)
}

/// The slots of an area that end after an instant and begin before another, in order.
pub async fn upcoming(
    connection: &impl ConnectionTrait,
    area: AreaId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<slot::Model>, Failure> {
    Ok(slot::Entity::find()
        .filter(slot::Column::AreaId.eq(area))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(from))
        .filter(slot::Column::StartsAt.lt(until))
        .order_by_asc(slot::Column::StartsAt)
        .order_by_asc(slot::Column::Id)
        .all(connection)
        .await?)
}

/// When an area has slots, between two instants.
pub(super) async fn taken(
    connection: &impl ConnectionTrait,
    area: AreaId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>, Failure> {
    let slots = upcoming(connection, area, from, until).await?;
    Ok(slots.iter().map(slot::Model::times).collect())
}

/// What goes on the air next in the areas a person sees: the slot and the area's name.
pub async fn next(app: &App, person: &Person) -> Result<Vec<(slot::Model, String)>, Failure> {
    let areas = areas(&app.db, person, Right::Read).await?;
    let rows = slot::Entity::find()
        .filter(slot::Column::AreaId.is_in(areas.iter().map(|area| area.id)))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(app.clock.now()))
        .order_by_asc(slot::Column::StartsAt)
        .limit(8)
        .all(&app.db)
        .await?;
    let name = |id| {
        let area = areas.iter().find(|area| area.id == id);
        area.map(|area| area.name.clone()).unwrap_or_default()
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let name = name(row.area_id);
            (row, name)
        })
        .collect())
}

/// Its name in the store and on the wire.
pub(super) fn priority_name(priority: Priority) -> &'static str {
    match priority {
        Priority::Ordinary => "ordinary",
        Priority::Priority => "priority",
        Priority::Urgent => "urgent",
    }
}

impl slot::Model {
    /// How urgent it is.
    pub fn urgency(&self) -> Priority {
        match self.priority.as_str() {
            "urgent" => Priority::Urgent,
            "priority" => Priority::Priority,
            _ => Priority::Ordinary,
        }
    }

    /// Begin and end.
    pub fn times(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.starts_at, self.ends_at)
    }

    /// How long it is, in milliseconds.
    pub fn length_ms(&self) -> i64 {
        (self.ends_at - self.starts_at).num_milliseconds()
    }
}
