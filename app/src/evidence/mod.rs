//! Evidence: what proves that a delivery was seen or heard. The ledger is append-only and
//! hash-chained; coverage is counted from it, entry by entry.

mod body;
pub mod entity;
mod ledger;
mod tally;
mod walk;

use axum::Router;

use crate::app::App;
use crate::ids::DeliveryId;
use crate::jobs::Outcome;

pub use ledger::{Kind, Proof, append};
pub use tally::rebuild_coverage;
pub use walk::verify_ledger;

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
