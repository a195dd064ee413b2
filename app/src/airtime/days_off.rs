//! Days on which the weekly patterns of an area rest because somebody says so.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entity::day_off;
use crate::error::Failure;
use crate::ids::AreaId;

/// The days off of an area from a day on, in order.
pub async fn days_off(
    connection: &impl ConnectionTrait,
    area: AreaId,
    from: NaiveDate,
) -> Result<BTreeMap<NaiveDate, day_off::Model>, Failure> {
    let rows = day_off::Entity::find()
        .filter(day_off::Column::AreaId.eq(area))
        // As text they stand in the order of time.
        .filter(day_off::Column::Day.gte(from.to_string()))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.day.parse().ok()?, row)))
        .collect())
}

/// The days off of all areas from a day on.
pub(super) async fn all_days_off(
    connection: &impl ConnectionTrait,
    from: NaiveDate,
) -> Result<BTreeSet<(AreaId, NaiveDate)>, Failure> {
    let rows = day_off::Entity::find()
        .filter(day_off::Column::Day.gte(from.to_string()))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.area_id, row.day.parse().ok()?)))
        .collect())
}
