//! What is said.

pub mod entity;

use axum::Router;

use crate::app::App;

use crate::ids::RenditionId;
use crate::jobs::Outcome;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}

/// What programs may ask of this slice, under `/api/v1`.
pub fn api() -> Router<App> {
    Router::new()
}

/// Makes the sound of a radio script.
pub async fn render_sound(_app: &App, _rendition: RenditionId) -> Outcome {
    Outcome::Fail("not yet".into())
}
