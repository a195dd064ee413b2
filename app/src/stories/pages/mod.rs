//! The pages of stories: the list, one story with its life, the form, and what people do on them.

// Templates hand everything over by reference.
#![allow(clippy::trivially_copy_pass_by_ref)]

mod acts;
mod events;
mod form;
mod form_page;
mod list;
mod recording;
mod recordings;
mod show;
mod sound;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/stories", get(list::list).post(form::create))
        .route("/stories/new", get(form::begin))
        .route("/stories/{id}", get(show::show).post(form::save))
        .route("/stories/{id}/edit", get(form::edit))
        .route("/stories/{id}/submission", post(acts::submit))
        .route("/stories/{id}/return", post(acts::return_))
        .route("/stories/{id}/approval", post(acts::approve))
        .route(
            "/stories/{id}/sound",
            get(sound::part).post(acts::render_again),
        )
        .route("/stories/{id}/sound.mp3", get(sound::listen))
        .route("/stories/{id}/recordings", get(recordings::list))
        .route(
            "/stories/{id}/recordings/new",
            get(recording::ask).post(recording::take),
        )
        .route(
            "/stories/{id}/recordings/{recording}",
            get(recording::show).post(recording::trim),
        )
        .route(
            "/stories/{id}/recordings/{recording}/removal",
            post(recording::remove),
        )
        .route(
            "/stories/{id}/recordings/{recording}/original",
            get(recording::listen),
        )
}
