//! What loudspeakers signed that they played of a bulletin: kept, and counted nowhere.

use loa_air::Receipt;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, Set};

use super::entity::{airing, bulletin, part};
use crate::airtime::entity::slot;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{AreaId, PartId, SpeakerId};

/// What became of a receipt of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, now or since it came first.
    Kept,
    /// Another receipt has its id.
    Taken,
}

/// The area in which a part is said; none when there is no such part.
pub async fn area_of_part(
    connection: &impl ConnectionTrait,
    id: PartId,
) -> Result<Option<AreaId>, Failure> {
    let Some(part) = part::Entity::find_by_id(id).one(connection).await? else {
        return Ok(None);
    };
    let Some(bulletin) = bulletin::Entity::find_by_id(part.bulletin_id)
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    let slot = slot::Entity::find_by_id(bulletin.slot_id)
        .one(connection)
        .await?;
    Ok(slot.map(|slot| slot.area_id))
}

/// Keeps a receipt that verifies and names a part of its speaker's area, under `id`.
pub async fn keep_airing(
    app: &App,
    connection: &impl ConnectionTrait,
    (part, id): (PartId, String),
    receipt: &Receipt,
    envelope: &str,
) -> Result<Kept, Failure> {
    let row = airing::ActiveModel {
        id: Set(id.clone()),
        speaker_id: Set(SpeakerId(receipt.speaker)),
        part_id: Set(part),
        started_at: Set(receipt.started_at),
        ended_at: Set(receipt.ended_at),
        outcome: Set(receipt.outcome.name().to_owned()),
        lateness_ms: Set(receipt.lateness_ms),
        envelope: Set(envelope.to_owned()),
        received_at: Set(app.clock.now()),
    };
    let once = OnConflict::column(airing::Column::Id)
        .do_nothing()
        .to_owned();
    let kept = airing::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(connection)
        .await?;
    if kept == 1 {
        return Ok(Kept::Kept);
    }
    let known = airing::Entity::find_by_id(id).one(connection).await?;
    let same = known.is_some_and(|known| known.envelope == envelope);
    Ok(if same { Kept::Kept } else { Kept::Taken })
}
