//! The pages of plans: the list, reading a document, comparing what was read, a live plan.

// Templates hand everything over by reference.
#![allow(clippy::trivially_copy_pass_by_ref)]

mod acts;
mod import;
mod list;
mod review;
mod show;
mod source;
mod upload;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/plans", get(list::list))
        .route("/plans/import", get(import::begin).post(import::import))
        .route("/plans/{id}", get(acts::show))
        .route("/plans/{id}/confirmation", post(acts::confirm))
        .route("/plans/{id}/withdrawal", post(acts::withdraw))
        .route("/plans/{id}/file", get(acts::file))
}
