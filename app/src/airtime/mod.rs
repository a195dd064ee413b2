//! Times on the air of an area, single ones and weekly patterns. One that cannot be is refused when
//! it is made, with the nearest one that can.

mod days_off;
pub mod entity;
mod page;
mod pattern;
mod patterns;
mod rules;
mod series;
mod several;
mod slots;
mod weekly_page;

use axum::Router;

use crate::app::App;

pub use days_off::days_off;
pub use page::{api, read_day, read_time};
pub use pattern::{OnHolidays, Weekdays, Weekly};
pub use patterns::{create_pattern, fill, live, refill};
pub use rules::{Wanted, meets};
pub use series::{Edition, editions};
pub use several::{InTheWay, NotMade, create_slots};
pub use slots::{Refused, create_slot, get_slot, may_be, next, upcoming};

/// The pages of this slice.
pub fn routes() -> Router<App> {
    page::routes().merge(weekly_page::routes())
}
