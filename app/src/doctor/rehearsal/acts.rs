//! From the plan to the release: what people do.

use anyhow::{Context, bail};
use chrono::TimeDelta;
use loa_air::Priority;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};

use super::scene::{PATIENCE, Scene, until};
use crate::airtime::{self, Wanted};
use crate::deliveries::entity::delivery;
use crate::deliveries::{self, Choice};
use crate::duties::entity::duty;
use crate::error::Failure;
use crate::ids::{DeliveryId, PlanId, SlotId, StoryId};
use crate::plans::entity::{clause, theme};
use crate::stories::entity::approval;
use crate::stories::{self, Draft};
use crate::units::UnitTree;
use crate::{example, plans};

/// Long enough for a receiver to fetch what it must say.
const NOTICE: TimeDelta = TimeDelta::seconds(12);
/// The story that is told.
const TITLE: &str = "Nộp hồ sơ một lần, nhận kết quả đúng hẹn";
const BODY: &str =
    "Từ ngày 01/7/2025, người dân nộp hồ sơ tại một đầu mối theo Nghị định số 118/2025/NĐ-CP.";
const SCRIPT: &str = "Từ ngày 01/7/2025, hồ sơ nộp một lần theo Nghị định số 118/2025/NĐ-CP.";

/// What was released, and when it is on the air.
pub(super) struct Released {
    pub(super) portal: DeliveryId,
    pub(super) loudspeakers: DeliveryId,
    pub(super) slot: SlotId,
}

impl Scene {
    pub(super) async fn read_plan(&self) -> anyhow::Result<(PlanId, String)> {
        let (name, bytes) = example::plan_file()?;
        let issuer = UnitTree::load(&self.app.db).await?.by_key("hn-stttt");
        let issuer = issuer.context("the example has no unit hn-stttt")?;
        let plan = plans::import(&self.app, &self.officer, issuer, &name, &bytes).await?;
        plans::accept_all(&self.app, &self.officer, plan).await?;
        let plan = plans::confirm(&self.app, &self.officer, plan).await?;
        let themes = theme::Entity::find()
            .filter(theme::Column::PlanId.eq(plan))
            .count(&self.app.db)
            .await?;
        let duties = duty::Entity::find()
            .filter(duty::Column::PlanId.eq(plan))
            .count(&self.app.db)
            .await?;
        if themes == 0 || duties == 0 {
            bail!("{name}: {themes} themes and {duties} duties were read");
        }
        let detail = format!("{name} is live: {themes} themes, {duties} duties");
        Ok((plan, detail))
    }

    pub(super) async fn write_story(&self, plan: PlanId) -> anyhow::Result<(StoryId, String)> {
        let at = async |address: &str| {
            let row = clause::Entity::find()
                .filter(clause::Column::PlanId.eq(plan))
                .filter(clause::Column::Address.eq(address))
                .one(&self.app.db)
                .await?;
            row.with_context(|| format!("the plan has no clause {address}"))
        };
        let theme = theme::Entity::find()
            .filter(theme::Column::ClauseId.eq(at("II.1.5").await?.id))
            .one(&self.app.db)
            .await?
            .context("II.1.5 is not a theme")?;
        let draft = Draft {
            title: TITLE.into(),
            body: BODY.into(),
            script: Some(SCRIPT.into()),
            unit: self.editor.unit,
            clause: Some(at("IV.1.3").await?.id),
            themes: vec![theme.id],
            ..Draft::default()
        };
        let story = stories::create(&self.app, &self.editor, &draft).await?;
        let seen = until("the sound of the story", PATIENCE, async || {
            let seen = stories::get(&self.app, &self.editor, story).await?.seen();
            Ok(seen.sound.is_some().then_some(seen))
        })
        .await?;
        stories::submit(&self.app, &self.editor, story, &seen).await?;
        Ok((
            story,
            format!("written, spoken, submitted by {}", self.editor.name),
        ))
    }

    /// The program refuses it, and so does the store when the program is passed by.
    pub(super) async fn refuse_own_approval(&self, story: StoryId) -> anyhow::Result<((), String)> {
        let newest = stories::get(&self.app, &self.editor, story).await?;
        match stories::approve(&self.app, &self.editor, story, &newest.seen(), true).await {
            Err(Failure::Forbidden(_)) => {}
            other => bail!("the author's approval was answered with {other:?}"),
        }
        let direct = approval::ActiveModel {
            version_id: Set(newest.version.id),
            author_id: Set(self.editor.id),
            approver_id: Set(self.editor.id),
            sha256: Set("0".repeat(64)),
            frozen: Set("{}".into()),
            at: Set(self.app.clock.now()),
        };
        match direct.insert(&self.app.db).await {
            Err(_) => Ok(((), "refused by the program and by the store".into())),
            Ok(_) => bail!("the store took an approval by the author"),
        }
    }

    pub(super) async fn approve(&self, story: StoryId) -> anyhow::Result<((), String)> {
        let seen = stories::get(&self.app, &self.approver, story).await?.seen();
        stories::approve(&self.app, &self.approver, story, &seen, true).await?;
        let approved = stories::latest_approved(&self.app.db, story).await?;
        let approved = approved.context("nothing is approved")?;
        let detail = format!("by {}, frozen as {}", self.approver.name, approved.sha256);
        Ok(((), detail))
    }

    /// One decision for the portal and a slot.
    pub(super) async fn release(&self, story: StoryId) -> anyhow::Result<(Released, String)> {
        let outlets = self.outlets().await?;
        let wanted = Wanted {
            area: outlets.area,
            starts_at: self.app.clock.now() + NOTICE,
            seconds: 30,
            priority: Priority::Ordinary,
        };
        let slot = match airtime::create_slot(&self.app, &self.officer, &wanted).await {
            Ok(slot) => slot,
            Err(airtime::Refused::Rule(rule, _)) => bail!("no slot: {rule}"),
            Err(airtime::Refused::Failure(failure)) => return Err(failure.into()),
        };
        let to = [
            Choice {
                outlet: outlets.portal,
                slot: None,
            },
            Choice {
                outlet: outlets.loudspeakers,
                slot: Some(slot),
            },
        ];
        deliveries::release(&self.app, &self.approver, story, &to)
            .await
            .map_err(Failure::from)?;
        let find = async |outlet| -> anyhow::Result<DeliveryId> {
            let row = delivery::Entity::find()
                .filter(delivery::Column::OutletId.eq(outlet))
                .one(&self.app.db)
                .await?;
            Ok(row.context("a choice without a delivery")?.id)
        };
        let released = Released {
            portal: find(outlets.portal).await?,
            loudspeakers: find(outlets.loudspeakers).await?,
            slot,
        };
        Ok((released, "to the portal and to a slot in 12 seconds".into()))
    }
}
