//! What goes over the broker: that an area has something new, what is urgent, and back what speakers
//! signed. All of it goes over HTTP as well, later: a message that is lost costs seconds.

mod access;
mod announce;
mod door;
mod inbox;
mod mosquitto;
mod start;

use axum::{Router, routing};

use crate::app::App;

pub use announce::{Told, announce};
pub use mosquitto::{Rights, mosquitto_rights};
pub use start::{StartError, start};

/// What loudspeakers ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new().route("/broker", routing::get(access::broker))
}
