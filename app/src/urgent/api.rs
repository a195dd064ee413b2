//! Urgent messages for programs, under `/api/v1`. A program may ask for one and watch it; that a
//! second person heard it is said by that person's own token.

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Message, heard};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{UrgentId, VersionId};
use crate::stories::{NotSaved, Seen};
use crate::web::api::{Caller, Sent, rule};

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/urgent", get(list).post(ask))
        .route("/urgent/{id}", get(show))
        .route("/urgent/{id}/sending", post(send))
        .route("/urgent/{id}/cancellation", post(cancel))
        .route("/urgent/{id}/review", post(review))
}

/// What was seen and heard, as `GET /urgent/{id}` tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Consent {
    version: VersionId,
    updated_at: DateTime<Utc>,
    sound: Option<String>,
    heard: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    remark: String,
}

async fn list(Of(app): Of<App>, Caller(person): Caller) -> Result<Json<Value>, Failure> {
    let messages = super::list(&app, &person).await?;
    let messages: Vec<Value> = messages.iter().map(brief).collect();
    Ok(Json(json!({ "urgent": messages })))
}

async fn ask(
    Of(app): Of<App>,
    Caller(person): Caller,
    Sent { lang, body }: Sent<Asked>,
) -> Result<Response, Failure> {
    match super::ask(&app, &person, &body).await {
        Ok(id) => Ok((StatusCode::CREATED, answer(&app, &person, id).await?).into_response()),
        Err(NotSaved::Fields(errors)) => {
            let fields: Vec<Value> = errors
                .all()
                .iter()
                .map(|(field, text)| json!({ "field": field, "message": lang.t(text) }))
                .collect();
            Ok(rule(lang, "form-errors", "", &json!({ "errors": fields })))
        }
        Err(NotSaved::Failure(failure)) => Err(failure),
    }
}

async fn show(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<UrgentId>,
) -> Result<Json<Value>, Failure> {
    answer(&app, &person, id).await
}

async fn send(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<UrgentId>,
    Sent { body, .. }: Sent<Consent>,
) -> Result<Json<Value>, Failure> {
    let seen = Seen {
        version: body.version,
        updated_at: body.updated_at,
        sound: body.sound,
    };
    super::send(&app, &person, id, &seen, body.heard).await?;
    answer(&app, &person, id).await
}

async fn cancel(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<UrgentId>,
) -> Result<Json<Value>, Failure> {
    super::cancel(&app, &person, id).await?;
    answer(&app, &person, id).await
}

async fn review(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<UrgentId>,
    Sent { body, .. }: Sent<Remark>,
) -> Result<Json<Value>, Failure> {
    super::review(&app, &person, id, &body.remark).await?;
    answer(&app, &person, id).await
}

/// A message with who has heard it.
async fn answer(app: &App, person: &Person, id: UrgentId) -> Result<Json<Value>, Failure> {
    let message = super::get(app, person, id).await?;
    let mut value = brief(&message);
    let areas: Vec<Value> = heard(app, &message)
        .await?
        .iter()
        .map(|one| {
            let speakers = one.speakers.iter();
            let speakers: Vec<Value> = speakers
                .map(|(speaker, at)| json!({ "id": speaker.id, "name": speaker.name, "heard_at": at }))
                .collect();
            json!({ "id": one.area.id, "name": one.area.name, "speakers": speakers })
        })
        .collect();
    value["areas"] = areas.into();
    Ok(Json(value))
}

fn brief(message: &Message) -> Value {
    let (row, story) = (&message.row, &message.story);
    let radio = story.radio.as_ref();
    json!({
        "id": row.id, "story": row.story_id, "title": story.version.title,
        "stage": message.stage.name(), "minutes": row.minutes, "times": row.times,
        "version": story.version.id, "updated_at": story.version.updated_at,
        "sound": radio.and_then(|radio| radio.sound_sha256.as_deref()),
        "asked_by": row.asked_by, "asked_at": row.asked_at, "sent_by": row.sent_by,
        "sent_at": row.sent_at, "until_at": row.until_at, "cancelled_at": row.cancelled_at,
        "reviewed_at": row.reviewed_at, "remark": row.remark,
    })
}
