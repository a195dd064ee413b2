//! The pages of plans: the list, reading a document, the review of what was read, a live plan and its
//! versions.

// Templates hand everything over by reference.
#![allow(clippy::trivially_copy_pass_by_ref)]

mod acts;
mod answer;
mod desk;
mod difference;
mod elements;
mod form;
mod group;
mod import;
mod item;
mod list;
mod review;
mod show;
mod source;
mod table;
mod typed;
mod versions;

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
        .route("/plans/{id}/tree.txt", get(acts::tree))
        .route("/plans/{id}/akn.xml", get(acts::akn))
        .route("/plans/{id}/acceptance", post(elements::accept_rest))
        .route("/plans/{id}/elements", post(elements::add))
        .route("/plans/{id}/elements/new", get(elements::begin))
        .route(
            "/plans/{id}/elements/{element}",
            get(elements::show).post(elements::save),
        )
        .route("/plans/{id}/elements/{element}/edit", get(elements::edit))
        .route(
            "/plans/{id}/elements/{element}/decision",
            post(elements::decide),
        )
        .route("/plans/{id}/versions/{version}", get(versions::show))
        .route("/plans/{id}/versions/{version}/file", get(versions::file))
}
