//! One delivery: what, where, when, how far, and everything that was tried.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::board::{reason, when};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::entity::{attempt, receipt};
use crate::deliveries::{self, Line, State};
use crate::error::Failure;
use crate::ids::DeliveryId;
use crate::speakers::entity::speaker;
use crate::stories;
use crate::stories::entity::story;
use crate::units::UnitTree;
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "deliveries/pages/show.html")]
pub(super) struct DeliveryPage {
    shell: Shell,
    line: Line,
    unit: String,
    attempts: Vec<attempt::Model>,
    /// What loudspeakers signed, with their names.
    receipts: Vec<(receipt::Model, String)>,
    may_withdraw: bool,
    may_retry: bool,
    /// Whether the person may have it said once more, at once.
    may_play: bool,
    /// Who reads, where it is heard.
    reader: Option<String>,
    /// Why another voice reads than was asked for.
    instead: Option<String>,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<DeliveryId>,
) -> Result<DeliveryPage, Failure> {
    let line = deliveries::get(&app, &person, id).await?;
    let attempts = attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.eq(id))
        .order_by_asc(attempt::Column::Id)
        .all(&app.db)
        .await?;
    let receipts = receipt::Entity::find()
        .filter(receipt::Column::DeliveryId.eq(id))
        .order_by_asc(receipt::Column::StartedAt)
        .all(&app.db)
        .await?;
    let speakers = speaker::Entity::find()
        .filter(speaker::Column::Id.is_in(receipts.iter().map(|row| row.speaker_id)))
        .all(&app.db)
        .await?;
    let name = |id| speakers.iter().find(|row| row.id == id);
    let story = story::Entity::find_by_id(line.release.story_id)
        .one(&app.db)
        .await?
        .ok_or(Failure::NotFound)?;
    let tree = UnitTree::load(&app.db).await?;
    let approved = stories::approved(&app.db, line.release.version_id).await?;
    let heard = line.delivery.slot_id.is_some();
    let voice = approved.voice.as_deref().filter(|_| heard);
    Ok(DeliveryPage {
        reader: voice.map(|voice| approved.note.reader(visitor.lang, Some(voice))),
        instead: approved.note.told(visitor.lang).filter(|_| heard),
        shell: Shell::of(&visitor),
        unit: tree.name(line.outlet.unit_id, local_day(line.delivery.planned_at)),
        attempts,
        receipts: receipts
            .into_iter()
            .map(|row| {
                let name = name(row.speaker_id).map(|row| row.name.clone());
                (row, name.unwrap_or_default())
            })
            .collect(),
        may_play: line.outlet.area_id.is_some()
            && line.release.withdrawn_at.is_none()
            && approved.sound.is_some()
            && person.may(Right::Air, line.outlet.unit_id),
        may_retry: line.delivery.may_retry(&line.outlet)
            && person.may(Right::Release, story.unit_id),
        may_withdraw: line.release.withdrawn_at.is_none()
            && person.may(Right::Release, story.unit_id),
        line,
    })
}

impl DeliveryPage {
    fn when(&self) -> String {
        when(&self.shell, &self.line)
    }

    fn state(&self) -> State {
        self.line.delivery.state()
    }

    fn reason(&self) -> Option<String> {
        Some(reason(&self.shell, self.line.delivery.failure.as_deref()?))
    }

    /// How an attempt ended, in words.
    fn outcome(&self, attempt: &attempt::Model) -> String {
        match attempt.outcome.as_str() {
            "sent" => self.shell.t("deliveries-was-sent"),
            "delivered" => self.shell.t("deliveries-was-delivered"),
            "proven" => self.shell.t("deliveries-was-proven"),
            "retry" => self.shell.t("deliveries-was-retry"),
            "failed" => self.shell.t("deliveries-was-failed"),
            "taken-back" => self.shell.t("deliveries-was-taken-back"),
            other => other.to_owned(),
        }
    }

    fn answer(&self, attempt: &attempt::Model) -> String {
        self.shell.said(&attempt.answer)
    }

    /// Where the public finds it at the other side.
    fn there(&self) -> Option<&str> {
        let address = self.line.delivery.address.as_deref()?;
        address.starts_with("http").then_some(address)
    }

    /// How far the other side is with taking it back.
    fn taking_back(&self, state: &str) -> String {
        self.shell.t(&format!("deliveries-taking-back-{state}"))
    }

    /// How a playing ended, in words.
    fn played(&self, receipt: &receipt::Model) -> String {
        match receipt.outcome.as_str() {
            "whole" => self.shell.t("deliveries-played-whole"),
            "cut" => self.shell.t("deliveries-played-cut"),
            "silent" => self.shell.t("deliveries-played-silent"),
            "failed" => self.shell.t("deliveries-played-failed"),
            other => other.to_owned(),
        }
    }

    /// How late it began, in whole seconds.
    fn lateness(&self, receipt: &receipt::Model) -> String {
        let seconds = Ord::max(receipt.lateness_ms, 0) / 1000;
        self.shell.lang.length(seconds)
    }
}
