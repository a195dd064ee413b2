//! The documents that a plan had before it was corrected, and the one it has.

use chrono::{DateTime, Utc};
use loa_plan::Reading;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{plan, version};
use crate::app::App;
use crate::error::Failure;
use crate::ids::PersonId;

/// A version of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i64,
    /// The file's name.
    pub file_name: String,
    /// Its file.
    pub file_sha256: String,
    /// Who made it live.
    pub by: Option<PersonId>,
    /// When.
    pub at: Option<DateTime<Utc>>,
    reading: String,
}

impl Version {
    /// What was read from it.
    pub fn reading(&self) -> Result<Reading, Failure> {
        Ok(serde_json::from_str(&self.reading)?)
    }
}

/// All versions of a plan, the present one first.
pub async fn versions(app: &App, plan: &plan::Model) -> Result<Vec<Version>, Failure> {
    let former = version::Entity::find()
        .filter(version::Column::PlanId.eq(plan.id))
        .order_by_desc(version::Column::Version)
        .all(&app.db)
        .await?;
    let mut versions = vec![Version {
        number: plan.version,
        file_name: plan.file_name.clone(),
        file_sha256: plan.file_sha256.clone(),
        by: plan.corrected_by.or(plan.confirmed_by),
        at: plan.corrected_at.or(plan.confirmed_at),
        reading: plan.reading.clone(),
    }];
    versions.extend(former.into_iter().map(|row| Version {
        number: row.version,
        file_name: row.file_name,
        file_sha256: row.file_sha256,
        by: row.confirmed_by,
        at: row.confirmed_at,
        reading: row.reading,
    }));
    Ok(versions)
}
