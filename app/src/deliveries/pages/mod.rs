//! The pages of deliveries: releasing a story, the board, one delivery and its memory.

mod board;
mod release;
mod show;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/stories/{id}/release",
            get(release::show).post(release::create),
        )
        .route("/releases/{id}/withdrawal", post(release::withdraw))
        .route("/deliveries", get(board::list))
        .route("/deliveries/{id}", get(show::show))
}
