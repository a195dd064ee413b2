//! Stories for programs, under `/api/v1`. The `ETag` of a story says which text and sound was seen;
//! whatever changes a story brings it back as `If-Match`.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State as Of};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::answers::{LineJson, StoryJson};
use super::draft::{Draft, NotSaved};
use super::story::{Seen, Story};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::StoryId;
use crate::web::Lang;
use crate::web::api::{Caller, refuse};
use crate::web::etag;

const PAGE: u64 = 100;

/// A body, or why it could not be read.
type Body<T> = Result<Json<T>, JsonRejection>;

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/stories", get(list).post(create))
        .route("/stories/{id}", get(show).put(save))
        .route("/stories/{id}/submission", post(submit))
        .route("/stories/{id}/approval", post(approve))
        .route("/stories/{id}/return", post(return_))
}

#[derive(Deserialize)]
struct Filter {
    state: Option<String>,
    #[serde(default)]
    page: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Consent {
    /// The person listened to the sound of the `ETag`.
    heard: bool,
}

/// `GET /stories?state=submitted&page=0`: a hundred at a time, last changed first.
async fn list(
    Of(app): Of<App>,
    Caller(person): Caller,
    Query(filter): Query<Filter>,
) -> Result<Json<serde_json::Value>, Failure> {
    let state = filter.state.as_deref().map(str::parse).transpose()?;
    let (lines, total) = super::list(&app, &person, state, filter.page, PAGE).await?;
    let stories: Vec<LineJson> = lines.into_iter().map(LineJson::from).collect();
    let next =
        (filter.page.saturating_add(1).saturating_mul(PAGE) < total).then(|| filter.page + 1);
    Ok(Json(
        json!({"stories": stories, "total": total, "next": next}),
    ))
}

async fn create(
    Of(app): Of<App>,
    Caller(person): Caller,
    headers: HeaderMap,
    body: Body<Draft>,
) -> Result<Response, Failure> {
    let draft = match body {
        Ok(Json(draft)) => draft,
        Err(unread) => return Ok(unreadable(&headers, &unread)),
    };
    match super::create(&app, &person, &draft).await {
        Ok(id) => {
            let story = super::get(&app, &person, id).await?;
            let location = [(header::LOCATION, format!("/api/v1/stories/{id}"))];
            Ok((StatusCode::CREATED, location, answer(story)).into_response())
        }
        Err(error) => not_saved(&headers, error),
    }
}

async fn show(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<StoryId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let story = super::get(&app, &person, id).await?;
    let tag = tag(&story);
    if etag::has(&headers, &tag) {
        return Ok(etag::unchanged(tag));
    }
    Ok(answer(story))
}

async fn save(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<StoryId>,
    headers: HeaderMap,
    body: Body<Draft>,
) -> Result<Response, Failure> {
    let draft = match body {
        Ok(Json(draft)) => draft,
        Err(unread) => return Ok(unreadable(&headers, &unread)),
    };
    let seen = match seen(&app, &person, id, &headers).await? {
        Ok(seen) => seen,
        Err(refused) => return Ok(refused),
    };
    match super::save(&app, &person, id, &seen, &draft).await {
        Ok(()) => Ok(answer(super::get(&app, &person, id).await?)),
        Err(error) => not_saved(&headers, error),
    }
}

async fn submit(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<StoryId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let seen = match seen(&app, &person, id, &headers).await? {
        Ok(seen) => seen,
        Err(refused) => return Ok(refused),
    };
    super::submit(&app, &person, id, &seen).await?;
    Ok(answer(super::get(&app, &person, id).await?))
}

async fn approve(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<StoryId>,
    headers: HeaderMap,
    body: Body<Consent>,
) -> Result<Response, Failure> {
    let consent = match body {
        Ok(Json(consent)) => consent,
        Err(unread) => return Ok(unreadable(&headers, &unread)),
    };
    let seen = match seen(&app, &person, id, &headers).await? {
        Ok(seen) => seen,
        Err(refused) => return Ok(refused),
    };
    super::approve(&app, &person, id, &seen, consent.heard).await?;
    Ok(answer(super::get(&app, &person, id).await?))
}

async fn return_(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<StoryId>,
    headers: HeaderMap,
    body: Body<Reason>,
) -> Result<Response, Failure> {
    let reason = match body {
        Ok(Json(Reason { reason })) => reason,
        Err(unread) => return Ok(unreadable(&headers, &unread)),
    };
    let seen = match seen(&app, &person, id, &headers).await? {
        Ok(seen) => seen,
        Err(refused) => return Ok(refused),
    };
    super::return_(&app, &person, id, &seen, &reason).await?;
    Ok(answer(super::get(&app, &person, id).await?))
}

fn answer(story: Story) -> Response {
    ([(header::ETAG, tag(&story))], Json(StoryJson::from(story))).into_response()
}

/// Names exactly what was seen.
fn tag(story: &Story) -> String {
    let changed = story.version.updated_at.timestamp_millis();
    let radio = story.radio.as_ref();
    let sound = radio.map_or("none", |radio| {
        radio.sound_sha256.as_deref().unwrap_or(&radio.sound_state)
    });
    format!(
        "\"{}.{changed}.{}.{sound}\"",
        story.version.id,
        story.state.name()
    )
}

/// What the program saw, by its `If-Match`; refused when that is missing (428) or no longer so
/// (412), after those who may not see the story got their 404.
async fn seen(
    app: &App,
    person: &Person,
    id: StoryId,
    headers: &HeaderMap,
) -> Result<Result<Seen, Response>, Failure> {
    let story = super::get(app, person, id).await?;
    let Some(known) = headers.get(header::IF_MATCH) else {
        return Ok(Err(refuse(
            StatusCode::PRECONDITION_REQUIRED,
            "stories-if-match",
        )));
    };
    if known.as_bytes() != tag(&story).as_bytes() {
        return Ok(Err(refuse(
            StatusCode::PRECONDITION_FAILED,
            "stories-changed",
        )));
    }
    Ok(Ok(story.seen()))
}

/// Every wrong field with its message, as RFC 9457 lets a problem say more.
fn not_saved(headers: &HeaderMap, error: NotSaved) -> Result<Response, Failure> {
    let errors = match error {
        NotSaved::Fields(errors) => errors,
        NotSaved::Failure(failure) => return Err(failure),
    };
    let lang = lang(headers);
    let fields: Vec<_> = errors
        .all()
        .iter()
        .map(|(field, text)| json!({"field": field, "code": text, "detail": lang.t(text)}))
        .collect();
    let body = json!({
        "type": "about:blank#stories-invalid",
        "title": lang.t("stories-invalid"),
        "status": 422,
        "errors": fields,
    });
    Ok(problem(StatusCode::UNPROCESSABLE_ENTITY, &body))
}

/// What was sent is no JSON of ours: where and why, in the parser's words.
fn unreadable(headers: &HeaderMap, unread: &JsonRejection) -> Response {
    let body = json!({
        "type": "about:blank#stories-json",
        "title": lang(headers).t("stories-json"),
        "status": unread.status().as_u16(),
        "detail": unread.body_text(),
    });
    problem(unread.status(), &body)
}

fn problem(status: StatusCode, body: &serde_json::Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, body.to_string()).into_response()
}

fn lang(headers: &HeaderMap) -> Lang {
    let wanted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Lang::parse(wanted.and_then(|value| value.get(..2)).unwrap_or_default())
}
