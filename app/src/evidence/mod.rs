//! The ledger: what proves it.

pub mod entity;

use axum::Router;

use crate::app::App;

use crate::ids::DeliveryId;
use crate::jobs::Outcome;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}

/// What loudspeakers ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new()
}

/// What programs may ask of this slice, under `/api/v1`.
pub fn api() -> Router<App> {
    Router::new()
}

/// Fetches what a delivery left at its outlet and enters it in the ledger.
pub async fn prove(_app: &App, _delivery: DeliveryId) -> Outcome {
    Outcome::Fail("not yet".into())
}
