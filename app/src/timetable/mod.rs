//! The timetable: what is on the air of an area, week by week, moved by hand, played now, and read by
//! calendar programs.

mod calendar;
pub mod entity;
mod links;
mod moving;
mod now;
mod week;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub use links::make_link;
pub use moving::move_slot;
pub use now::play_now;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/timetable", get(week::show))
        .route("/timetable/slots/{slot}/move", post(week::move_to))
        .route("/timetable/deliveries/{delivery}/now", post(now::play))
        .route("/timetable/links", post(links::make))
        .route("/timetable/links/withdrawal", post(links::withdraw))
}

/// What calendar programs ask for: they cannot sign in, the address is the secret.
pub fn calendars() -> Router<App> {
    Router::new().route("/calendars/{token}", get(calendar::serve))
}
