//! Playing now: what was released to an area's loudspeakers, once more and at once.

use axum::extract::{Path, State as Of};
use axum::response::Response;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::Deserialize;

use crate::accounts::{Person, Right};
use crate::airtime::{Refused, Wanted, create_slot, upcoming};
use crate::app::App;
use crate::deliveries::{self, facts};
use crate::error::Failure;
use crate::ids::{AreaId, DeliveryId, SlotId};
use crate::outlets::get_area;
use crate::web::Form;
use crate::web::visitor::go;

/// So long at least loudspeakers have to learn of it and to fetch what they do not hold.
const LEAD: TimeDelta = TimeDelta::seconds(20);
/// So far ahead a free time is looked for.
const LOOK: TimeDelta = TimeDelta::days(1);
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
    let seconds = Ord::max((sound.duration_ms + 999) / 1000 + MARGIN, 10);
    let wanted = Wanted {
        area: area.id,
        starts_at: first_free(app, area.id, seconds).await?,
        seconds,
        priority: loa_air::Priority::Ordinary,
    };
    let slot = match create_slot(app, person, &wanted).await {
        Ok(slot) => slot,
        // The quiet hours, or somebody was quicker.
        Err(Refused::Rule(rule, _)) => return Err(Failure::Invalid(rule)),
        Err(Refused::Failure(failure)) => return Err(failure),
    };
    if let Err(failure) = deliveries::repeat(app, person, delivery, slot).await {
        deliveries::cancel_slot(app, person, slot).await?;
        return Err(failure);
    }
    Ok((slot, wanted.starts_at))
}

/// The first time from now on at which an area is free for so many seconds: between what is on the air, or
/// right after it.
async fn first_free(app: &App, area: AreaId, seconds: i64) -> Result<DateTime<Utc>, Failure> {
    // Without a broker loudspeakers learn of it when they ask.
    let lead = if app.config.broker.on {
        LEAD
    } else {
        Ord::max(
            LEAD,
            TimeDelta::seconds(2 * i64::from(app.config.air.poll_seconds)),
        )
    };
    // The next whole second.
    let mut free = (app.clock.now() + lead).trunc_subsecs(0) + TimeDelta::seconds(1);
    for slot in upcoming(&app.db, area, free, free + LOOK).await? {
        if slot.starts_at >= free + TimeDelta::seconds(seconds) {
            break;
        }
        free = Ord::max(free, slot.ends_at);
    }
    Ok(free)
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
