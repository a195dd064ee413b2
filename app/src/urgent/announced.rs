//! Urgent messages as the public has them, word for word as two people approved them.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::urgent;
use super::message::areas_of;
use crate::app::App;
use crate::deliveries::entity::release;
use crate::error::Failure;
use crate::ids::UrgentId;
use crate::outlets::entity::area;
use crate::stories::{self, Approved};

/// So many are told.
const MOST: u64 = 50;

/// A message that was sent to the portal too.
pub struct Announced {
    /// Its row.
    pub row: urgent::Model,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// Until when it holds.
    pub until_at: DateTime<Utc>,
    /// When it was taken back, here or on the story's own pages.
    pub ended_at: Option<DateTime<Utc>>,
    /// What two people approved and was sent: a correction is another release.
    pub approved: Approved,
    /// Where it is said.
    pub areas: Vec<area::Model>,
}

/// The newest ones.
pub async fn announced(app: &App) -> Result<Vec<Announced>, Failure> {
    let rows = urgent::Entity::find()
        .filter(urgent::Column::Portal.eq(true))
        .filter(urgent::Column::SentAt.is_not_null())
        .order_by_desc(urgent::Column::Id)
        .limit(MOST)
        .all(&app.db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.extend(announce(app, row).await?);
    }
    Ok(all)
}

/// One of them; 404 when it was not sent, or not to the public.
pub async fn announced_one(app: &App, id: UrgentId) -> Result<Announced, Failure> {
    let row = urgent::Entity::find_by_id(id).one(&app.db).await?;
    let row = row.filter(|row| row.portal).ok_or(Failure::NotFound)?;
    announce(app, row).await?.ok_or(Failure::NotFound)
}

async fn announce(app: &App, row: urgent::Model) -> Result<Option<Announced>, Failure> {
    let (Some(sent_at), Some(until_at), Some(id)) = (row.sent_at, row.until_at, row.release_id)
    else {
        return Ok(None);
    };
    let release = release::Entity::find_by_id(id).one(&app.db).await?;
    let release = release.ok_or(Failure::NotFound)?;
    Ok(Some(Announced {
        approved: stories::approved(&app.db, release.version_id).await?,
        areas: areas_of(app, row.id).await?,
        ended_at: row.cancelled_at.or(release.withdrawn_at),
        row,
        sent_at,
        until_at,
    }))
}
