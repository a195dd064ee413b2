//! Reports for programs, under `/api/v1`.

use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::board::{Owed, board};
use super::content::Content;
use super::ranges;
use super::regimes;
use super::report::{self, Report};
use crate::accounts::Person;
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{RegimeId, ReportId, UnitId};
use crate::web::api::{Caller, Sent};

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/reports", get(list).post(create))
        .route("/reports/{id}", get(show))
        .route("/reports/{id}/figures", post(recount))
        .route("/reports/{id}/submission", post(submit))
        .route("/reports/{id}/return", post(return_))
        .route("/reports/{id}/acceptance", post(accept))
        .route("/reports/{id}/amendment", post(amend))
}

#[derive(Deserialize)]
struct Asked {
    regime: Option<RegimeId>,
    year: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Begin {
    regime: RegimeId,
    unit: UnitId,
    year: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Submission {
    seen: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Return {
    remarks: String,
}

/// `GET /reports?regime=1&year=2026`: who owes a report of a year, and how it stands; of the year
/// that is reported on now, and under the newest regime, unless told otherwise.
async fn list(
    Of(app): Of<App>,
    Caller(person): Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Failure> {
    let known = regimes::list(&app.db).await?;
    let regime = match asked.regime {
        Some(id) => known.iter().find(|regime| regime.row.id == id),
        None => known.first(),
    };
    let regime = regime.ok_or(Failure::NotFound)?;
    let over = regime.rule.over(local_day(app.clock.now()));
    let year = asked.year.or(over.map(|over| over.year));
    let year = year.ok_or(Failure::NotFound)?;
    let period = regime.rule.period(year).ok_or(Failure::NotFound)?;
    let owed = board(&app, &person, regime, year).await?;
    let reports: Vec<Value> = owed.iter().map(line).collect();
    Ok(Json(json!({
        "regime": regime.row.id, "plan": regime.row.plan_id, "year": year, "from": period.from,
        "to": period.to, "last_day": period.last_day, "reports": reports,
    })))
}

/// Begins a report (201), or answers the newest version there is (200).
async fn create(
    Of(app): Of<App>,
    Caller(person): Caller,
    Sent { body, .. }: Sent<Begin>,
) -> Result<Response, Failure> {
    let (id, new) = report::open(&app, &person, (body.regime, body.unit, body.year)).await?;
    let status = if new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(answer(&app, &person, id).await?)).into_response())
}

/// A report with its figures and the entries behind each.
async fn show(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<ReportId>,
) -> Result<Json<Value>, Failure> {
    Ok(Json(answer(&app, &person, id).await?))
}

async fn recount(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<ReportId>,
) -> Result<Json<Value>, Failure> {
    super::recount(&app, &person, id).await?;
    Ok(Json(answer(&app, &person, id).await?))
}

/// `{}`, or `{"seen": "…"}` with the mark of what was read: then it is refused when it changed.
async fn submit(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<ReportId>,
    Sent { body, .. }: Sent<Submission>,
) -> Result<Json<Value>, Failure> {
    super::submit(&app, &person, id, body.seen.as_deref()).await?;
    Ok(Json(answer(&app, &person, id).await?))
}

async fn return_(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<ReportId>,
    Sent { body, .. }: Sent<Return>,
) -> Result<Json<Value>, Failure> {
    super::return_(&app, &person, id, &body.remarks).await?;
    Ok(Json(answer(&app, &person, id).await?))
}

async fn accept(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<ReportId>,
) -> Result<Json<Value>, Failure> {
    super::accept(&app, &person, id).await?;
    Ok(Json(answer(&app, &person, id).await?))
}

async fn amend(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<ReportId>,
) -> Result<Response, Failure> {
    let new = super::amend(&app, &person, id).await?;
    let body = Json(answer(&app, &person, new).await?);
    Ok((StatusCode::CREATED, body).into_response())
}

async fn answer(app: &App, person: &Person, id: ReportId) -> Result<Value, Failure> {
    let report: Report = report::get(app, person, id).await?;
    let content: Content = report.content(&app.db).await?;
    let figures: Vec<Value> = content
        .figures
        .iter()
        .map(|figure| {
            let evidence = ranges::read(&figure.evidence).unwrap_or_default();
            json!({
                "code": figure.code, "value": figure.value, "name": figure.name,
                "evidence": evidence,
            })
        })
        .collect();
    let row = &report.row;
    Ok(json!({
        "id": id, "regime": row.regime_id, "unit": row.unit_id, "year": row.year,
        "version": row.version, "state": report.state.name(), "from": row.period_from,
        "to": row.period_to, "last_day": report.period.last_day, "remarks": row.remarks,
        "sha256": row.sha256, "submitted_at": row.submitted_at, "accepted_at": row.accepted_at,
        "ledger": content.ledger, "figures": figures, "narrative": content.narrative,
        "seen": content.seen()?,
    }))
}

fn line(owed: &Owed) -> Value {
    json!({
        "unit": owed.unit, "name": owed.unit_name, "report": owed.report.map(|(id, _)| id),
        "state": owed.report.map(|(_, state)| state.name()), "handed_in": owed.handed_in,
        "late": owed.late(),
    })
}
