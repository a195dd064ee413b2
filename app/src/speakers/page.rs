//! Areas and their loudspeakers: how they are, what they refused, codes for new ones.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use loa_air::Status;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;
use serde_json::{Value, json};

use super::entity::{refusal, speaker};
use super::{Code, issue_code, last_status, revoke};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{AreaId, SpeakerId};
use crate::outlets::areas;
use crate::outlets::entity::area;
use crate::web::api::{Caller, Sent};
use crate::web::visitor::say;
use crate::web::{Form, Shell, Visitor};

/// A speaker that was silent for so many of its rounds, and for at least five minutes, is away.
const ROUNDS: i32 = 4;
const AWAY: TimeDelta = TimeDelta::minutes(5);
/// So many refusals are shown, the newest first.
const SHOWN: usize = 3;
const READ: u64 = 1000;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/speakers", get(list))
        .route("/speakers/codes", post(make_code))
        .route("/speakers/{id}/revocation", post(take_off))
}

/// What programs may ask of this slice, under `/api/v1`.
pub fn api() -> Router<App> {
    Router::new()
        .route("/speakers", get(list_json))
        .route("/speakers/codes", post(make_code_json))
}

#[derive(Template, WebTemplate)]
#[template(path = "speakers/list.html")]
struct SpeakersPage {
    shell: Shell,
    areas: Vec<AreaShown>,
    /// A code that was just made; shown this once.
    code: Option<Code>,
    url: String,
}

struct AreaShown {
    area: area::Model,
    may: bool,
    speakers: Vec<SpeakerShown>,
}

struct SpeakerShown {
    speaker: speaker::Model,
    away: bool,
    status: Option<Status>,
    refusals: Vec<refusal::Model>,
}

#[derive(Deserialize)]
struct CodeForm {
    area: AreaId,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Nothing {}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
) -> Result<SpeakersPage, Failure> {
    page(&app, &visitor, &person, None).await
}

/// Answers with the page itself, since the code is never to be had again.
async fn make_code(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<CodeForm>,
) -> Result<SpeakersPage, Failure> {
    let code = issue_code(&app, &person, form.area, &form.name).await?;
    page(&app, &visitor, &person, Some(code)).await
}

async fn take_off(
    State(app): State<App>,
    person: Person,
    Path(id): Path<SpeakerId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    revoke(&app, &person, id).await?;
    let mut response = Redirect::to("/speakers").into_response();
    say(&mut response, "speakers-revoked");
    Ok(response)
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
    Sent { body, .. }: Sent<CodeForm>,
) -> Result<(StatusCode, Json<Value>), Failure> {
    let code = issue_code(&app, &person, body.area, &body.name).await?;
    let answer = json!({ "code": code.text, "expires_at": code.expires_at });
    Ok((StatusCode::CREATED, Json(answer)))
}

async fn page(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    code: Option<Code>,
) -> Result<SpeakersPage, Failure> {
    Ok(SpeakersPage {
        shell: Shell::of(visitor),
        areas: shown(app, person).await?,
        code,
        url: app.config.url(),
    })
}

/// The areas a person sees, with their speakers and what those refused of late.
async fn shown(app: &App, person: &Person) -> Result<Vec<AreaShown>, Failure> {
    let now = app.clock.now();
    let areas = areas(&app.db, person, Right::Read).await?;
    let rows = speaker::Entity::find()
        .filter(speaker::Column::AreaId.is_in(areas.iter().map(|area| area.id)))
        .order_by_asc(speaker::Column::Id)
        .all(&app.db)
        .await?;
    let refused = refusal::Entity::find()
        .filter(refusal::Column::SpeakerId.is_in(rows.iter().map(|row| row.id)))
        .order_by_desc(refusal::Column::At)
        .limit(READ)
        .all(&app.db)
        .await?;
    let patience = Ord::max(
        TimeDelta::seconds(i64::from(app.config.air.poll_seconds)) * ROUNDS,
        AWAY,
    );
    let mut speakers: Vec<SpeakerShown> = rows
        .into_iter()
        .map(|speaker| SpeakerShown {
            away: is_away(&speaker, now - patience),
            status: last_status(&speaker),
            refusals: refused
                .iter()
                .filter(|said| said.speaker_id == speaker.id)
                .take(SHOWN)
                .cloned()
                .collect(),
            speaker,
        })
        .collect();
    Ok(areas
        .into_iter()
        .map(|area| AreaShown {
            may: person.may(Right::Air, area.unit_id),
            speakers: speakers
                .extract_if(.., |one| one.speaker.area_id == area.id)
                .collect(),
            area,
        })
        .collect())
}

fn is_away(speaker: &speaker::Model, since: DateTime<Utc>) -> bool {
    speaker.seen_at.is_none_or(|seen| seen < since)
}

impl SpeakerShown {
    fn json(&self) -> Value {
        let refusals: Vec<Value> = self
            .refusals
            .iter()
            .map(|said| {
                json!({
                    "at": said.at, "what": said.what, "reason": said.reason, "detail": said.detail,
                })
            })
            .collect();
        json!({
            "id": self.speaker.id, "area": self.speaker.area_id, "name": self.speaker.name,
            "enrolled_at": self.speaker.enrolled_at, "seen_at": self.speaker.seen_at,
            "revoked_at": self.speaker.revoked_at, "away": self.away, "status": self.status,
            "refusals": refusals,
        })
    }

    /// The look and the text of its state.
    fn tag(&self) -> (&'static str, &'static str) {
        let playing = self
            .status
            .as_ref()
            .is_some_and(|status| status.state == loa_air::State::Playing);
        if self.speaker.revoked_at.is_some() {
            ("tag-withdrawn", "speakers-is-revoked")
        } else if self.speaker.seen_at.is_none() {
            ("tag-planned", "speakers-never")
        } else if self.away {
            ("tag-failed", "speakers-away")
        } else if playing {
            ("tag-delivered", "speakers-playing")
        } else {
            ("tag-proven", "speakers-online")
        }
    }
}

impl SpeakersPage {
    /// What was refused, and why, in words.
    fn refused(&self, said: &refusal::Model) -> String {
        let what = if said.what == "sound" {
            "speakers-refused-sound"
        } else {
            "speakers-refused-manifest"
        };
        let reason = self.shell.t(&format!("speakers-reason-{}", said.reason));
        self.shell.tv(what, reason)
    }
}
