//! The pages of duties: what is owed, and one duty with its units then and now.

// Templates hand everything over by reference.
#![allow(clippy::trivially_copy_pass_by_ref)]

mod list;
mod show;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/duties", get(list::list))
        .route("/duties/{id}", get(show::show))
}
