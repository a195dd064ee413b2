//! Notice boards: public screens that show what was released to the boards of a unit. They enrol with a
//! one-time code, and sign what they showed; docs/air.md has the messages.

mod admission;
mod enrolment;
pub mod entity;
mod manifest;
mod page;
mod screen;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub use admission::{Admitted, public_key};
pub use enrolment::{add, renew, revoke};
pub use manifest::{STANDS, check_unseen};
pub use page::{routes, silent};
pub use screen::screens;

/// What boards ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new()
        .route("/boards/enrolment", post(enrolment::enrol))
        .route("/boards/manifest", get(manifest::get))
        .route("/boards/refusals", post(manifest::refused))
}
