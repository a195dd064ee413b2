//! The lexicon for programs, under `/api/v1`. The `ETag` of an entry says which version was seen;
//! who changes it brings it back as `If-Match`.

use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use sea_orm::EntityTrait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::entity::entry;
use super::entry::Entry;
use super::in_force::{in_force, rows};
use super::pages::TEXT_LIMIT;
use super::write::{NotKept, create, remove, save};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::EntryId;
use crate::web::Lang;
use crate::web::api::{Caller, Sent, refuse, rule};
use crate::web::etag;

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/lexicon", get(list).post(add))
        .route("/lexicon/reading", post(read))
        .route("/lexicon/{id}", get(show).put(change).delete(take_away))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
}

/// `GET /lexicon`: all entries of the province; the `ETag` is the number of the whole lexicon.
async fn list(
    Of(app): Of<App>,
    Caller(_): Caller,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let tag = format!("\"{}\"", in_force(&app).await?.version);
    if etag::has(&headers, &tag) {
        return Ok(etag::unchanged(tag));
    }
    let entries: Vec<Value> = rows(&app.db).await?.iter().map(shown).collect();
    Ok(([(header::ETAG, tag)], Json(json!({ "entries": entries }))).into_response())
}

/// `POST /lexicon/reading`: a text as it is read, with the place of each piece, the rule that read
/// it and the entry it followed; the province's have an `id`.
async fn read(
    Of(app): Of<App>,
    Caller(_): Caller,
    Sent { body, lang }: Sent<Text>,
) -> Result<Response, Failure> {
    if body.text.chars().count() > TEXT_LIMIT {
        return Ok(rule(lang, "lexicon-text-long", "", &json!({})));
    }
    let lexicon = in_force(&app).await?;
    Ok(Json(reading(&lexicon, &body.text)).into_response())
}

/// A reading as JSON: what `loa say --json` prints too.
pub(crate) fn reading(lexicon: &super::InForce, text: &str) -> Value {
    let pieces: Vec<Value> = lexicon
        .explain(text)
        .iter()
        .map(|piece| {
            let mut json = json!(piece);
            let entry = piece.entry.as_ref().and_then(|used| lexicon.entry(used));
            if let (Some(entry), Some(fields)) = (entry, json["entry"].as_object_mut()) {
                fields.insert("id".to_owned(), json!(entry));
            }
            json
        })
        .collect();
    json!({ "text": lexicon.speak(text).text(), "pieces": pieces })
}

async fn add(
    Of(app): Of<App>,
    Caller(person): Caller,
    Sent { body, lang }: Sent<Entry>,
) -> Result<Response, Failure> {
    match create(&app, &person, &body).await {
        Ok(id) => {
            let location = [(header::LOCATION, format!("/api/v1/lexicon/{id}"))];
            Ok((StatusCode::CREATED, location, answer(&app, id).await?).into_response())
        }
        Err(error) => not_kept(lang, error),
    }
}

async fn show(
    Of(app): Of<App>,
    Caller(_): Caller,
    Path(id): Path<EntryId>,
) -> Result<Response, Failure> {
    answer(&app, id).await
}

async fn change(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<EntryId>,
    headers: HeaderMap,
    Sent { body, lang }: Sent<Entry>,
) -> Result<Response, Failure> {
    let Some(seen) = seen(&headers) else {
        return Ok(unseen());
    };
    match save(&app, &person, id, seen, &body).await {
        Ok(()) => answer(&app, id).await,
        Err(error) => not_kept(lang, error),
    }
}

async fn take_away(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<EntryId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    match seen(&headers) {
        Some(seen) => taken_away(&app, &person, id, seen).await,
        None => Ok(unseen()),
    }
}

async fn taken_away(
    app: &App,
    person: &Person,
    id: EntryId,
    seen: i64,
) -> Result<Response, Failure> {
    match remove(app, person, id, seen).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(failure) => changed(failure),
    }
}

async fn answer(app: &App, id: EntryId) -> Result<Response, Failure> {
    let row = entry::Entity::find_by_id(id).one(&app.db).await?;
    let row = row.ok_or(Failure::NotFound)?;
    let tag = [(header::ETAG, format!("\"{}\"", row.version))];
    Ok((tag, Json(shown(&row))).into_response())
}

fn shown(row: &entry::Model) -> Value {
    let mut json = json!(Entry::from(row));
    if let Some(fields) = json.as_object_mut() {
        fields.insert("id".to_owned(), json!(row.id));
        fields.insert("version".to_owned(), json!(row.version));
        fields.insert("changed_by".to_owned(), json!(row.changed_by));
        fields.insert("changed_at".to_owned(), json!(row.changed_at));
    }
    json
}

/// The version in `If-Match`.
fn seen(headers: &HeaderMap) -> Option<i64> {
    let version = headers.get(header::IF_MATCH)?.to_str().ok()?;
    version.trim_matches('"').parse().ok()
}

/// Without it nothing is changed.
fn unseen() -> Response {
    refuse(StatusCode::PRECONDITION_REQUIRED, "lexicon-if-match")
}

/// What was seen is no longer so: 412, as `If-Match` asks for.
fn changed(failure: Failure) -> Result<Response, Failure> {
    match failure {
        Failure::Conflict("lexicon-gone") => Err(Failure::NotFound),
        Failure::Conflict(text) => Ok(refuse(StatusCode::PRECONDITION_FAILED, text)),
        other => Err(other),
    }
}

fn not_kept(lang: Lang, error: NotKept) -> Result<Response, Failure> {
    match error {
        NotKept::Fields(errors) => {
            let fields: Vec<Value> = errors
                .all()
                .iter()
                .map(|(field, text)| json!({"field": field, "code": text, "detail": lang.t(text)}))
                .collect();
            Ok(rule(
                lang,
                "lexicon-invalid",
                "",
                &json!({ "errors": fields }),
            ))
        }
        NotKept::Taken(known) => {
            let more = json!({ "entry": known });
            Ok(rule(lang, "lexicon-taken", "", &more))
        }
        NotKept::Failure(failure) => changed(failure),
    }
}
