//! Deliveries: what goes where, when. One decision releases an approved version to outlets; every
//! delivery has a state and a memory of its own.

mod api;
mod choosing;
pub mod entity;
mod facts;
mod lines;
mod manifest;
mod pages;
mod release;
mod states;
mod wire;
mod withdraw;

use axum::{Router, routing};

use crate::app::App;

pub use api::api;
pub use facts::{Facts, facts};
pub use lines::{Filter, Line, get, list, releases_of};
pub use manifest::manifest;
pub use pages::routes;
pub use release::{Choice, NotReleased, release};
pub use states::{State, check_overdue, mark_attempt, mark_failed, mark_proven};
pub use withdraw::withdraw;

/// What loudspeakers ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new()
        .route("/areas/{area}/manifest", routing::get(wire::get_manifest))
        .route("/sounds/{sha256}", routing::get(wire::get_sound))
        .route("/status", routing::post(wire::status))
}
