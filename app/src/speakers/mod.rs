//! Receivers behind loudspeakers.

pub mod entity;

use axum::Router;

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
}

/// What loudspeakers ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new()
}

/// What programs may ask of this slice, under `/api/v1`.
pub fn api() -> Router<App> {
    Router::new()
}
