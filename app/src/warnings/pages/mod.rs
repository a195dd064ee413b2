//! The pages of warnings: what came, what is made of it; who may warn, and by which rule.

// Templates hand everything over by reference.
#![allow(clippy::trivially_copy_pass_by_ref)]

mod list;
mod show;
mod source;
mod source_form;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/warnings", get(list::list))
        .route("/warnings/{id}", get(show::show))
        .route("/warnings/{id}/urgent", get(show::begin).post(show::ask))
        .route("/warnings/{id}/settlement", post(show::settle))
        .route(
            "/warning-sources/new",
            get(source_form::begin).post(source_form::create),
        )
        .route("/warning-sources/{id}", get(source::show))
        .route("/warning-sources/{id}/closing", post(source::close))
        .route("/warning-sources/{id}/rules", post(source::ask))
        .route(
            "/warning-sources/{id}/rules/{rule}/approval",
            post(source::approve),
        )
        .route("/warning-sources/{id}/rules/{rule}/end", post(source::end))
}
