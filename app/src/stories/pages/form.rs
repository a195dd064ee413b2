//! Writing: the form of a new story and of a new text.

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::acts::done;
use super::form_page::{FormPage, script_mark};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{ClauseId, StoryId, ThemeId, UnitId, VersionId};
use crate::stories::{self, Choices, Draft, NotSaved, Seen};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Visitor};

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
        "read" => Ok(go(&format!("/stories/{id}/edit#spoken"), saved)),
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
