//! What a story may be released to: outlets that this program serves, and their coming slots.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entity::{delivery, release};
use super::release::room_ms;
use super::states::State;
use crate::accounts::Person;
use crate::airtime::entity::slot;
use crate::airtime::upcoming;
use crate::app::App;
use crate::error::Failure;
use crate::outlets::entity::outlet;
use crate::outlets::list_for;
use crate::stories::Approved;

/// How far ahead slots are offered.
const AHEAD: TimeDelta = TimeDelta::days(7);

/// An outlet that may be chosen.
pub(super) struct Offer {
    pub(super) outlet: outlet::Model,
    /// Its slots, when it has loudspeakers.
    pub(super) slots: Vec<OfferedSlot>,
    /// The story already went there.
    pub(super) sent: bool,
}

/// A slot that may be chosen.
pub(super) struct OfferedSlot {
    pub(super) slot: slot::Model,
    /// How much of it is free, in milliseconds.
    pub(super) room_ms: i64,
    /// The story is in it already.
    pub(super) sent: bool,
}

impl OfferedSlot {
    /// Whether the sound fits.
    pub(super) fn fits(&self, approved: &Approved) -> bool {
        let sound = approved.sound.as_ref();
        sound.is_some_and(|sound| sound.duration_ms <= self.room_ms)
    }
}

/// The outlets a version may be released to.
pub(super) async fn offers(
    app: &App,
    person: &Person,
    approved: &Approved,
) -> Result<Vec<Offer>, Failure> {
    let out = already(app, approved).await?;
    let now = app.clock.now();
    let mut offers = Vec::new();
    for outlet in list_for(app, person).await? {
        let mut offer = Offer {
            slots: Vec::new(),
            sent: out.iter().any(|row| row.outlet_id == outlet.id),
            outlet,
        };
        if let Some(area) = offer.outlet.area_id {
            if approved.sound.is_none() {
                continue;
            }
            for slot in upcoming(&app.db, area, now, now + AHEAD).await? {
                if slot.starts_at <= now {
                    continue;
                }
                let here = |row: &delivery::Model| {
                    row.outlet_id == offer.outlet.id && row.slot_id == Some(slot.id)
                };
                offer.slots.push(OfferedSlot {
                    room_ms: room_ms(&app.db, &slot).await?,
                    sent: out.iter().any(here),
                    slot,
                });
            }
        } else if !offer.outlet.is_served() {
            continue;
        }
        offers.push(offer);
    }
    Ok(offers)
}

/// Where this version is out.
async fn already(app: &App, approved: &Approved) -> Result<Vec<delivery::Model>, Failure> {
    let open = release::Entity::find()
        .filter(release::Column::VersionId.eq(approved.version))
        .filter(release::Column::WithdrawnAt.is_null())
        .one(&app.db)
        .await?;
    let Some(open) = open else {
        return Ok(Vec::new());
    };
    Ok(delivery::Entity::find()
        .filter(delivery::Column::ReleaseId.eq(open.id))
        .filter(delivery::Column::State.ne(State::Withdrawn.name()))
        .all(&app.db)
        .await?)
}
