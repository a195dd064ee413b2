//! The pages of evidence: the list that figures lead to, as CSV too, one entry, and a page as it
//! was fetched.

mod csv;
mod index;
mod show;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/evidence", get(index::list))
        .route("/evidence.csv", get(csv::list))
        .route("/evidence/{seq}", get(show::show))
        .route("/evidence/{seq}/page", get(show::page))
}
