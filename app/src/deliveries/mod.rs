//! Deliveries: what goes where, when. One decision releases an approved version to outlets; every
//! delivery has a state and a memory of its own.

mod api;
mod choosing;
mod days_off;
mod elsewhere;
pub mod entity;
mod facts;
mod lines;
pub mod on_air;
mod pages;
mod release;
mod slots;
mod states;
mod withdraw;

use axum::Router;

use crate::app::App;

pub use api::api;
pub use days_off::{give_day_back, take_day_off};
pub use elsewhere::{on_portal, portal_address, replaced, standing, was_tried};
pub use facts::{Facts, facts};
pub use lines::{Filter, Line, get, list, releases_of};
pub use release::{Choice, NotReleased, in_slot, release, repeat};
pub use slots::{cancel_slot, end_pattern};
pub use states::{
    State, check_overdue, mark_all_failed, mark_attempt, mark_delivered, mark_failed, mark_proven,
    mark_sent,
};
pub use withdraw::withdraw;

/// The pages of this slice, and the acts that take slots off the air.
pub fn routes() -> Router<App> {
    pages::routes()
        .merge(slots::routes())
        .merge(days_off::routes())
}
