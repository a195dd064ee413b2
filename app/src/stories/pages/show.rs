//! One story: its text, how it will be read, its sound, its life, and what the person may do now.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State as Of};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;

use super::events::{Event, events};
use super::sound::SoundPart;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::StoryId;
use crate::lexicon::{InForce, Reading, ReadingPart};
use crate::plans::entity::{clause, theme};
use crate::stories::voices::{Script, speed_name, voice_name};
use crate::stories::{State, Story, get_version, text};
use crate::units::UnitTree;
use crate::web::forms::stamp;
use crate::web::{Errors, Shell, Visitor};

#[derive(Deserialize)]
pub(super) struct Which {
    pub(super) version: Option<i64>,
}

#[derive(Template, WebTemplate)]
#[template(path = "stories/pages/show.html")]
pub(super) struct StoryPage {
    shell: Shell,
    story: Story,
    unit: String,
    clause: String,
    themes: Vec<String>,
    html: String,
    reading: Option<ReadingPart>,
    /// Who reads it, and how fast.
    voice: Option<String>,
    events: Vec<Event>,
    may: May,
    pub(super) sound: SoundPart,
    pub(super) errors: Errors,
    /// A reason for a return that has to be corrected.
    pub(super) reason: String,
}

/// What the person may do now.
#[derive(Clone, Copy)]
pub(super) struct May {
    pub(super) write: bool,
    pub(super) approve: bool,
    release: bool,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
    Query(Which { version }): Query<Which>,
) -> Result<StoryPage, Failure> {
    StoryPage::of(&app, &visitor, &person, id, version).await
}

impl StoryPage {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: StoryId,
        number: Option<i64>,
    ) -> Result<Self, Failure> {
        let story = get_version(app, person, id, number).await?;
        let shell = Shell::of(visitor);
        let tree = UnitTree::load(&app.db).await?;
        let clause = clause::Entity::find_by_id(story.row.clause_id)
            .one(&app.db)
            .await?
            .ok_or(Failure::NotFound)?;
        let may = May::of(person, &story);
        Ok(Self {
            unit: tree.name(story.row.unit_id, local_day(story.version.created_at)),
            clause: clause_label(&clause),
            themes: theme_labels(app, &story).await?,
            html: text::html(&story.version.body).map_err(anyhow::Error::from)?,
            reading: reading(app, visitor, person, &story).await?,
            voice: story.radio.as_ref().map(|radio| {
                let script = Script::of_row(app, radio);
                let voice = voice_name(shell.lang, &script.voice);
                format!("{voice}, {}", speed_name(shell.lang, script.speed))
            }),
            events: events(app, &shell, &story).await?,
            sound: SoundPart::of(visitor, &story, may)?,
            may,
            errors: Errors::default(),
            reason: String::new(),
            shell,
            story,
        })
    }

    /// They wrote what waits for approval, and are told why it waits for somebody else.
    fn own_waits(&self) -> bool {
        let reader = self.shell.person.as_ref().map(|person| person.id);
        let own = reader == Some(self.story.version.author_id);
        own && self.story.newest() && self.story.state == State::Submitted
    }

    fn may_submit(&self) -> bool {
        self.may.write && self.story.state == State::Draft
    }

    /// The text of the step that comes next, and who takes it.
    fn next_step(&self) -> (&'static str, &'static str) {
        match self.story.state {
            State::Draft => ("stories-step-draft", "stories-step-draft-who"),
            State::Submitted => ("stories-step-submitted", "stories-step-submitted-who"),
            State::Approved => ("stories-step-approved", "stories-step-approved-who"),
            State::Released => ("stories-step-released", "stories-step-released-who"),
            State::Withdrawn => ("stories-step-withdrawn", "stories-step-withdrawn-who"),
        }
    }

    /// The state of the version shown, as its tag and the name of its text.
    fn tag(&self) -> (&'static str, &'static str) {
        let state = if self.story.newest() {
            self.story.state
        } else if self.story.approval().is_some() {
            State::Approved
        } else {
            State::Draft
        };
        if self.story.returned().is_some() {
            return ("returned", "stories-state-returned");
        }
        (state.name(), state.text())
    }

    /// The local draft that the server now has.
    fn saved(&self) -> Option<String> {
        saved_draft(&self.shell, self.story.row.id)
    }

    fn seen_at(&self) -> String {
        stamp(self.story.version.updated_at)
    }

    fn version_label(&self) -> String {
        let version = self.shell.tv("stories-version", self.story.version.number);
        format!(
            "{version}, {}",
            self.story.name(&self.story.version.author_id)
        )
    }
}

/// How the version shown is read. Of an approved one: what its sound says, whatever the lexicon has
/// become since. Before words were kept with their sound there was no lexicon of the province.
async fn reading(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    story: &Story,
) -> Result<Option<ReadingPart>, Failure> {
    let Some(radio) = &story.radio else {
        return Ok(None);
    };
    if story.approval().is_none() {
        let part = ReadingPart::of(app, visitor, person, &radio.text).await?;
        return Ok(Some(part));
    }
    let kept = match &radio.said {
        Some(said) => Reading::from_json(said)?,
        None => InForce::builtin().read(&radio.text),
    };
    Ok(Some(ReadingPart::kept(visitor, &radio.text, &kept)))
}

/// The name of the draft in the browser that the last act of this person made needless.
pub(super) fn saved_draft(shell: &Shell, id: StoryId) -> Option<String> {
    let login = &shell.person.as_ref()?.login;
    match shell.notice.as_deref()? {
        "stories-created" | "stories-created-submitted" => Some(format!("{login}/story-new")),
        "stories-saved" | "stories-saved-submitted" => Some(format!("{login}/story-{id}")),
        _ => None,
    }
}

/// A clause in one line: its address and its first words.
pub(super) fn clause_label(clause: &clause::Model) -> String {
    let words = clause.heading.as_deref().unwrap_or(&clause.text);
    let mut short: String = words.chars().take(90).collect();
    if short.len() < words.len() {
        // No word is cut.
        let end = short.rfind(' ').unwrap_or(short.len());
        short.truncate(end);
        short.push('…');
    }
    format!("{} {short}", clause.address)
}

impl May {
    pub(super) fn of(person: &Person, story: &Story) -> Self {
        let unit = story.row.unit_id;
        let newest = story.newest();
        let own = story.version.author_id == person.id;
        let submitted = newest && story.state == State::Submitted;
        let approver = person.may(Right::Approve, unit);
        Self {
            write: newest && person.may(Right::Write, unit),
            approve: submitted && approver && !own,
            release: newest && story.state == State::Approved && person.may(Right::Release, unit),
        }
    }
}

async fn theme_labels(app: &App, story: &Story) -> Result<Vec<String>, Failure> {
    let themes = theme::Entity::find()
        .filter(theme::Column::Id.is_in(story.themes.clone()))
        .order_by_asc(theme::Column::Position)
        .all(&app.db)
        .await?;
    let ids: Vec<_> = themes.iter().map(|theme| theme.clause_id).collect();
    let clauses = clause::Entity::find()
        .filter(clause::Column::Id.is_in(ids))
        .all(&app.db)
        .await?;
    let label = |theme: theme::Model| {
        let clause = clauses.iter().find(|clause| clause.id == theme.clause_id);
        format!(
            "{} {}",
            clause.map_or("", |clause| &clause.address),
            theme.label
        )
    };
    Ok(themes.into_iter().map(label).collect())
}
