//! Who has heard a message: what the loudspeakers of its areas signed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::message::Message;
use crate::app::App;
use crate::deliveries::entity::{delivery, receipt};
use crate::error::Failure;
use crate::ids::SpeakerId;
use crate::outlets::entity::area;
use crate::speakers::entity::speaker;

/// What became of a message in one area.
pub struct Heard {
    /// The area.
    pub area: area::Model,
    /// Its loudspeakers, by name, each with the first time that it said all of the message.
    pub speakers: Vec<(speaker::Model, Option<DateTime<Utc>>)>,
}

/// Area by area, by name.
pub async fn heard(app: &App, message: &Message) -> Result<Vec<Heard>, Failure> {
    let speakers = speaker::Entity::find()
        .filter(speaker::Column::AreaId.is_in(message.areas.iter().map(|area| area.id)))
        .filter(speaker::Column::RevokedAt.is_null())
        .order_by_asc(speaker::Column::Name)
        .order_by_asc(speaker::Column::Id)
        .all(&app.db)
        .await?;
    let first = first_times(app, message).await?;
    let mut all = Vec::with_capacity(message.areas.len());
    for area in &message.areas {
        let own = speakers.iter().filter(|speaker| speaker.area_id == area.id);
        all.push(Heard {
            area: area.clone(),
            speakers: own
                .map(|speaker| (speaker.clone(), first.get(&speaker.id).copied()))
                .collect(),
        });
    }
    Ok(all)
}

async fn first_times(
    app: &App,
    message: &Message,
) -> Result<BTreeMap<SpeakerId, DateTime<Utc>>, Failure> {
    let Some(release) = message.row.release_id else {
        return Ok(BTreeMap::new());
    };
    let deliveries = delivery::Entity::find()
        .filter(delivery::Column::ReleaseId.eq(release))
        .all(&app.db)
        .await?;
    let receipts = receipt::Entity::find()
        .filter(receipt::Column::DeliveryId.is_in(deliveries.iter().map(|one| one.id)))
        .filter(receipt::Column::Outcome.eq("whole"))
        .order_by_desc(receipt::Column::StartedAt)
        .all(&app.db)
        .await?;
    // The earliest comes last and stays.
    let times = receipts
        .into_iter()
        .map(|row| (row.speaker_id, row.started_at));
    Ok(times.collect())
}

impl Heard {
    /// How many loudspeakers said all of it.
    pub fn count(&self) -> usize {
        self.speakers.iter().filter(|(_, at)| at.is_some()).count()
    }
}
