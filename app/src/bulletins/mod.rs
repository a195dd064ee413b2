//! Bulletins: what loudspeakers say in a slot. Around the stories that were released stand an
//! opening, jingles and a closing; two people stand behind them as behind the stories. The manifest
//! that loudspeakers fetch is made here, since this slice knows all that plays.

mod airings;
mod api;
mod bulletin;
mod draft;
pub mod entity;
mod frozen;
mod life;
mod manifest;
mod pages;
mod playlist;
mod sound;
mod waiting;
mod wire;
mod words;
mod write;

use axum::{Router, routing};

use crate::app::App;

pub use airings::{Kept, area_of_part, keep_airing};
pub use api::api;
pub use bulletin::{Bulletin, Desk, Seen, desk, has_bulletin};
pub use draft::{Draft, NotSaved};
pub use frozen::verify;
pub use life::{approve, withdraw};
pub use manifest::manifest;
pub use pages::routes;
pub use playlist::{Entry, Kind, Playlist};
pub use sound::render_bulletin;
pub use waiting::{Waiting, waiting};
pub use wire::take_status;
pub use write::{begin, render_again, save};

/// What loudspeakers ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new()
        .route("/areas/{area}/manifest", routing::get(wire::get_manifest))
        .route("/sounds/{sha256}", routing::get(wire::get_sound))
        .route("/status", routing::post(wire::status))
}
