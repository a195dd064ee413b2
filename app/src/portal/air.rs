//! What loudspeakers still say today.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::airtime::entity::slot;
use crate::app::App;
use crate::clock::{local_day, start_of};
use crate::deliveries::State;
use crate::deliveries::entity::{delivery, release};
use crate::error::Failure;
use crate::ids::{SlotId, VersionId};
use crate::stories;

/// So many lines stand beside the news.
const MOST: usize = 6;
/// So many slots and deliveries are looked through.
const LOOKED: u64 = 200;

/// When, and what; the same story at the same time in many communes is one line.
pub(super) async fn today(app: &App) -> Result<Vec<(DateTime<Utc>, String)>, Failure> {
    let now = app.clock.now();
    let Some(tomorrow) = local_day(now).succ_opt() else {
        return Ok(Vec::new());
    };
    let slots: BTreeMap<SlotId, DateTime<Utc>> = slot::Entity::find()
        .filter(slot::Column::EndsAt.gt(now))
        .filter(slot::Column::StartsAt.lt(start_of(tomorrow)))
        .filter(slot::Column::CancelledAt.is_null())
        .order_by_asc(slot::Column::StartsAt)
        .limit(LOOKED)
        .all(&app.db)
        .await?
        .into_iter()
        .map(|slot| (slot.id, slot.starts_at))
        .collect();
    if slots.is_empty() {
        return Ok(Vec::new());
    }
    let deliveries = delivery::Entity::find()
        .filter(delivery::Column::SlotId.is_in(slots.keys().copied()))
        .filter(delivery::Column::State.ne(State::Withdrawn.name()))
        .order_by_asc(delivery::Column::PlannedAt)
        .order_by_asc(delivery::Column::Id)
        .limit(LOOKED)
        .all(&app.db)
        .await?;
    let releases = release::Entity::find()
        .filter(release::Column::Id.is_in(deliveries.iter().map(|row| row.release_id)))
        .all(&app.db)
        .await?;
    let mut due: Vec<(DateTime<Utc>, VersionId)> = Vec::new();
    for row in &deliveries {
        let release = releases.iter().find(|one| one.id == row.release_id);
        let at = row.slot_id.and_then(|slot| slots.get(&slot));
        let (Some(release), Some(at)) = (release, at) else {
            continue;
        };
        if !due.contains(&(*at, release.version_id)) {
            due.push((*at, release.version_id));
        }
    }
    let mut lines = Vec::new();
    for (at, version) in due.into_iter().take(MOST) {
        lines.push((at, stories::approved(&app.db, version).await?.title));
    }
    Ok(lines)
}
