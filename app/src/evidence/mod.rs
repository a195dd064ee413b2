//! Evidence: what proves that a delivery was seen or heard. The ledger is append-only and
//! hash-chained; coverage is counted from it, entry by entry.

mod api;
mod asked;
mod body;
mod detail;
pub mod entity;
mod ledger;
mod list;
mod page_proof;
mod pages;
mod receipts;
mod shown;
mod tally;
mod verdict;
mod verify;
mod walk;

use axum::Router;
use axum::routing::post;

use crate::app::App;

pub use api::api;
pub use ledger::{Kind, Proof, append};
pub use list::{Counting, Counts, Filter, Line, count, days_of, get, list};
pub use page_proof::{VERSION_META, prove};
pub use pages::routes;
pub use receipts::{Brought, take_receipts};
pub use tally::rebuild_coverage;
pub use verify::{Verified, verify};
pub use walk::verify_ledger;

/// What loudspeakers and boards ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new()
        .route("/receipts", post(receipts::receipts))
        .route("/boards/receipts", post(shown::receipts))
}
