//! Speakers: receivers behind loudspeakers. They enrol with a one-time code, and sign whatever
//! they ask or say from then on.

mod admission;
mod api;
mod enrolment;
pub mod entity;
mod frame;
mod health;
mod invitation;
mod keys;
mod map;
mod orders;
mod page;
mod place;
mod presence;
mod presence_page;
mod statements;

use axum::Router;
use axum::routing::{get, post};
use sea_orm::EntityTrait;

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::SpeakerId;
use crate::outlets::entity::area;
use crate::outlets::get_area;

pub use admission::{
    Admitted, Asked, UNKNOWN, all_enrolled, authenticate, claim, enrolled, forget_requests,
    tell_time,
};
pub use api::api;
pub use enrolment::{
    Code, hash_of_code, issue_code, issue_codes, issue_replacement, named, revoke,
};
pub use health::{Alarm, Health, alarms};
pub use invitation::qr;
pub use keys::{public_key, secret_key};
pub use orders::{ask_tone, set_volume};
pub use page::routes;
pub use place::{Place, set_place};
pub use statements::{envelopes, keep_status, last_status, note_trespass};

/// A loudspeaker that a person sees, and its area.
async fn find(
    app: &App,
    person: &Person,
    id: SpeakerId,
) -> Result<(entity::speaker::Model, area::Model), Failure> {
    let row = entity::speaker::Entity::find_by_id(id).one(&app.db).await?;
    let row = row.ok_or(Failure::NotFound)?;
    let area = get_area(&app.db, person, row.area_id).await?;
    Ok((row, area))
}

/// What loudspeakers ask of this slice, under `/air/v1`.
pub fn air() -> Router<App> {
    Router::new()
        .route("/enrolment", post(enrolment::enrol))
        .route("/refusals", post(statements::refusals))
        .route("/orders", get(orders::get))
}
