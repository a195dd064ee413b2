//! The manifest of an area: what its speakers must do in the coming 72 hours, signed.

use chrono::TimeDelta;
use loa_air::{Item, Manifest, Signed, Slot, sign_manifest};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::bulletin::on_the_air;
use super::playlist::Entry;
use crate::airtime::upcoming;
use crate::app::App;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::AreaId;
use crate::speakers::entity::manifest;
use crate::speakers::secret_key;

/// How far a manifest looks ahead, and how long it is valid.
const AHEAD: TimeDelta = TimeDelta::hours(72);
/// A manifest is signed anew when less of its validity is left.
const RENEWED: TimeDelta = TimeDelta::hours(48);
/// So often two may make the same version before something else is wrong.
const ATTEMPTS: usize = 5;

/// The manifest of an area as of now, and its version. It gets a new version only when what it
/// asks for changed, or when its validity runs out.
pub async fn manifest(app: &App, area: AreaId) -> Result<(i64, Signed), Failure> {
    for _ in 0..ATTEMPTS {
        // First the newest version, then what it must say: whoever makes the next version after
        // this line makes ours fail, so an older state of things never follows a newer one.
        let newest = newest(app, area).await?;
        let slots = slots(app, area).await?;
        let digest = sha256(serde_json::to_string(&slots)?.as_bytes());
        let now = app.clock.now();
        if let Some(row) = &newest
            && row.digest == digest
            && row.created_at + AHEAD - now > RENEWED
        {
            return Ok((row.version, serde_json::from_str(&row.envelope)?));
        }
        let version = newest.map_or(1, |row| row.version + 1);
        let asked = Manifest {
            area: area.0,
            issued_at: now,
            slots,
            valid_until: now + AHEAD,
            version,
        };
        let signed = sign_manifest(&secret_key(app).await?, &asked);
        let row = manifest::ActiveModel {
            area_id: Set(area),
            version: Set(version),
            digest: Set(digest),
            envelope: Set(serde_json::to_string(&signed)?),
            created_at: Set(now),
            ..Default::default()
        };
        match row.insert(&app.db).await {
            Ok(_) => {
                app.broker.stir(area);
                return Ok((version, signed));
            }
            Err(error) if is_taken(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(anyhow::anyhow!("the manifest of area {area} is made anew without end").into())
}

/// A version of the manifest of an area, as it was signed.
pub(super) async fn signed_version(
    app: &App,
    area: AreaId,
    version: i64,
) -> Result<Option<Signed>, Failure> {
    let row = manifest::Entity::find()
        .filter(manifest::Column::AreaId.eq(area))
        .filter(manifest::Column::Version.eq(version))
        .one(&app.db)
        .await?;
    Ok(row
        .map(|row| serde_json::from_str(&row.envelope))
        .transpose()?)
}

async fn newest(app: &App, area: AreaId) -> Result<Option<manifest::Model>, Failure> {
    Ok(manifest::Entity::find()
        .filter(manifest::Column::AreaId.eq(area))
        .order_by_desc(manifest::Column::Version)
        .one(&app.db)
        .await?)
}

async fn slots(app: &App, area: AreaId) -> Result<Vec<Slot>, Failure> {
    let now = app.clock.now();
    let mut slots = Vec::new();
    for row in upcoming(&app.db, area, now, now + AHEAD).await? {
        let list = on_the_air(&app.db, &row).await?;
        let items: Vec<Item> = list.entries.into_iter().map(item).collect();
        if !items.is_empty() {
            slots.push(Slot {
                ends_at: row.ends_at,
                id: row.id.0,
                items,
                priority: row.urgency(),
                starts_at: row.starts_at,
            });
        }
    }
    Ok(slots)
}

fn item(entry: Entry) -> Item {
    Item {
        bytes: u64::try_from(entry.sound.bytes).unwrap_or_default(),
        delivery: entry.said.number(),
        duration_ms: u64::try_from(entry.sound.duration_ms).unwrap_or_default(),
        lufs: entry.sound.lufs,
        sha256: entry.sound.sha256,
        title: entry.title,
    }
}

fn is_taken(error: &sea_orm::DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_))
    )
}
