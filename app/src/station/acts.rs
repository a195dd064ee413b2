//! What was done at a phone, kept once by the key that the phone gave it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select,
    Set,
};

use super::entity::act;
use crate::accounts::{self, Person, Right};
use crate::airtime::entity::slot;
use crate::airtime::get_slot;
use crate::app::App;
use crate::audit;
use crate::clock::{local_day, start_of};
use crate::error::Failure;
use crate::ids::{SlotId, StoryId};
use crate::outlets::{areas, get_area};
use crate::stories::{Draft, NotSaved, RecordedStory, RecordingFile, tidy};

/// A phone may have been without a network for so long.
const LONGEST: TimeDelta = TimeDelta::days(30);
/// Longest remark, in characters.
const REMARK: usize = 500;
/// Longest key, in characters.
const KEY: usize = 64;

/// How something done at a phone is known.
#[derive(Debug, Clone)]
pub struct Act {
    /// Made by the phone: up to 64 letters, digits and hyphens, never used twice.
    pub key: String,
    /// When it was done, by the phone's clock; now when nothing is said.
    pub done_at: Option<DateTime<Utc>>,
}

/// A slot that somebody listened for and did not hear.
pub struct Unheard {
    /// Which.
    pub slot: slot::Model,
    /// The name of its area.
    pub area: String,
    /// What was said about it.
    pub remark: String,
}

/// Keeps whether somebody heard the loudspeakers in a slot. It is their word, and counts for nothing in a
/// report.
pub async fn confirm(
    app: &App,
    person: &Person,
    act: &Act,
    slot: SlotId,
    heard: bool,
    remark: &str,
) -> Result<(), Failure> {
    let slot = own_slot(app, person, slot).await?;
    if slot.starts_at > app.clock.now() {
        return Err(Failure::Conflict("station-not-begun"));
    }
    let kind = if heard { "heard" } else { "unheard" };
    let row = act::ActiveModel {
        kind: Set(kind.to_owned()),
        slot_id: Set(Some(slot.id)),
        remark: Set(tidy(remark).chars().take(REMARK).collect()),
        ..act.row(app, person)?
    };
    let transaction = app.begin().await?;
    let once = OnConflict::columns([act::Column::PersonId, act::Column::Key])
        .do_nothing()
        .to_owned();
    let kept = act::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(&transaction)
        .await?;
    if kept == 1 {
        let subject = ("slot", slot.id.0);
        audit::note(app, &transaction, Some(person.id), kind, subject, "").await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Keeps a recorded story and sends it for approval. Sent again, it comes to the same story.
pub async fn record(
    app: &App,
    person: &Person,
    act: &Act,
    slot: Option<SlotId>,
    draft: &Draft,
    file: RecordingFile,
) -> Result<StoryId, NotSaved> {
    let row = act.row(app, person)?;
    if let Some(slot) = slot {
        own_slot(app, person, slot).await?;
    }
    let story = RecordedStory::check(app, person, draft, file, slot).await?;
    let transaction = app.begin().await?;
    accounts::lock(&transaction, person.id).await?;
    if let Some(known) = known(&transaction, person, &act.key).await? {
        return Ok(known);
    }
    let id = story.submit(app, &transaction, person).await?;
    let row = act::ActiveModel {
        kind: Set("recording".to_owned()),
        slot_id: Set(slot),
        story_id: Set(Some(id)),
        remark: Set(String::new()),
        ..row
    };
    row.insert(&transaction).await?;
    transaction.commit().await.map_err(Failure::from)?;
    Ok(id)
}

/// The newest word on each of these slots.
pub(super) async fn told(
    connection: &impl ConnectionTrait,
    slots: impl IntoIterator<Item = SlotId>,
) -> Result<BTreeMap<SlotId, act::Model>, Failure> {
    let told = words().filter(act::Column::SlotId.is_in(slots));
    Ok(last_word(told.all(connection).await?))
}

/// What was said of slots, in the order in which it was said.
fn words() -> Select<act::Entity> {
    act::Entity::find()
        .filter(act::Column::Kind.is_in(["heard", "unheard"]))
        .order_by_asc(act::Column::DoneAt)
        .order_by_asc(act::Column::Id)
}

fn last_word(told: Vec<act::Model>) -> BTreeMap<SlotId, act::Model> {
    let told = told.into_iter();
    told.filter_map(|act| Some((act.slot_id?, act))).collect()
}

/// The slots of today that were not heard, in the areas that a person looks after.
pub async fn unheard(app: &App, person: &Person) -> Result<Vec<Unheard>, Failure> {
    let today = start_of(local_day(app.clock.now()));
    let told = words()
        .filter(act::Column::ReceivedAt.gte(today))
        .all(&app.db)
        .await?;
    let last = last_word(told).into_iter();
    let last: BTreeMap<SlotId, act::Model> =
        last.filter(|(_, act)| act.kind == "unheard").collect();
    if last.is_empty() {
        return Ok(Vec::new());
    }
    let areas = areas(&app.db, person, Right::Air).await?;
    let slots = slot::Entity::find()
        .filter(slot::Column::Id.is_in(last.keys().copied()))
        .filter(slot::Column::AreaId.is_in(areas.iter().map(|area| area.id)))
        .filter(slot::Column::StartsAt.gte(today))
        .order_by_asc(slot::Column::StartsAt)
        .all(&app.db)
        .await?;
    let mut found = Vec::with_capacity(slots.len());
    for slot in slots {
        let area = areas.iter().find(|area| area.id == slot.area_id);
        let word = last.get(&slot.id);
        found.push(Unheard {
            area: area.map(|area| area.name.clone()).unwrap_or_default(),
            remark: word.map(|act| act.remark.clone()).unwrap_or_default(),
            slot,
        });
    }
    Ok(found)
}

/// A slot of an area in which a person goes on the air.
async fn own_slot(app: &App, person: &Person, slot: SlotId) -> Result<slot::Model, Failure> {
    let slot = get_slot(&app.db, slot).await?;
    let area = get_area(&app.db, person, slot.area_id).await?;
    person.require(Right::Air, area.unit_id)?;
    Ok(slot)
}

async fn known(
    connection: &impl ConnectionTrait,
    person: &Person,
    key: &str,
) -> Result<Option<StoryId>, Failure> {
    let row = act::Entity::find()
        .filter(act::Column::PersonId.eq(person.id))
        .filter(act::Column::Key.eq(key))
        .one(connection)
        .await?;
    Ok(row.and_then(|row| row.story_id))
}

impl Act {
    /// Its row, without what was done.
    fn row(&self, app: &App, person: &Person) -> Result<act::ActiveModel, Failure> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        if self.key.is_empty() || self.key.len() > KEY || !self.key.chars().all(plain) {
            return Err(Failure::Invalid("error-form"));
        }
        let now = app.clock.now();
        let done_at = self.done_at.unwrap_or(now).clamp(now - LONGEST, now);
        Ok(act::ActiveModel {
            person_id: Set(person.id),
            key: Set(self.key.clone()),
            done_at: Set(done_at),
            received_at: Set(now),
            ..Default::default()
        })
    }
}
