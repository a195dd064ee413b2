//! The pages of outlets: how each is reached, and trying again.

mod api;
mod form;
mod pick;

use axum::Router;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum::routing::{get, post};

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::DeliveryId;
use crate::web::visitor::go;
use crate::web::{Form, Nothing};

pub use api::api;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/outlets/new", get(pick::show))
        .route(
            "/outlets/new/{connector}",
            get(form::begin).post(form::create),
        )
        .route("/outlets/{id}/edit", get(form::edit).post(form::save))
        .route("/deliveries/{id}/retry", post(retry))
}

async fn retry(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<DeliveryId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    super::retry(&app, &person, id).await?;
    Ok(go(&format!("/deliveries/{id}"), "deliveries-retried"))
}
