//! All there is to know of a delivery, for whoever brings its proof.

use sea_orm::{ConnectionTrait, EntityTrait};

use super::entity::{delivery, release};
use crate::airtime::entity::slot;
use crate::error::Failure;
use crate::ids::DeliveryId;
use crate::outlets::entity::outlet;
use crate::stories::{self, Approved};

/// A delivery with what it delivers, where and when. The channel kind, the unit and the area are
/// those of the outlet; the story, its unit and its themes those of the approved version.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The delivery.
    pub delivery: delivery::Model,
    /// The decision behind it.
    pub release: release::Model,
    /// The version as it was approved.
    pub approved: Approved,
    /// Where it goes.
    pub outlet: outlet::Model,
    /// When it goes on the air.
    pub slot: Option<slot::Model>,
}

/// Gathers them; 404 when there is no such delivery.
pub async fn facts(connection: &impl ConnectionTrait, id: DeliveryId) -> Result<Facts, Failure> {
    let delivery = delivery::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or(Failure::NotFound)?;
    let release = release::Entity::find_by_id(delivery.release_id)
        .one(connection)
        .await?
        .ok_or(Failure::NotFound)?;
    let outlet = outlet::Entity::find_by_id(delivery.outlet_id)
        .one(connection)
        .await?
        .ok_or(Failure::NotFound)?;
    let slot = match delivery.slot_id {
        Some(slot) => slot::Entity::find_by_id(slot).one(connection).await?,
        None => None,
    };
    Ok(Facts {
        approved: stories::approved(connection, release.version_id).await?,
        delivery,
        release,
        outlet,
        slot,
    })
}
