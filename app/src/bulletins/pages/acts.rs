//! What people do with a bulletin: begin it, have its sounds made again, approve it, take it back.

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::show::BulletinPage;
use crate::accounts::Person;
use crate::app::App;
use crate::bulletins::{self, Seen};
use crate::error::Failure;
use crate::ids::{BulletinId, SlotId};
use crate::web::visitor::go;
use crate::web::{Form, Nothing, Visitor};

/// What the page showed, in hidden fields.
#[derive(Deserialize)]
pub(super) struct SeenFields {
    bulletin: BulletinId,
    updated_at: DateTime<Utc>,
}

#[derive(Deserialize)]
pub(super) struct ApprovalForm {
    bulletin: BulletinId,
    updated_at: DateTime<Utc>,
    whole: Option<String>,
    heard: Option<String>,
}

pub(super) async fn begin(
    Of(app): Of<App>,
    person: Person,
    Path(slot): Path<SlotId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    bulletins::begin(&app, &person, slot).await?;
    Ok(done(slot, "bulletins-begun"))
}

pub(super) async fn render_again(
    Of(app): Of<App>,
    person: Person,
    Path(slot): Path<SlotId>,
    Form(form): Form<SeenFields>,
) -> Result<Response, Failure> {
    let seen = Seen {
        bulletin: form.bulletin,
        updated_at: form.updated_at,
        whole: None,
    };
    bulletins::render_again(&app, &person, slot, &seen).await?;
    Ok(Redirect::to(&format!("/airtime/slots/{slot}/bulletin#order")).into_response())
}

pub(super) async fn approve(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(slot): Path<SlotId>,
    Form(form): Form<ApprovalForm>,
) -> Result<Response, Failure> {
    let seen = Seen {
        bulletin: form.bulletin,
        updated_at: form.updated_at,
        whole: form.whole,
    };
    match bulletins::approve(&app, &person, slot, &seen, form.heard.is_some()).await {
        Ok(()) => Ok(done(slot, "bulletins-approved")),
        Err(Failure::Invalid(text)) => {
            let mut page = BulletinPage::of(&app, &visitor, &person, slot).await?;
            page.errors.add("heard", text);
            page.order.error = Some(text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn withdraw(
    Of(app): Of<App>,
    person: Person,
    Path(slot): Path<SlotId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    bulletins::withdraw(&app, &person, slot).await?;
    Ok(done(slot, "bulletins-withdrawn"))
}

/// Back to the slot, where the text is said once.
pub(super) fn done(slot: SlotId, text: &'static str) -> Response {
    go(&format!("/airtime/slots/{slot}/bulletin"), text)
}
