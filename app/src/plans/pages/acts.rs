//! One plan, and what people do with it: confirm it, withdraw its draft, take the original.

use axum::extract::{Path, State as Of};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::review::ReviewPage;
use super::show::PlanPage;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::PlanId;
use crate::plans::{self, State};
use crate::web::visitor::say;
use crate::web::{Form, Visitor};

#[derive(Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<PlanId>,
) -> Result<Response, Failure> {
    let plan = plans::get(&app, &person, id).await?;
    match plan.state.parse()? {
        State::Draft => Ok(ReviewPage::of(&app, &visitor, plan).await?.into_response()),
        State::Live | State::Superseded => {
            Ok(PlanPage::of(&app, &visitor, plan).await?.into_response())
        }
    }
}

pub(super) async fn confirm(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<PlanId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    plans::confirm(&app, &person, id).await?;
    let mut response = Redirect::to(&format!("/plans/{id}")).into_response();
    say(&mut response, "plans-now-live");
    Ok(response)
}

pub(super) async fn withdraw(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<PlanId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    plans::withdraw(&app, &person, id).await?;
    let mut response = Redirect::to("/plans").into_response();
    say(&mut response, "plans-withdrawn");
    Ok(response)
}

/// The original, byte for byte.
pub(super) async fn file(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<PlanId>,
) -> Result<Response, Failure> {
    let plan = plans::get(&app, &person, id).await?;
    let bytes = app.files.get(&plan.file_sha256).await?;
    let media_type = mime_guess::from_path(&plan.file_name).first_or_octet_stream();
    let headers = [
        (header::CONTENT_TYPE, media_type.essence_str().to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&plan.file_name)),
    ];
    Ok((headers, bytes).into_response())
}

/// The name of a file for the browser's disk (RFC 6266, RFC 8187).
fn attachment(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}
