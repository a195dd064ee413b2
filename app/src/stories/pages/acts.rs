//! What people do with a story: submit it, return it, approve it, ask for its sound again.

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::show::StoryPage;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{StoryId, VersionId};
use crate::stories::{self, Seen};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Nothing, Visitor};

/// What the page showed, in hidden fields.
#[derive(Deserialize)]
pub(super) struct SeenFields {
    version: VersionId,
    updated_at: DateTime<Utc>,
    sound: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ReturnForm {
    version: VersionId,
    updated_at: DateTime<Utc>,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
pub(super) struct ApprovalForm {
    version: VersionId,
    updated_at: DateTime<Utc>,
    sound: Option<String>,
    heard: Option<String>,
}

pub(super) async fn submit(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<StoryId>,
    Form(form): Form<SeenFields>,
) -> Result<Response, Failure> {
    let seen = Seen {
        version: form.version,
        updated_at: form.updated_at,
        sound: form.sound,
    };
    stories::submit(&app, &person, id, &seen).await?;
    Ok(done(id, "stories-submitted"))
}

pub(super) async fn return_(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
    Form(form): Form<ReturnForm>,
) -> Result<Response, Failure> {
    let seen = Seen {
        version: form.version,
        updated_at: form.updated_at,
        sound: None,
    };
    match stories::return_(&app, &person, id, &seen, &form.reason).await {
        Ok(()) => Ok(done(id, "stories-returned")),
        Err(Failure::Invalid(text)) => {
            let mut page = StoryPage::of(&app, &visitor, &person, id, None).await?;
            page.reason = form.reason;
            page.errors.add("reason", text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn approve(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
    Form(form): Form<ApprovalForm>,
) -> Result<Response, Failure> {
    let seen = Seen {
        version: form.version,
        updated_at: form.updated_at,
        sound: form.sound,
    };
    match stories::approve(&app, &person, id, &seen, form.heard.is_some()).await {
        Ok(_) => Ok(done(id, "stories-approved")),
        Err(Failure::Invalid(text)) => {
            let mut page = StoryPage::of(&app, &visitor, &person, id, None).await?;
            let mut errors = Errors::default();
            errors.add("heard", text);
            page.errors = errors;
            page.sound.error = Some(text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn render_again(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<StoryId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    stories::render_again(&app, &person, id).await?;
    Ok(Redirect::to(&format!("/stories/{id}#sound")).into_response())
}

/// Back to the story, where the text is said once.
pub(super) fn done(id: StoryId, text: &'static str) -> Response {
    go(&format!("/stories/{id}"), text)
}
