//! Reading stories through the person who asks.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::draft::Draft;
use super::entity::{approval, rendition, review, story, story_theme, version};
use crate::accounts::{Person, Right, names};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{PersonId, StoryId, ThemeId, VersionId};

/// Where a story is in its life. It speaks of the newest version: an older one may be on the air
/// while its correction is a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Waiting for a second person.
    Submitted,
    /// Frozen.
    Approved,
    /// Sent to outlets.
    Released,
    /// Taken back everywhere.
    Withdrawn,
}

const STATES: [(State, &str); 5] = [
    (State::Draft, "draft"),
    (State::Submitted, "submitted"),
    (State::Approved, "approved"),
    (State::Released, "released"),
    (State::Withdrawn, "withdrawn"),
];

impl State {
    /// All, in the order of a story's life.
    pub fn all() -> impl Iterator<Item = Self> {
        STATES.iter().map(|(state, _)| *state)
    }

    /// Names its text of the locales.
    pub fn text(self) -> &'static str {
        match self {
            Self::Draft => "stories-state-draft",
            Self::Submitted => "stories-state-submitted",
            Self::Approved => "stories-state-approved",
            Self::Released => "stories-state-released",
            Self::Withdrawn => "stories-state-withdrawn",
        }
    }

    /// Its name in the store and the API.
    pub fn name(self) -> &'static str {
        STATES
            .iter()
            .find(|(state, _)| *state == self)
            .map_or("", |(_, name)| name)
    }
}

impl FromStr for State {
    type Err = Failure;
    fn from_str(text: &str) -> Result<Self, Failure> {
        STATES
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(state, _)| *state)
            .ok_or(Failure::Invalid("stories-no-such-state"))
    }
}

/// A story with one of its versions, and all that happened to it.
#[derive(Debug, Clone)]
pub struct Story {
    /// The story itself.
    pub row: story::Model,
    /// Where it is in its life.
    pub state: State,
    /// All versions, oldest first.
    pub versions: Vec<version::Model>,
    /// The version shown: the newest, unless another was asked for.
    pub version: version::Model,
    /// Its themes.
    pub themes: Vec<ThemeId>,
    /// Its radio script.
    pub radio: Option<rendition::Model>,
    /// Why versions went back, oldest first.
    pub reviews: Vec<review::Model>,
    /// The approvals of its versions.
    pub approvals: Vec<approval::Model>,
    /// The names of all who had a part in it.
    pub names: BTreeMap<PersonId, String>,
}

/// What a person saw of a story before acting on it: an act on anything else is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The newest version.
    pub version: VersionId,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// The SHA-256 of the sound that could be heard.
    pub sound: Option<String>,
}

impl Story {
    /// What somebody who looks at it now has seen.
    pub fn seen(&self) -> Seen {
        Seen {
            version: self.version.id,
            updated_at: self.version.updated_at,
            sound: self
                .radio
                .as_ref()
                .and_then(|radio| radio.sound_sha256.clone()),
        }
    }

    /// The version shown as a text to go on from.
    pub fn draft(&self) -> Draft {
        Draft {
            title: self.version.title.clone(),
            summary: self.version.summary.clone(),
            body: self.version.body.clone(),
            script: self.radio.as_ref().map(|radio| radio.text.clone()),
            voice: self
                .radio
                .as_ref()
                .and_then(|radio| radio.voice_wanted.clone()),
            speed: self.radio.as_ref().and_then(|radio| radio.speed),
            unit: Some(self.row.unit_id),
            clause: Some(self.row.clause_id),
            themes: self.themes.clone(),
        }
    }

    /// Whether the version shown is the newest.
    pub fn newest(&self) -> bool {
        self.versions
            .last()
            .is_some_and(|last| last.id == self.version.id)
    }

    /// The approval of the version shown.
    pub fn approval(&self) -> Option<&approval::Model> {
        self.approvals
            .iter()
            .find(|approval| approval.version_id == self.version.id)
    }

    /// Why the version shown went back, while it has not been submitted anew.
    pub fn returned(&self) -> Option<&review::Model> {
        self.reviews
            .iter()
            .rfind(|review| review.version_id == self.version.id)
            .filter(|_| self.state == State::Draft && self.newest())
    }

    /// The name of somebody who had a part in it.
    pub fn name(&self, person: &PersonId) -> &str {
        self.names.get(person).map_or("–", String::as_str)
    }
}

/// A story with its newest version; 404 for whoever may not see it.
pub async fn get(app: &App, person: &Person, id: StoryId) -> Result<Story, Failure> {
    get_version(app, person, id, None).await
}

/// A story with the version of a number.
pub async fn get_version(
    app: &App,
    person: &Person,
    id: StoryId,
    number: Option<i64>,
) -> Result<Story, Failure> {
    let row = story::Entity::find_by_id(id)
        .one(&app.db)
        .await?
        .filter(|row| person.may(Right::Read, row.unit_id))
        .ok_or(Failure::NotFound)?;
    load(&app.db, row, number).await
}

/// All there is to know of a story, whoever asks.
pub(super) async fn load(
    connection: &impl ConnectionTrait,
    row: story::Model,
    number: Option<i64>,
) -> Result<Story, Failure> {
    let versions = version::Entity::find()
        .filter(version::Column::StoryId.eq(row.id))
        .order_by_asc(version::Column::Number)
        .all(connection)
        .await?;
    let version = match number {
        Some(number) => versions.iter().find(|version| version.number == number),
        None => versions.last(),
    };
    let version = version.cloned().ok_or(Failure::NotFound)?;
    let ids: Vec<VersionId> = versions.iter().map(|version| version.id).collect();
    let reviews = review::Entity::find()
        .filter(review::Column::VersionId.is_in(ids.clone()))
        .order_by_asc(review::Column::Id)
        .all(connection)
        .await?;
    let approvals = approval::Entity::find()
        .filter(approval::Column::VersionId.is_in(ids))
        .order_by_asc(approval::Column::At)
        .all(connection)
        .await?;
    let people = versions.iter().map(|version| version.author_id);
    let people = people
        .chain(reviews.iter().map(|review| review.person_id))
        .chain(approvals.iter().map(|approval| approval.approver_id));
    Ok(Story {
        state: row.state.parse()?,
        themes: themes(connection, version.id).await?,
        radio: radio(connection, version.id).await?,
        names: names(connection, people.collect()).await?,
        row,
        versions,
        version,
        reviews,
        approvals,
    })
}

/// The newest version of a story.
pub(super) async fn newest(
    connection: &impl ConnectionTrait,
    story: StoryId,
) -> Result<version::Model, Failure> {
    version::Entity::find()
        .filter(version::Column::StoryId.eq(story))
        .order_by_desc(version::Column::Number)
        .one(connection)
        .await?
        .ok_or(Failure::NotFound)
}

/// The themes of a version, in the plan's order.
pub(super) async fn themes(
    connection: &impl ConnectionTrait,
    version: VersionId,
) -> Result<Vec<ThemeId>, Failure> {
    let rows = story_theme::Entity::find()
        .filter(story_theme::Column::VersionId.eq(version))
        .order_by_asc(story_theme::Column::ThemeId)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.theme_id).collect())
}

/// The radio script of a version.
pub(super) async fn radio(
    connection: &impl ConnectionTrait,
    version: VersionId,
) -> Result<Option<rendition::Model>, Failure> {
    Ok(rendition::Entity::find()
        .filter(rendition::Column::VersionId.eq(version))
        .filter(rendition::Column::Kind.eq("radio"))
        .one(connection)
        .await?)
}
