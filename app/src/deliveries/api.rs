//! Deliveries for programs, under `/api/v1`.

use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use serde_json::{Value, json};

use super::entity::attempt;
use super::{Choice, Filter, Line, NotReleased};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{DeliveryId, ReleaseId, StoryId};
use crate::web::api::{Caller, Sent, rule};

const PAGE: u64 = 100;

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/deliveries", get(list))
        .route("/deliveries/{id}", get(show))
        .route("/stories/{id}/releases", post(create))
        .route("/releases/{id}/withdrawal", post(withdraw))
}

#[derive(Deserialize)]
struct Asked {
    state: Option<String>,
    story: Option<StoryId>,
    #[serde(default)]
    page: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Release {
    choices: Vec<Choice>,
}

/// `GET /deliveries?state=proven&story=1&page=0`: a hundred at a time, the newest release first.
async fn list(
    Of(app): Of<App>,
    Caller(person): Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Failure> {
    let filter = Filter {
        state: asked.state.as_deref().map(str::parse).transpose()?,
        story: asked.story,
    };
    let (lines, total) = super::list(&app, &person, filter, asked.page, PAGE).await?;
    let next = asked.page.saturating_add(1);
    let next = (next.saturating_mul(PAGE) < total).then_some(next);
    let deliveries: Vec<Value> = lines.iter().map(answer).collect();
    Ok(Json(
        json!({ "deliveries": deliveries, "total": total, "next": next }),
    ))
}

/// One delivery with its memory.
async fn show(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<DeliveryId>,
) -> Result<Json<Value>, Failure> {
    let line = super::get(&app, &person, id).await?;
    let attempts: Vec<Value> = attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.eq(id))
        .order_by_asc(attempt::Column::Id)
        .all(&app.db)
        .await?
        .iter()
        .map(|row| {
            json!({
                "at": row.at, "outcome": row.outcome, "answer": row.answer, "next_at": row.next_at,
            })
        })
        .collect();
    let mut delivery = answer(&line);
    delivery["attempts"] = attempts.into();
    Ok(Json(delivery))
}

/// `{"choices": [{"outlet": 1}, {"outlet": 2, "slot": 3}]}`: all of them or none. Sent again it
/// comes to the same release.
async fn create(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<StoryId>,
    Sent { lang, body }: Sent<Release>,
) -> Result<Response, Failure> {
    match super::release(&app, &person, id, &body.choices).await {
        Ok(release) => {
            let filter = Filter {
                story: Some(id),
                ..Filter::default()
            };
            let (lines, _) = super::list(&app, &person, filter, 0, PAGE).await?;
            let of_this = lines.iter().filter(|line| line.release.id == release);
            let deliveries: Vec<Value> = of_this.map(answer).collect();
            let body = json!({ "id": release, "deliveries": deliveries });
            Ok((StatusCode::CREATED, Json(body)).into_response())
        }
        Err(NotReleased::Rule(text, value)) => Ok(rule(lang, text, &value, &json!({}))),
        Err(NotReleased::Failure(failure)) => Err(failure),
    }
}

async fn withdraw(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<ReleaseId>,
) -> Result<Json<Value>, Failure> {
    let story = super::withdraw(&app, &person, id).await?;
    Ok(Json(json!({ "id": id, "story": story })))
}

fn answer(line: &Line) -> Value {
    let delivery = &line.delivery;
    json!({
        "id": delivery.id, "release": line.release.id, "story": line.release.story_id,
        "version": line.release.version_id, "sha256": line.release.sha256, "title": line.title,
        "outlet": line.outlet.id, "channel": line.outlet.kind, "slot": delivery.slot_id,
        "state": delivery.state().name(), "planned_at": delivery.planned_at,
        "sent_at": delivery.sent_at, "delivered_at": delivery.delivered_at,
        "proven_at": delivery.proven_at, "failure": delivery.failure,
    })
}
