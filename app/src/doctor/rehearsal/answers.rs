//! What is answered in the end: the ledger holds, coverage shows it, reports count it.

use anyhow::bail;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::scene::Scene;
use crate::evidence;
use crate::evidence::entity::cell;
use crate::ids::PlanId;

/// The kinds of channel that the rehearsal proved.
const PROVEN: [&str; 2] = ["loudspeaker", "portal"];

impl Scene {
    pub(super) async fn walk_ledger(&self) -> anyhow::Result<((), String)> {
        let mut walked = Vec::new();
        for part in evidence::verify(&self.app).await? {
            if let Some(fault) = part.broken.first() {
                bail!("{}: {fault}", part.name);
            }
            walked.push(format!("{} {}", part.walked, part.name));
        }
        Ok(((), format!("everything holds: {}", walked.join(", "))))
    }

    pub(super) async fn see_coverage(&self, plan: PlanId) -> anyhow::Result<((), String)> {
        let kept = self.cells(plan).await?;
        evidence::rebuild_coverage(&self.app).await?;
        if self.cells(plan).await? != kept {
            bail!("coverage made again from the ledger is not what was kept up");
        }
        for channel in PROVEN {
            let items: i64 = kept
                .iter()
                .filter(|cell| cell.channel == channel)
                .map(|cell| cell.items)
                .sum();
            if items != 1 {
                bail!("coverage shows {items} items on the channel {channel} instead of one");
            }
        }
        Ok(((), "one item on the portal, one on the loudspeakers; made again it is the same".into()))
    }

    async fn cells(&self, plan: PlanId) -> anyhow::Result<Vec<cell::Model>> {
        Ok(cell::Entity::find()
            .filter(cell::Column::PlanId.eq(plan))
            .order_by_asc(cell::Column::ThemeId)
            .order_by_asc(cell::Column::Channel)
            .order_by_asc(cell::Column::UnitId)
            .order_by_asc(cell::Column::Month)
            .all(&self.app.db)
            .await?)
    }
}
