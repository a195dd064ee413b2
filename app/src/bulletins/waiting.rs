//! Bulletins that wait for a person's approval.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::bulletin::LEAD;
use super::entity::bulletin;
use crate::accounts::{Person, Right};
use crate::airtime::entity::slot;
use crate::app::App;
use crate::error::Failure;
use crate::ids::SlotId;
use crate::outlets::areas;

/// A bulletin that waits for approval.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its slot.
    pub slot: SlotId,
    /// When it goes on the air.
    pub starts_at: DateTime<Utc>,
    /// The name of its area.
    pub area: String,
    /// Since when it waits.
    pub since: DateTime<Utc>,
}

/// What others made and this person may approve while there is time, the next slot first.
pub async fn waiting(app: &App, person: &Person) -> Result<Vec<Waiting>, Failure> {
    let areas = areas(&app.db, person, Right::Approve).await?;
    let coming = slot::Entity::find()
        .filter(slot::Column::AreaId.is_in(areas.iter().map(|area| area.id)))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::StartsAt.gt(app.clock.now() + LEAD));
    let ids = coming.clone().select_only().column(slot::Column::Id);
    let ready = bulletin::Entity::find()
        .filter(bulletin::Column::SlotId.in_subquery(ids.into_query()))
        .filter(bulletin::Column::State.eq("ready"))
        .filter(bulletin::Column::AuthorId.ne(person.id))
        .all(&app.db)
        .await?;
    let slots = coming
        .filter(slot::Column::Id.is_in(ready.iter().map(|bulletin| bulletin.slot_id)))
        .order_by_asc(slot::Column::StartsAt)
        .all(&app.db)
        .await?;
    let waiting = slots.into_iter().filter_map(|slot| {
        let area = areas.iter().find(|area| area.id == slot.area_id)?;
        let bulletin = ready.iter().find(|bulletin| bulletin.slot_id == slot.id)?;
        Some(Waiting {
            slot: slot.id,
            starts_at: slot.starts_at,
            area: area.name.clone(),
            since: bulletin.updated_at,
        })
    });
    Ok(waiting.collect())
}
