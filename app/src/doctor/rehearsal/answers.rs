//! What is answered in the end: the ledger holds, coverage shows it, reports count it.

use anyhow::{Context, bail};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::scene::Scene;
use crate::clock::local_day;
use crate::evidence;
use crate::evidence::entity::cell;
use crate::ids::PlanId;
use crate::reports::{self, Code, Figure, FileKind};

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
        Ok((
            (),
            "one item on the portal, one on the loudspeakers; made again it is the same".into(),
        ))
    }

    /// The report of the programme's unit and of the province for the running period: every figure
    /// stands on entries of the ledger, and both files are made.
    pub(super) async fn report(&self, plan: PlanId) -> anyhow::Result<((), String)> {
        let regimes = reports::regimes(&self.app.db).await?;
        let regime = regimes
            .into_iter()
            .find(|regime| regime.row.plan_id == plan);
        let regime = regime.context("the plan asks for no report")?;
        let today = local_day(self.app.clock.now());
        let period = regime.rule.of_day(today);
        let year = period.context("today is in no period of the report")?.year;
        let province = self.officer.unit.context("the officer has no unit")?;
        let agency = self.editor.unit.context("the editor has no unit")?;
        let mut told = Vec::new();
        for unit in [agency, province] {
            let asked = (regime.row.id, unit, year);
            let (id, _) = reports::open(&self.app, &self.officer, asked).await?;
            let report = reports::get(&self.app, &self.officer, id).await?;
            let content = report.content(&self.app.db).await?;
            let bare = |figure: &&Figure| figure.value > 0 && figure.evidence.is_empty();
            if let Some(figure) = content.figures.iter().find(bare) {
                bail!("{} of {} stands on nothing", figure.code, content.unit_name);
            }
            let docx = reports::file(&self.app, &report, FileKind::Docx)
                .await?
                .len();
            let pdf = reports::file(&self.app, &report, FileKind::Pdf)
                .await?
                .len();
            let total = content.value(Code::Total);
            if unit == province && total != 2 {
                bail!("the province counts {total} deliveries instead of two");
            }
            told.push(format!(
                "{} {year}: {total} proven, DOCX {} kB, PDF {} kB",
                content.unit_name,
                docx / 1000,
                pdf / 1000
            ));
        }
        Ok(((), told.join("; ")))
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
