//! Reading urgent messages through the person who asks.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{urgent, urgent_area};
use crate::accounts::{Person, Right, names};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{AreaId, PersonId, UrgentId};
use crate::outlets::entity::area;
use crate::stories::{self, Story};

/// So many are listed.
const SHOWN: u64 = 100;

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It waits for a second person.
    Waits,
    /// It came back to whoever asked.
    Returned,
    /// It is being said.
    Live,
    /// Its time is over.
    Over,
    /// It was taken back.
    Cancelled,
    /// It was looked back on.
    Reviewed,
}

/// An urgent message with all that belongs to it.
pub struct Message {
    /// Its row.
    pub row: urgent::Model,
    /// Its story.
    pub story: Story,
    /// Where it is to be heard, by name.
    pub areas: Vec<area::Model>,
    /// Where it stands.
    pub stage: Stage,
    names: BTreeMap<PersonId, String>,
}

/// A message; 404 for who may not see its story.
pub async fn get(app: &App, person: &Person, id: UrgentId) -> Result<Message, Failure> {
    let row = urgent::Entity::find_by_id(id).one(&app.db).await?;
    message(app, person, row.ok_or(Failure::NotFound)?).await
}

/// The newest messages that a person may see.
pub async fn list(app: &App, person: &Person) -> Result<Vec<Message>, Failure> {
    let rows = urgent::Entity::find()
        .order_by_desc(urgent::Column::Id)
        .limit(SHOWN)
        .all(&app.db)
        .await?;
    let mut seen = Vec::with_capacity(rows.len());
    for row in rows {
        match message(app, person, row).await {
            Ok(message) => seen.push(message),
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(seen)
}

async fn message(app: &App, person: &Person, row: urgent::Model) -> Result<Message, Failure> {
    let story = stories::get(app, person, row.story_id).await?;
    let areas = areas_of(app, row.id).await?;
    let others = [row.sent_by, row.cancelled_by, row.reviewed_by];
    let people = others.into_iter().flatten().chain([row.asked_by]);
    Ok(Message {
        names: names(&app.db, people.collect()).await?,
        stage: Stage::of(&row, &story, app.clock.now()),
        row,
        story,
        areas,
    })
}

/// Where a message is to be heard, by name.
pub(super) async fn areas_of(app: &App, id: UrgentId) -> Result<Vec<area::Model>, Failure> {
    let ids: Vec<AreaId> = urgent_area::Entity::find()
        .filter(urgent_area::Column::UrgentId.eq(id))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| row.area_id)
        .collect();
    Ok(area::Entity::find()
        .filter(area::Column::Id.is_in(ids))
        .order_by_asc(area::Column::Name)
        .all(&app.db)
        .await?)
}

impl Stage {
    fn of(row: &urgent::Model, story: &Story, now: DateTime<Utc>) -> Self {
        match row.until_at {
            _ if row.reviewed_at.is_some() => Self::Reviewed,
            _ if row.cancelled_at.is_some() => Self::Cancelled,
            Some(until) if until <= now => Self::Over,
            Some(_) => Self::Live,
            None if story.state == stories::State::Draft => Self::Returned,
            None => Self::Waits,
        }
    }

    /// Its name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Returned => "returned",
            Self::Live => "live",
            Self::Over => "over",
            Self::Cancelled => "cancelled",
            Self::Reviewed => "reviewed",
        }
    }
}

impl Message {
    /// Somebody's name.
    #[allow(clippy::trivially_copy_pass_by_ref)] // templates hand everything over by reference
    pub fn name(&self, person: &PersonId) -> &str {
        self.names.get(person).map_or("–", String::as_str)
    }

    /// Whether a person may hear and send it now: neither who asked nor who wrote last.
    pub fn may_send(&self, person: &Person) -> bool {
        let unit = self.story.row.unit_id;
        let own = self.row.asked_by == person.id || self.story.version.author_id == person.id;
        let may = person.may(Right::Approve, unit) && person.may(Right::Release, unit);
        self.stage == Stage::Waits && may && !own
    }

    /// Whether a person may take it back now.
    pub fn may_cancel(&self, person: &Person) -> bool {
        self.stage == Stage::Live && person.may(Right::Release, self.story.row.unit_id)
    }

    /// Whether a person may say what is to be learned from it: those who approve, not who asked.
    pub fn may_review(&self, person: &Person) -> bool {
        let done = matches!(self.stage, Stage::Over | Stage::Cancelled);
        let own = self.row.asked_by == person.id;
        done && !own && person.may(Right::Approve, self.story.row.unit_id)
    }
}
