//! Bulletins for programs, under `/api/v1`. The `ETag` of what plays in a slot says which bulletin
//! with which sounds was seen; whatever changes it brings it back as `If-Match`.

use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use loa_air::Said;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bulletin, Desk, Draft, Entry, NotSaved, Playlist, Seen, desk};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::SlotId;
use crate::web::api::{Caller, Sent, refuse, rule};

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/slots/{slot}/bulletin", get(show).post(begin).put(save))
        .route("/slots/{slot}/bulletin/sounds", post(render_again))
        .route("/slots/{slot}/bulletin/approval", post(approve))
        .route("/slots/{slot}/bulletin/withdrawal", post(withdraw))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Consent {
    /// The person listened to the file of the `ETag`.
    heard: bool,
}

/// `GET /slots/{slot}/bulletin`: what loudspeakers get for a slot, and the newest bulletin.
async fn show(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(slot): Path<SlotId>,
) -> Result<Response, Failure> {
    answer(&app, &person, slot).await
}

/// `POST`: begins a bulletin, or answers the one that is begun.
async fn begin(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(slot): Path<SlotId>,
) -> Result<Response, Failure> {
    super::begin(&app, &person, slot).await?;
    let body = answer(&app, &person, slot).await?;
    Ok((StatusCode::CREATED, body).into_response())
}

/// `PUT`: its words, jingle, voice and order.
async fn save(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(slot): Path<SlotId>,
    headers: HeaderMap,
    Sent { lang, body }: Sent<Draft>,
) -> Result<Response, Failure> {
    let seen = match seen(&app, &person, slot, &headers).await? {
        Ok(seen) => seen,
        Err(refused) => return Ok(refused),
    };
    match super::save(&app, &person, slot, &seen, &body).await {
        Ok(()) => answer(&app, &person, slot).await,
        Err(NotSaved::Failure(failure)) => Err(failure),
        Err(NotSaved::Fields(errors)) => {
            let fields: Vec<Value> = errors
                .all()
                .iter()
                .map(|(field, text)| json!({ "field": field, "message": lang.t(text) }))
                .collect();
            Ok(rule(lang, "form-errors", "", &json!({ "errors": fields })))
        }
    }
}

async fn render_again(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(slot): Path<SlotId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    match seen(&app, &person, slot, &headers).await? {
        Ok(seen) => super::render_again(&app, &person, slot, &seen).await?,
        Err(refused) => return Ok(refused),
    }
    answer(&app, &person, slot).await
}

/// `POST /slots/{slot}/bulletin/approval` with `{"heard": true}`.
async fn approve(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(slot): Path<SlotId>,
    headers: HeaderMap,
    Sent { body, .. }: Sent<Consent>,
) -> Result<Response, Failure> {
    match seen(&app, &person, slot, &headers).await? {
        Ok(seen) => super::approve(&app, &person, slot, &seen, body.heard).await?,
        Err(refused) => return Ok(refused),
    }
    answer(&app, &person, slot).await
}

async fn withdraw(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(slot): Path<SlotId>,
) -> Result<Response, Failure> {
    super::withdraw(&app, &person, slot).await?;
    answer(&app, &person, slot).await
}

async fn answer(app: &App, person: &Person, slot: SlotId) -> Result<Response, Failure> {
    let desk = desk(app, person, slot).await?;
    let body = json!({
        "slot": slot, "area": desk.area.id,
        "starts_at": desk.slot.starts_at, "ends_at": desk.slot.ends_at,
        "on_air": { "number": desk.number, "playlist": playlist(&desk.on_air) },
        "bulletin": desk.newest.as_ref().map(|newest| bulletin(&desk, newest)),
    });
    Ok(([(header::ETAG, tag(&desk))], Json(body)).into_response())
}

fn bulletin(desk: &Desk, newest: &Bulletin) -> Value {
    let row = &newest.row;
    json!({
        "id": row.id, "number": row.number, "state": row.state, "detail": row.detail,
        "opening": row.opening, "closing": row.closing, "jingle": row.jingle,
        "voice": row.voice, "speed": row.speed, "stories": row.order(),
        "playlist": playlist(&desk.playlist()), "stale": desk.stale(),
        "whole_sha256": row.whole_sha256, "whole_ms": row.whole_ms,
        "author": row.author_id, "updated_at": row.updated_at,
        "approver": row.approver_id, "approved_at": row.approved_at, "sha256": row.sha256,
        "withdrawn_at": row.withdrawn_at,
    })
}

fn playlist(list: &Playlist) -> Value {
    json!({
        "entries": list.entries.iter().map(entry).collect::<Vec<_>>(),
        "left_out": list.left_out.iter().map(entry).collect::<Vec<_>>(),
        "length_ms": list.length_ms(), "slot_ms": list.slot_ms, "over_ms": list.over_ms(),
    })
}

fn entry(entry: &Entry) -> Value {
    let (delivery, part) = match entry.said {
        Said::Delivery(id) => (Some(id), None),
        Said::Part(id) => (None, Some(id)),
    };
    json!({
        "kind": entry.kind, "delivery": delivery, "part": part, "title": entry.title,
        "from_ms": entry.from_ms, "duration_ms": entry.sound.duration_ms,
        "sha256": entry.sound.sha256, "lufs": entry.sound.lufs,
    })
}

/// Names exactly what was seen.
fn tag(desk: &Desk) -> String {
    desk.newest
        .as_ref()
        .map_or("\"none\"".to_owned(), |newest| {
            let row = &newest.row;
            let whole = row.whole_sha256.as_deref().unwrap_or(&row.state);
            let changed = row.updated_at.timestamp_millis();
            format!("\"{}.{changed}.{whole}\"", row.id)
        })
}

/// What the program saw, by its `If-Match`; refused when that is missing (428) or no longer so
/// (412), after those who may not see the slot got their 404.
async fn seen(
    app: &App,
    person: &Person,
    slot: SlotId,
    headers: &HeaderMap,
) -> Result<Result<Seen, Response>, Failure> {
    let desk = desk(app, person, slot).await?;
    let newest = desk.newest.as_ref().ok_or(Failure::NotFound)?;
    let (status, message) = match headers.get(header::IF_MATCH) {
        None => (StatusCode::PRECONDITION_REQUIRED, "stories-if-match"),
        Some(known) if known.as_bytes() != tag(&desk).as_bytes() => {
            (StatusCode::PRECONDITION_FAILED, "bulletins-changed")
        }
        Some(_) => return Ok(Ok(newest.seen())),
    };
    Ok(Err(refuse(status, message)))
}
