//! Speakers: receivers behind loudspeakers. They enrol with a one-time code, and sign whatever
//! they ask or say from then on.

mod admission;
mod enrolment;
pub mod entity;
mod health;
mod invitation;
mod keys;
mod orders;
mod page;
mod presence;
mod statements;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub use admission::{Admitted, all_enrolled, authenticate, enrolled, forget_requests, tell_time};
pub use enrolment::{Code, issue_code, issue_codes, revoke};
pub use health::{Alarm, Health, alarms};
pub use keys::{public_key, secret_key};
pub use orders::{ask_tone, set_volume};
pub use page::{api, routes};
pub use statements::{envelopes, keep_status, last_status, note_trespass};

/// What loudspeakers ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new()
        .route("/enrolment", post(enrolment::enrol))
        .route("/refusals", post(statements::refusals))
        .route("/orders", get(orders::get))
}
