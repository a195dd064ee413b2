//! What goes on the air: slots with what was released into them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::State;
use super::entity::{delivery, release};
use crate::accounts::{Person, Right};
use crate::airtime::entity::slot;
use crate::airtime::{Edition, editions, next, upcoming};
use crate::app::App;
use crate::clock::{local_day, start_of};
use crate::error::Failure;
use crate::ids::{DeliveryId, SlotId, VersionId};
use crate::outlets::areas;
use crate::stories::entity::{rendition, version};
use crate::web::Lang;

/// A slot with what is in it.
pub struct OnAir {
    /// The slot.
    pub slot: slot::Model,
    /// The area's name.
    pub area: String,
    /// What is in it, as it was released.
    pub items: Vec<Item>,
    /// Of which series it is, if of any.
    pub edition: Option<Edition>,
}

/// A story in a slot.
pub struct Item {
    /// Its delivery there.
    pub delivery: DeliveryId,
    /// Its title.
    pub title: String,
    /// Where the delivery stands.
    pub state: State,
    /// Whether it has a sound.
    pub has_sound: bool,
    /// How long it is, in milliseconds.
    length_ms: i64,
}

impl OnAir {
    /// What it brings, in a line: the series and the titles.
    pub fn line(&self, lang: Lang) -> String {
        let titles: Vec<&str> = self.items.iter().map(|item| item.title.as_str()).collect();
        let edition = self.edition.as_ref().map(|one| one.text(lang));
        match (edition, titles.as_slice()) {
            (None, []) => lang.t("home-slot-empty"),
            (Some(edition), []) => edition,
            (None, titles) => titles.join("; "),
            (Some(edition), titles) => format!("{edition}: {}", titles.join("; ")),
        }
    }

    /// How long all of it is, in seconds.
    pub fn seconds(&self) -> i64 {
        let all: i64 = self.items.iter().map(|item| item.length_ms).sum();
        (all + 500) / 1000
    }
}

/// What comes next in the areas a person sees.
pub async fn coming(app: &App, person: &Person) -> Result<Vec<OnAir>, Failure> {
    filled(app, next(app, person).await?).await
}

/// All of today in the areas where a person goes on the air, what is over too.
pub async fn today(app: &App, person: &Person) -> Result<Vec<OnAir>, Failure> {
    let from = start_of(local_day(app.clock.now()));
    between(app, person, from, from + TimeDelta::days(1)).await
}

/// What is on the air between two instants in the areas where a person goes on the air.
pub async fn between(
    app: &App,
    person: &Person,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<OnAir>, Failure> {
    let mut slots = Vec::new();
    for area in areas(&app.db, person, Right::Air).await? {
        for slot in upcoming(&app.db, area.id, from, until).await? {
            slots.push((slot, area.name.clone()));
        }
    }
    slots.sort_by_key(|(slot, _)| (slot.starts_at, slot.id));
    filled(app, slots).await
}

/// Slots, each with its area's name, and what was released into them.
pub async fn filled(app: &App, slots: Vec<(slot::Model, String)>) -> Result<Vec<OnAir>, Failure> {
    let rows = delivery::Entity::find()
        .filter(delivery::Column::SlotId.is_in(slots.iter().map(|(slot, _)| slot.id)))
        .filter(delivery::Column::State.ne(State::Withdrawn.name()))
        .order_by_asc(delivery::Column::Id)
        .all(&app.db)
        .await?;
    let versions: BTreeMap<_, VersionId> = release::Entity::find()
        .filter(release::Column::Id.is_in(rows.iter().map(|row| row.release_id)))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.version_id))
        .collect();
    let titles: BTreeMap<VersionId, String> = version::Entity::find()
        .filter(version::Column::Id.is_in(versions.values().copied()))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.title))
        .collect();
    let sounds: BTreeMap<VersionId, rendition::Model> = rendition::Entity::find()
        .filter(rendition::Column::VersionId.is_in(versions.values().copied()))
        .filter(rendition::Column::Kind.eq("radio"))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.version_id, row))
        .collect();
    let mut editions = editions(&app.db, slots.iter().map(|(slot, _)| slot)).await?;
    let mut items: BTreeMap<SlotId, Vec<Item>> = BTreeMap::new();
    for row in rows {
        let version = versions.get(&row.release_id);
        let (Some(slot), Some(version)) = (row.slot_id, version) else {
            continue;
        };
        items.entry(slot).or_default().push(Item {
            delivery: row.id,
            title: titles.get(version).cloned().unwrap_or_default(),
            length_ms: sounds
                .get(version)
                .and_then(|row| row.sound_ms)
                .unwrap_or_default(),
            has_sound: sounds
                .get(version)
                .is_some_and(|row| row.sound_sha256.is_some()),
            state: row.state(),
        });
    }
    Ok(slots
        .into_iter()
        .map(|(slot, area)| OnAir {
            items: items.remove(&slot.id).unwrap_or_default(),
            edition: editions.remove(&slot.id),
            slot,
            area,
        })
        .collect())
}
