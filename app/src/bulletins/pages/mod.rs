//! The page of what plays in a slot: its order, its sound, the words around the stories, and what
//! people do with them.

// Templates hand everything over by reference.
#![allow(clippy::trivially_copy_pass_by_ref)]

mod acts;
mod order;
mod show;
mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/airtime/slots/{slot}/bulletin",
            get(show::show).post(acts::begin),
        )
        .route("/airtime/slots/{slot}/bulletin/words", post(words::save))
        .route(
            "/airtime/slots/{slot}/bulletin/reading",
            post(words::reading),
        )
        .route(
            "/airtime/slots/{slot}/bulletin/order",
            get(order::part).post(acts::render_again),
        )
        .route(
            "/airtime/slots/{slot}/bulletin/sound.mp3",
            get(order::listen),
        )
        .route(
            "/airtime/slots/{slot}/bulletin/approval",
            post(acts::approve),
        )
        .route(
            "/airtime/slots/{slot}/bulletin/withdrawal",
            post(acts::withdraw),
        )
}
