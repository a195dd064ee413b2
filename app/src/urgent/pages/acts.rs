//! What people do with a message: send it, send it back, take it back, look back on it.

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::show::MessagePage;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{UrgentId, VersionId};
use crate::stories::{self, Seen};
use crate::urgent;
use crate::web::visitor::go;
use crate::web::{Form, Nothing, Visitor};

#[derive(Deserialize)]
pub(super) struct SendForm {
    version: VersionId,
    updated_at: DateTime<Utc>,
    sound: Option<String>,
    heard: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ReturnForm {
    version: VersionId,
    updated_at: DateTime<Utc>,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
pub(super) struct ReviewForm {
    #[serde(default)]
    remark: String,
}

pub(super) async fn send(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<UrgentId>,
    Form(form): Form<SendForm>,
) -> Result<Response, Failure> {
    let seen = Seen {
        version: form.version,
        updated_at: form.updated_at,
        sound: form.sound,
    };
    match urgent::send(&app, &person, id, &seen, form.heard.is_some()).await {
        Ok(()) => Ok(done(id, "urgent-was-sent")),
        Err(Failure::Invalid(text)) => {
            let mut page = MessagePage::of(&app, &visitor, &person, id).await?;
            page.not_heard(text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn finish(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<UrgentId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    urgent::finish(&app, &person, id).await?;
    Ok(done(id, "urgent-was-sent"))
}

pub(super) async fn return_(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<UrgentId>,
    Form(form): Form<ReturnForm>,
) -> Result<Response, Failure> {
    let seen = Seen {
        version: form.version,
        updated_at: form.updated_at,
        sound: None,
    };
    let story = urgent::get(&app, &person, id).await?.story.row.id;
    match stories::return_(&app, &person, story, &seen, &form.reason).await {
        Ok(()) => Ok(done(id, "stories-returned")),
        Err(Failure::Invalid(text)) => {
            let mut page = MessagePage::of(&app, &visitor, &person, id).await?;
            page.reason = form.reason;
            page.errors.add("reason", text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn cancel(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<UrgentId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    urgent::cancel(&app, &person, id).await?;
    Ok(done(id, "urgent-was-cancelled"))
}

pub(super) async fn review(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<UrgentId>,
    Form(form): Form<ReviewForm>,
) -> Result<Response, Failure> {
    match urgent::review(&app, &person, id, &form.remark).await {
        Ok(()) => Ok(done(id, "urgent-was-reviewed")),
        Err(Failure::Invalid(text)) => {
            let mut page = MessagePage::of(&app, &visitor, &person, id).await?;
            page.remark = form.remark;
            page.errors.add("remark", text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

fn done(id: UrgentId, text: &'static str) -> Response {
    go(&format!("/urgent/{id}"), text)
}
