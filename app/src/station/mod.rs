//! What a commune's broadcaster does in a day, on a phone: hears what is to be said, says whether the
//! loudspeakers were heard, records what the commune has to say. All of it can be done without a
//! network; what was done is sent once there is one, and kept once.

mod acts;
mod day;
pub mod entity;
mod page;
mod sent;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::web::assets;

pub use acts::{Act, Unheard, confirm, record, unheard};

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/station", get(page::show))
        .route(
            "/station/worker.js",
            get(async || assets::keeper("/station")),
        )
        .route("/station/who", get(page::who))
        .route("/station/sounds/{delivery}", get(page::sound))
        .route("/station/acts", post(sent::confirm))
        .route("/station/recordings", post(sent::record))
}
