//! Telling areas that there is something new.

use std::collections::BTreeMap;
use std::time::Duration;

use loa_air::{Manifest, Notice, Priority, Signed, Topic, sign_urgent};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use tokio::time::{Instant, timeout_at};

use crate::app::App;
use crate::bulletins::manifest;
use crate::error::Failure;
use crate::ids::AreaId;
use crate::speakers::entity::speaker;
use crate::speakers::secret_key;

/// All areas are looked at this often, whether anybody stirred them or not: time alone brings slots
/// nearer, and another process may have changed something.
const SWEEP: Duration = Duration::from_mins(5);

/// What was told last, area by area. After a restart nothing is known to have been told, and all is
/// told again.
#[derive(Default)]
pub struct Told(BTreeMap<AreaId, Last>);

#[derive(Clone, Copy, PartialEq, Eq)]
struct Last {
    version: i64,
    urgent: bool,
}

/// Tells for ever.
pub async fn announce(app: App) {
    let mut told = Told::default();
    app.broker.stir_all();
    let mut sweep = Instant::now() + SWEEP;
    loop {
        match timeout_at(sweep, app.broker.stirred()).await {
            Ok(stirred) if !stirred.all => told.tell(&app, stirred.areas).await,
            all => {
                if all.is_ok() {
                    told.forget();
                }
                match all_areas(&app).await {
                    Ok(areas) => told.tell(&app, areas).await,
                    Err(error) => tracing::error!(error.cause = %error, "areas cannot be read"),
                }
                sweep = Instant::now() + SWEEP;
            }
        }
    }
}

impl Told {
    /// Tells some areas what changed since the last time.
    pub async fn tell(&mut self, app: &App, areas: impl IntoIterator<Item = AreaId>) {
        for area in areas {
            if let Err(error) = self.tell_one(app, area).await {
                tracing::error!(area.id = area.0, error.cause = %error, "an area is not told");
            }
        }
    }

    /// Forgets what was told: the broker may have lost it.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    async fn tell_one(&mut self, app: &App, area: AreaId) -> Result<(), Failure> {
        let (version, signed) = manifest(app, area).await?;
        let before = self.0.get(&area).copied();
        if before.is_some_and(|last| last.version == version) {
            return Ok(());
        }
        let urgent = urgent_part(app, &signed)?;
        let now = Last {
            version,
            urgent: !urgent.slots.is_empty(),
        };
        let topic = Topic::Urgent(area.0);
        if now.urgent {
            let signed = sign_urgent(&secret_key(app).await?, &urgent);
            app.broker.keep(topic, &serde_json::to_vec(&signed)?);
        } else if before.is_none_or(|last| last.urgent) {
            // It is over or was taken back: whoever says it stops at once.
            let signed = sign_urgent(&secret_key(app).await?, &urgent);
            app.broker.publish(topic, &serde_json::to_vec(&signed)?);
            app.broker.forget(topic);
        }
        let notice = serde_json::to_vec(&Notice { version })?;
        app.broker.keep(Topic::Manifest(area.0), &notice);
        self.0.insert(area, now);
        Ok(())
    }
}

/// The manifest with its urgent slots alone.
fn urgent_part(app: &App, signed: &Signed) -> Result<Manifest, Failure> {
    let mut asked: Manifest = signed.unverified().map_err(anyhow::Error::from)?;
    let now = app.clock.now();
    asked
        .slots
        .retain(|slot| slot.priority == Priority::Urgent && slot.ends_at > now);
    Ok(asked)
}

/// Those in which there are speakers.
async fn all_areas(app: &App) -> Result<Vec<AreaId>, Failure> {
    Ok(speaker::Entity::find()
        .select_only()
        .column(speaker::Column::AreaId)
        .distinct()
        .filter(speaker::Column::RevokedAt.is_null())
        .into_tuple()
        .all(&app.db)
        .await?)
}
