//! Playing now: what was released to an area's loudspeakers, once more and at once.

use axum::extract::{Path, State as Of};
use axum::response::Response;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::Deserialize;

use crate::accounts::{Person, Right};
use crate::airtime::{Refused, Wanted, create_slot};
use crate::app::App;
use crate::deliveries::{self, facts};
use crate::error::Failure;
use crate::ids::{DeliveryId, SlotId};
use crate::outlets::get_area;
use crate::web::Form;
use crate::web::visitor::go;

/// So long loudspeakers have to learn of it and to fetch what they do not hold.
const LEAD: TimeDelta = TimeDelta::seconds(20);
/// A slot is so much longer than its sound.
const MARGIN: i64 = 5;

/// Says once more, in the nearest time that is free from now on, what was released to an area's
/// loudspeakers and is not withdrawn. Whoever is on the air there may: the two people and the decision
/// where it is heard stand behind the release.
pub async fn play_now(
    app: &App,
    person: &Person,
    delivery: DeliveryId,
) -> Result<(SlotId, DateTime<Utc>), Failure> {
    let facts = facts(&app.db, delivery).await?;
    let area = facts.outlet.area_id.ok_or(Failure::NotFound)?;
    let area = get_area(&app.db, person, area).await?;
    person.require(Right::Air, area.unit_id)?;
    if facts.release.withdrawn_at.is_some() {
        return Err(Failure::Conflict("release-withdrawn-already"));
    }
    let sound = facts.approved.sound.as_ref();
    let sound = sound.ok_or(Failure::Invalid("timetable-no-sound"))?;
    // The next whole second.
    let soon = (app.clock.now() + LEAD).trunc_subsecs(0) + TimeDelta::seconds(1);
    let mut wanted = Wanted {
        area: area.id,
        starts_at: soon,
        seconds: Ord::max((sound.duration_ms + 999) / 1000 + MARGIN, 10),
        priority: loa_air::Priority::Ordinary,
    };
    let slot = match create_slot(app, person, &wanted).await {
        // Something else is on the air: right after it.
        Err(Refused::Rule(_, Some(nearest))) if nearest > soon => {
            wanted.starts_at = nearest;
            create_slot(app, person, &wanted).await
        }
        made => made,
    };
    let slot = match slot {
        Ok(slot) => slot,
        Err(Refused::Rule(rule, _)) => return Err(Failure::Invalid(rule)),
        Err(Refused::Failure(failure)) => return Err(failure),
    };
    if let Err(failure) = deliveries::repeat(app, person, delivery, slot).await {
        deliveries::cancel_slot(app, person, slot).await?;
        return Err(failure);
    }
    Ok((slot, wanted.starts_at))
}

#[derive(Deserialize)]
pub(super) struct NowForm {
    /// Where the button stood: `station`, or nothing.
    #[serde(default)]
    back: String,
}

/// `POST /timetable/deliveries/{delivery}/now`
pub(super) async fn play(
    Of(app): Of<App>,
    person: Person,
    Path(delivery): Path<DeliveryId>,
    Form(form): Form<NowForm>,
) -> Result<Response, Failure> {
    play_now(&app, &person, delivery).await?;
    let back = match form.back.as_str() {
        "station" => "/station".to_owned(),
        _ => format!("/deliveries/{delivery}"),
    };
    Ok(go(&back, "timetable-playing"))
}
