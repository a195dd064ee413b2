//! Writing: the form of a new story and of a new text.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::acts::done;
use super::show::{clause_label, saved_draft, stamp};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{ClauseId, StoryId, ThemeId, UnitId, VersionId};
use crate::lexicon::ReadingPart;
use crate::stories::text::tidy;
use crate::stories::voices::{SPEEDS, Script, speed_name, voice_name};
use crate::stories::{self, Choices, Draft, NotSaved, Seen, State, Story};
use crate::web::visitor::say;
use crate::web::{Errors, Form, Shell, Visitor};

#[derive(Deserialize)]
pub(super) struct StoryForm {
    title: String,
    #[serde(default)]
    summary: String,
    body: String,
    /// Sent when the story is to go on the air.
    radio: Option<String>,
    #[serde(default)]
    script: String,
    /// The hash of the script that was made for the page: one that comes back as it was goes on
    /// following the text, even when somebody else changed the text meanwhile.
    #[serde(default)]
    made: String,
    voice: Option<String>,
    speed: Option<i64>,
    unit: Option<UnitId>,
    clause: Option<ClauseId>,
    #[serde(default)]
    themes: Vec<ThemeId>,
    /// `save`, `read` or `submit`.
    #[serde(default)]
    then: String,
    version: Option<VersionId>,
    updated_at: Option<DateTime<Utc>>,
}

#[derive(Template, WebTemplate)]
#[template(path = "stories/pages/form.html")]
struct FormPage {
    shell: Shell,
    errors: Errors,
    draft: Draft,
    choices: Choices,
    reading: ReadingPart,
    /// By whom it will be read, and how fast, unless another is chosen.
    voice: String,
    speed: i64,
    /// The story that is edited, as it is now.
    story: Option<Story>,
    /// What the person began from: a form that came back with faults must not hide that somebody
    /// else saved meanwhile.
    seen: Option<Seen>,
    /// It is not as it was when the person began to type.
    changed: bool,
    /// A save makes a new version.
    anew: bool,
}

pub(super) async fn begin(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<Response, Failure> {
    if !person.may_somewhere(Right::Write) {
        return Err(Failure::Forbidden("error-right"));
    }
    let choices = Choices::of(&app, &person).await?;
    let draft = Draft {
        script: Some(String::new()),
        unit: choices.units.first().map(|(unit, _)| *unit),
        ..Draft::default()
    };
    let page = FormPage::new(&app, &visitor, &person, draft, choices).await?;
    Ok(page.into_response())
}

pub(super) async fn create(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<StoryForm>,
) -> Result<Response, Failure> {
    let (draft, then) = (form.draft(), form.then);
    match stories::create(&app, &person, &draft).await {
        Ok(id) => {
            let texts = ["stories-created", "stories-created-submitted"];
            go_on(&app, &person, id, &then, texts).await
        }
        Err(NotSaved::Fields(errors)) => {
            let choices = Choices::of(&app, &person).await?;
            let mut page = FormPage::new(&app, &visitor, &person, draft, choices).await?;
            page.errors = errors;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(NotSaved::Failure(failure)) => Err(failure),
    }
}

pub(super) async fn edit(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
) -> Result<Response, Failure> {
    let story = stories::get(&app, &person, id).await?;
    person.require(Right::Write, story.row.unit_id)?;
    let choices = Choices::for_story(&app, &person, &story.row).await?;
    let draft = story.draft();
    let mut page = FormPage::new(&app, &visitor, &person, draft, choices).await?;
    page.edits(story, &person);
    Ok(page.into_response())
}

pub(super) async fn save(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
    Form(form): Form<StoryForm>,
) -> Result<Response, Failure> {
    let (Some(version), Some(updated_at)) = (form.version, form.updated_at) else {
        return Err(Failure::Invalid("error-form"));
    };
    let seen = Seen {
        version,
        updated_at,
        sound: None,
    };
    let (draft, then) = (form.draft(), form.then);
    let (errors, changed) = match stories::save(&app, &person, id, &seen, &draft).await {
        Ok(()) => {
            let texts = ["stories-saved", "stories-saved-submitted"];
            return go_on(&app, &person, id, &then, texts).await;
        }
        Err(NotSaved::Fields(errors)) => (errors, false),
        Err(NotSaved::Failure(Failure::Conflict(text))) => {
            let mut errors = Errors::default();
            errors.add("changed", text);
            (errors, true)
        }
        Err(NotSaved::Failure(failure)) => return Err(failure),
    };
    let story = stories::get(&app, &person, id).await?;
    let choices = Choices::for_story(&app, &person, &story.row).await?;
    let mut page = FormPage::new(&app, &visitor, &person, draft, choices).await?;
    page.edits(story, &person);
    page.errors = errors;
    page.changed = changed;
    if !changed {
        page.seen = Some(seen);
    }
    let status = if changed {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, page).into_response())
}

/// After a save: on to the story, back to the form to read the script, or to the second person.
async fn go_on(
    app: &App,
    person: &Person,
    id: StoryId,
    then: &str,
    [saved, submitted]: [&'static str; 2],
) -> Result<Response, Failure> {
    match then {
        "submit" => {
            let seen = stories::get(app, person, id).await?.seen();
            stories::submit(app, person, id, &seen).await?;
            Ok(done(id, submitted))
        }
        "read" => {
            let mut response = Redirect::to(&format!("/stories/{id}/edit#spoken")).into_response();
            say(&mut response, saved);
            Ok(response)
        }
        _ => Ok(done(id, saved)),
    }
}

impl StoryForm {
    fn draft(&self) -> Draft {
        Draft {
            title: self.title.clone(),
            summary: self.summary.clone(),
            body: self.body.clone(),
            script: self.radio.is_some().then(|| {
                if script_mark(&self.script) == self.made {
                    String::new()
                } else {
                    self.script.clone()
                }
            }),
            voice: self.voice.clone(),
            speed: self.speed,
            unit: self.unit,
            clause: self.clause,
            themes: self.themes.clone(),
        }
    }
}

impl FormPage {
    async fn new(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        draft: Draft,
        choices: Choices,
    ) -> Result<Self, Failure> {
        let text = script_shown(&draft);
        let asked = Draft {
            script: Some(String::new()),
            ..draft.clone()
        };
        let script = Script::of_draft(app, &asked);
        let (voice, speed) = script
            .map(|script| (script.voice, script.speed))
            .unwrap_or_default();
        Ok(Self {
            shell: Shell::of(visitor),
            errors: Errors::default(),
            reading: ReadingPart::of(app, visitor, person, &text).await?,
            voice,
            speed,
            draft,
            choices,
            story: None,
            seen: None,
            changed: false,
            anew: false,
        })
    }

    /// Voices with their names, and which is chosen.
    fn voices(&self) -> Vec<(&str, String, bool)> {
        let voices = self.choices.voices.iter();
        voices
            .map(|voice| {
                let name = voice_name(self.shell.lang, voice);
                (voice.as_str(), name, *voice == self.voice)
            })
            .collect()
    }

    /// Speeds with their names, and which is chosen; one that was set elsewhere stays to be chosen.
    fn speeds(&self) -> Vec<(i64, String, bool)> {
        let mut speeds = SPEEDS.to_vec();
        if !speeds.contains(&self.speed) {
            speeds.push(self.speed);
            speeds.sort_unstable();
        }
        speeds
            .into_iter()
            .map(|speed| {
                (
                    speed,
                    speed_name(self.shell.lang, speed),
                    speed == self.speed,
                )
            })
            .collect()
    }

    fn edits(&mut self, story: Story, person: &Person) {
        self.anew = story.state != State::Draft || story.version.author_id != person.id;
        self.seen = Some(story.seen());
        self.story = Some(story);
    }

    fn action(&self) -> String {
        let story = self.story.as_ref();
        story.map_or("/stories".into(), |story| {
            format!("/stories/{}", story.row.id)
        })
    }

    /// Where the person goes who gives up.
    fn back(&self) -> String {
        self.action()
    }

    /// The name under which the browser keeps what is typed.
    fn draft_name(&self) -> String {
        let login = self
            .shell
            .person
            .as_ref()
            .map_or("", |person| &person.login);
        match &self.story {
            Some(story) => format!("{login}/story-{}", story.row.id),
            None => format!("{login}/story-new"),
        }
    }

    fn saved(&self) -> Option<String> {
        saved_draft(&self.shell, self.story.as_ref()?.row.id)
    }

    /// Unit and clause stay as they were approved.
    fn fixed(&self) -> bool {
        self.story
            .as_ref()
            .is_some_and(|story| !story.approvals.is_empty())
    }

    fn fixed_unit(&self) -> String {
        let chosen = |(unit, _): &&(UnitId, String)| Some(*unit) == self.draft.unit;
        let unit = self.choices.units.iter().find(chosen);
        unit.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    fn fixed_clause(&self) -> String {
        let clauses = self.choices.plans.iter().flat_map(|plan| &plan.clauses);
        let mut chosen = clauses.filter(|clause| Some(clause.id) == self.draft.clause);
        chosen.next().map(clause_label).unwrap_or_default()
    }

    fn unit_chosen(&self, unit: &UnitId) -> bool {
        self.draft.unit == Some(*unit)
    }

    fn clause_chosen(&self, clause: &ClauseId) -> bool {
        self.draft.clause == Some(*clause)
    }

    fn seen_at(&self) -> String {
        let at = self.seen.as_ref().map(|seen| seen.updated_at);
        at.map(stamp).unwrap_or_default()
    }

    fn script(&self) -> String {
        script_shown(&self.draft)
    }

    /// Marks a script that nobody wrote by hand.
    fn made(&self) -> String {
        let script = self.script();
        if script == self.draft.made_script() {
            script_mark(&script)
        } else {
            String::new()
        }
    }

    /// ` field-invalid` where something is wrong.
    fn mark(&self, field: &str) -> &'static str {
        if self.errors.of(field).is_some() {
            " field-invalid"
        } else {
            ""
        }
    }

    /// Attributes of a field: its hint, and its fault.
    fn described(&self, field: &str) -> String {
        if self.errors.of(field).is_some() {
            format!("aria-describedby=\"{field}-hint {field}-error\" aria-invalid=\"true\"")
        } else {
            format!("aria-describedby=\"{field}-hint\"")
        }
    }
}

/// What stands in the field: the script, or what would be read without one.
fn script_shown(draft: &Draft) -> String {
    match draft.script.as_deref() {
        None => String::new(),
        Some("") => draft.made_script(),
        Some(script) => script.to_owned(),
    }
}

fn script_mark(script: &str) -> String {
    sha256(tidy(script).as_bytes())
}
