//! The portal: what the public reads and hears.
//!
//! Nothing is shown but what two people approved: titles, texts and sounds come from the frozen
//! bytes of a release. Everybody gets the same pages: nobody is signed in here, no cookie is set or
//! read, and whoever stands between may keep an answer for a minute.

mod air;
mod alerts;
mod feed;
mod frame;
mod home;
mod kept;
mod progress;
mod released;
mod story;

use axum::middleware::from_fn;
use axum::routing::get;
use axum::{Extension, Router};

use crate::app::App;

pub use crate::deliveries::portal_address as address;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/tin/{slug}", get(story::show))
        .route("/tin/{slug}/sound", get(story::listen))
        .route("/chuong-trinh", get(progress::show))
        .route("/feed.xml", get(feed::show))
        .route("/canh-bao.xml", get(alerts::list))
        .route("/canh-bao/{file}", get(alerts::show))
        .route("/robots.txt", get(feed::robots))
        .layer(from_fn(frame::layer))
        .layer(Extension(kept::Kept::default()))
}
