//! Plans for programs, under `/api/v1`.

mod elements;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Query, State as Of};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use loa_plan::{MAX_BYTES, ReadError};
use serde::Deserialize;
use serde_json::{Value, json};

use super::entity::plan;
use super::import::{NotImported, fault, import_for};
use super::plan::Line;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{PlanId, UnitId};
use crate::web::Lang;
use crate::web::api::{Caller, rule};

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/plans", get(list).post(import))
        .route("/plans/{id}", get(show))
        .route("/plans/{id}/confirmation", post(confirm))
        .route("/plans/{id}/acceptance", post(elements::accept))
        .route(
            "/plans/{id}/elements",
            get(elements::list).post(elements::add),
        )
        .route("/plans/{id}/elements/{element}", get(elements::show))
        .route(
            "/plans/{id}/elements/{element}/decision",
            post(elements::decide),
        )
}

#[derive(Deserialize)]
struct Named {
    /// The file's name.
    name: String,
    /// The owner; the document's issuer when it is not given.
    unit: Option<UnitId>,
    /// The plan that it corrects, or `none`; found out when it is not given.
    #[serde(default)]
    corrects: String,
}

async fn list(Of(app): Of<App>, Caller(person): Caller) -> Result<Json<Value>, Failure> {
    let lines = super::list(&app, &person).await?;
    let plans: Vec<Value> = lines.iter().map(line).collect();
    Ok(Json(json!({ "plans": plans })))
}

async fn show(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<PlanId>,
) -> Result<Json<Value>, Failure> {
    let plan = super::get(&app, &person, id).await?;
    Ok(Json(whole(&plan)?))
}

/// `POST /plans?name=ke-hoach.docx&unit=7` with the document as body.
async fn import(
    Of(app): Of<App>,
    Caller(person): Caller,
    Query(Named {
        name,
        unit,
        corrects,
    }): Query<Named>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Failure> {
    let imported = match body {
        Ok(bytes) => {
            let corrects = corrects.parse()?;
            import_for(&app, &person, unit, corrects, (&name, &bytes)).await
        }
        Err(refused) if refused.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(NotImported::Unread(too_large(&headers)))
        }
        Err(_) => return Err(Failure::Invalid("error-form")),
    };
    let lang = lang(&headers);
    match imported {
        Ok(id) => {
            let plan = super::get(&app, &person, id).await?;
            let location = [(header::LOCATION, format!("/api/v1/plans/{id}"))];
            Ok((StatusCode::CREATED, location, Json(whole(&plan)?)).into_response())
        }
        Err(NotImported::Unread(error)) => {
            let more = json!({ "detail": fault(&error, lang) });
            Ok(rule(lang, "plans-unread", "", &more))
        }
        Err(NotImported::NoUnit) => {
            let more = json!({ "detail": lang.t("plans-unit-missing") });
            Ok(rule(lang, "plans-unread", "", &more))
        }
        Err(NotImported::Failure(failure)) => Err(failure),
    }
}

async fn confirm(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<PlanId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let live = match super::confirm(&app, &person, id).await {
        Ok(live) => live,
        Err(Failure::Invalid("plans-undecided")) => {
            return elements::undecided(&app, &person, id, lang(&headers)).await;
        }
        Err(failure) => return Err(failure),
    };
    let plan = super::get(&app, &person, live).await?;
    Ok(Json(whole(&plan)?).into_response())
}

fn line(line: &Line) -> Value {
    json!({
        "id": line.id, "state": line.state, "unit": line.unit_id, "title": line.title,
        "period": {"from": line.period_from, "to": line.period_to},
        "imported_at": line.imported_at, "confirmed_at": line.confirmed_at,
        "corrects": line.corrects,
    })
}

/// What was read, as `loa plan read --json` prints it, with what the store adds.
fn whole(plan: &plan::Model) -> Result<Value, Failure> {
    let mut body = json!({
        "id": plan.id, "state": plan.state, "unit": plan.unit_id, "file_name": plan.file_name,
        "file_sha256": plan.file_sha256, "imported_at": plan.imported_at,
        "confirmed_at": plan.confirmed_at, "version": plan.version, "corrects": plan.corrects,
    });
    let read: Value = serde_json::from_str(&plan.reading)?;
    if let (Some(body), Value::Object(read)) = (body.as_object_mut(), read) {
        body.extend(read);
    }
    Ok(body)
}

/// More than the server takes at all: its size is what the program announced.
fn too_large(headers: &HeaderMap) -> ReadError {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let megabytes = announced.unwrap_or(MAX_BYTES + 1).div_ceil(1024 * 1024);
    ReadError::TooLarge { megabytes }
}

fn lang(headers: &HeaderMap) -> Lang {
    let wanted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Lang::parse(wanted.and_then(|value| value.get(..2)).unwrap_or_default())
}
