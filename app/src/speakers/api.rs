//! What programs may ask of loudspeakers.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::issue_codes;
use super::orders::{ask_tone, set_volume};
use super::page::{SpeakerShown, shown};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{AreaId, SpeakerId};
use crate::web::api::{Caller, Sent};

/// What programs may ask of this slice, under `/api/v1`.
pub fn api() -> Router<App> {
    Router::new()
        .route("/speakers", get(list_json))
        .route("/speakers/codes", post(make_code_json))
        .route("/speakers/{id}/volume", post(change_volume_json))
        .route("/speakers/{id}/tone", post(sound_tone_json))
}

/// `{"area": 3, "name": "…", "count": 20}`: codes for an installer with a van full of loudspeakers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesAsked {
    area: AreaId,
    #[serde(default)]
    name: String,
    #[serde(default = "one")]
    count: usize,
}

fn one() -> usize {
    1
}

async fn list_json(State(app): State<App>, Caller(person): Caller) -> Result<Json<Value>, Failure> {
    let shown = shown(&app, &person).await?;
    let areas: Vec<Value> = shown
        .iter()
        .map(|shown| json!({ "id": shown.area.id, "name": shown.area.name }))
        .collect();
    let speakers = shown.iter().flat_map(|shown| &shown.speakers);
    let items: Vec<Value> = speakers.map(SpeakerShown::json).collect();
    Ok(Json(json!({ "speakers": items, "areas": areas })))
}

async fn make_code_json(
    State(app): State<App>,
    Caller(person): Caller,
    Sent { body, .. }: Sent<CodesAsked>,
) -> Result<(StatusCode, Json<Value>), Failure> {
    let codes = issue_codes(&app, &person, body.area, &body.name, body.count).await?;
    let first = codes.first().ok_or(Failure::Invalid("air-codes"))?;
    let texts: Vec<&str> = codes.iter().map(|code| code.text.as_str()).collect();
    let answer = json!({ "code": first.text, "codes": texts, "expires_at": first.expires_at });
    Ok((StatusCode::CREATED, Json(answer)))
}

/// `{"volume": 60}`; `null`: as it was set up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VolumeJson {
    volume: Option<u8>,
}

async fn change_volume_json(
    State(app): State<App>,
    Caller(person): Caller,
    Path(id): Path<SpeakerId>,
    Sent { body, .. }: Sent<VolumeJson>,
) -> Result<StatusCode, Failure> {
    set_volume(&app, &person, id, body.volume).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn sound_tone_json(
    State(app): State<App>,
    Caller(person): Caller,
    Path(id): Path<SpeakerId>,
) -> Result<(StatusCode, Json<Value>), Failure> {
    let tone = ask_tone(&app, &person, id).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "tone": tone }))))
}
