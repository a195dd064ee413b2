//! One plan, and what people do with it: confirm it, withdraw its draft, take the original.

use axum::extract::{Path, State as Of};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::review::ReviewPage;
use super::show::PlanPage;
use crate::accounts::Person;
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::PlanId;
use crate::plans::{self, State};
use crate::web::visitor::go;
use crate::web::{Form, Nothing, Visitor};

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<PlanId>,
) -> Result<Response, Failure> {
    let plan = plans::get(&app, &person, id).await?;
    Ok(match plan.state.parse()? {
        State::Draft => ReviewPage::of(&app, &visitor, &person, id)
            .await?
            .into_response(),
        State::Live | State::Superseded => PlanPage::of(&app, &visitor, &person, plan)
            .await?
            .into_response(),
    })
}

pub(super) async fn confirm(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<PlanId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    let live = match plans::confirm(&app, &person, id).await {
        Ok(live) => live,
        Err(Failure::Invalid("plans-undecided")) => {
            let mut page = ReviewPage::of(&app, &visitor, &person, id).await?;
            page.refused = true;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(failure) => return Err(failure),
    };
    let text = if live == id {
        "plans-now-live"
    } else {
        "plans-now-corrected"
    };
    Ok(go(&format!("/plans/{live}"), text))
}

pub(super) async fn withdraw(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<PlanId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    plans::withdraw(&app, &person, id).await?;
    Ok(go("/plans", "plans-withdrawn"))
}

/// The original, byte for byte.
pub(super) async fn file(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<PlanId>,
) -> Result<Response, Failure> {
    let plan = plans::get(&app, &person, id).await?;
    original(&app, &plan.file_name, &plan.file_sha256).await
}

/// The clause tree as text, which reads back as the same tree.
pub(super) async fn tree(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<PlanId>,
) -> Result<Response, Failure> {
    let plan = plans::get(&app, &person, id).await?;
    let text = loa_plan::print::tree(&plans::reading(&plan)?);
    Ok(download("text/plain; charset=utf-8", "ke-hoach.txt", text))
}

/// The plan as Akoma Ntoso 3.0.
pub(super) async fn akn(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<PlanId>,
) -> Result<Response, Failure> {
    let plan = plans::get(&app, &person, id).await?;
    let made = local_day(app.clock.now());
    let xml = loa_plan::akn::xml(&plans::reading(&plan)?, &loa_plan::akn::Options { made });
    Ok(download("application/akn+xml", "ke-hoach.akn.xml", xml))
}

fn download(media_type: &'static str, name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, attachment(name)),
    ];
    (headers, text).into_response()
}

/// A file under the name it came with.
pub(super) async fn original(app: &App, name: &str, sha256: &str) -> Result<Response, Failure> {
    let bytes = app.files.get(sha256).await?;
    let media_type = mime_guess::from_path(name).first_or_octet_stream();
    let headers = [
        (header::CONTENT_TYPE, media_type.essence_str().to_owned()),
        (header::CONTENT_DISPOSITION, attachment(name)),
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
            encoded.push('%');
            encoded.push_str(&hex::encode_upper([byte]));
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}
