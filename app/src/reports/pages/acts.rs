//! What people do with a report: begin it, count it, hand it in, return it, accept it, amend it.

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::show::ReportPage;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{RegimeId, ReportId, UnitId};
use crate::reports;
use crate::web::visitor::go;
use crate::web::{Form, Nothing, Visitor};

#[derive(Deserialize)]
pub(super) struct Begin {
    regime: RegimeId,
    unit: UnitId,
    year: i32,
}

#[derive(Deserialize)]
pub(super) struct Seen {
    seen: String,
}

#[derive(Deserialize)]
pub(super) struct Remarks {
    #[serde(default)]
    remarks: String,
}

pub(super) async fn open(
    Of(app): Of<App>,
    person: Person,
    Form(form): Form<Begin>,
) -> Result<Response, Failure> {
    let (id, new) = reports::open(&app, &person, (form.regime, form.unit, form.year)).await?;
    if new {
        return Ok(done(id, "reports-begun"));
    }
    Ok(Redirect::to(&format!("/reports/{id}")).into_response())
}

pub(super) async fn recount(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<ReportId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    reports::recount(&app, &person, id).await?;
    Ok(done(id, "reports-recounted"))
}

pub(super) async fn submit(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<ReportId>,
    Form(Seen { seen }): Form<Seen>,
) -> Result<Response, Failure> {
    reports::submit(&app, &person, id, Some(&seen)).await?;
    Ok(done(id, "reports-submitted"))
}

pub(super) async fn return_(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<ReportId>,
    Form(Remarks { remarks }): Form<Remarks>,
) -> Result<Response, Failure> {
    match reports::return_(&app, &person, id, &remarks).await {
        Ok(()) => Ok(done(id, "reports-returned")),
        Err(Failure::Invalid(text)) => {
            let mut page = ReportPage::of(&app, &visitor, &person, id).await?;
            page.remarks = remarks;
            page.errors.add("remarks", text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn accept(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<ReportId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    reports::accept(&app, &person, id).await?;
    Ok(done(id, "reports-accepted"))
}

pub(super) async fn amend(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<ReportId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    let new = reports::amend(&app, &person, id).await?;
    Ok(done(new, "reports-amendment-begun"))
}

/// Back to the report, where the text is said once.
pub(super) fn done(id: ReportId, text: &'static str) -> Response {
    go(&format!("/reports/{id}"), text)
}
