//! Warnings for programs, under `/api/v1`: one is brought as it is (`application/cap+xml`), and watched.

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::{Warning, receive};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::WarningId;
use crate::web::api::{Brought, Caller, rule};

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/warnings", get(list).post(bring))
        .route("/warnings/{id}", get(show))
}

async fn list(Of(app): Of<App>, Caller(_): Caller) -> Result<Json<Value>, Failure> {
    let warnings = super::list(&app).await?;
    let warnings: Vec<Value> = warnings.iter().map(brief).collect();
    Ok(Json(json!({ "warnings": warnings })))
}

async fn show(
    Of(app): Of<App>,
    Caller(_): Caller,
    Path(id): Path<WarningId>,
) -> Result<Json<Value>, Failure> {
    let (warning, _) = super::get(&app, id).await?;
    Ok(Json(brief(&warning)))
}

/// Whoever brings it: only its signature counts. They are known, so that nobody can fill the list.
async fn bring(
    Of(app): Of<App>,
    Caller(person): Caller,
    Brought { lang, body }: Brought,
) -> Result<Response, Failure> {
    if !may_bring(&person) {
        return Err(Failure::Forbidden("error-right"));
    }
    let received = receive(&app, Some(person.id), &body).await?;
    if let Some(why) = &received.refused {
        let more = json!({ "warning": received.id, "where": received.detail });
        return Ok(rule(lang, why, "", &more));
    }
    let status = if received.new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let (warning, _) = super::get(&app, received.id).await?;
    Ok((status, Json(brief(&warning))).into_response())
}

fn may_bring(person: &Person) -> bool {
    person.may_somewhere(Right::Air) || person.may_somewhere(Right::Administer)
}

fn brief(warning: &Warning) -> Value {
    let row = &warning.row;
    json!({
        "id": row.id, "source": row.source_id, "sender": row.sender, "identifier": row.identifier,
        "sent_at": row.sent_at, "until_at": row.until_at, "kind": row.kind, "title": warning.title(),
        "stage": warning.stage.name(), "received_at": row.received_at, "refused": row.refused,
        "detail": row.detail, "ended_by": row.ended_by, "rule": row.rule_id, "held": row.held,
        "urgents": warning.urgents, "sha256": row.sha256,
    })
}
