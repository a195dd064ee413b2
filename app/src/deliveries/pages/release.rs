//! Choosing where a story goes, and taking it back.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::choosing::{Offer, OfferedSlot, offers};
use crate::deliveries::{self, Choice, NotReleased};
use crate::error::Failure;
use crate::ids::{OutletId, ReleaseId, SlotId, StoryId};
use crate::stories::{self, Approved};
use crate::web::visitor::go;
use crate::web::{Form, Nothing, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "deliveries/pages/release.html")]
pub(super) struct ReleasePage {
    shell: Shell,
    approved: Approved,
    offers: Vec<Offer>,
    chosen: Vec<String>,
    /// Times that were chosen for all.
    at: Vec<DateTime<Utc>>,
    /// Why the release was refused, in words.
    refused: Option<String>,
}

/// Where to: `outlet`, or `outlet:slot`; or all slots that begin at a time.
#[derive(Deserialize)]
pub(super) struct ReleaseForm {
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    at: Vec<DateTime<Utc>>,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
) -> Result<ReleasePage, Failure> {
    ReleasePage::of(&app, &visitor, &person, id).await
}

pub(super) async fn create(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<StoryId>,
    Form(form): Form<ReleaseForm>,
) -> Result<Response, Failure> {
    let choices: Option<Vec<Choice>> = form.to.iter().map(|to| read(to)).collect();
    let mut choices = choices.ok_or(Failure::Invalid("error-form"))?;
    if !form.at.is_empty() {
        let page = ReleasePage::of(&app, &visitor, &person, id).await?;
        let together = page.choosable();
        let together = together.filter(|(_, one)| form.at.contains(&one.slot.starts_at));
        choices.extend(together.map(|(outlet, one)| Choice {
            outlet,
            slot: Some(one.slot.id),
        }));
    }
    match deliveries::release(&app, &person, id, &choices).await {
        Ok(_) => {
            let to = format!("/deliveries?story={id}");
            Ok(go(&to, "release-done"))
        }
        Err(NotReleased::Rule(rule, value)) => {
            let page = ReleasePage {
                refused: Some(visitor.lang.tv(rule, value)),
                chosen: form.to,
                at: form.at,
                ..ReleasePage::of(&app, &visitor, &person, id).await?
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(NotReleased::Failure(failure)) => Err(failure),
    }
}

pub(super) async fn withdraw(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<ReleaseId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    let story = deliveries::withdraw(&app, &person, id).await?;
    Ok(go(
        &format!("/deliveries?story={story}"),
        "release-withdrawn",
    ))
}

impl ReleasePage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: StoryId,
    ) -> Result<Self, Failure> {
        let story = stories::get(app, person, id).await?;
        person.require(Right::Release, story.row.unit_id)?;
        let approved = stories::latest_approved(&app.db, id)
            .await?
            .ok_or(Failure::Conflict("release-not-approved"))?;
        let offers = offers(app, person, &approved).await?;
        Ok(Self {
            shell: Shell::of(visitor),
            chosen: wanted(&offers, story.row.wanted_slot_id),
            at: Vec::new(),
            offers,
            approved,
            refused: None,
        })
    }

    fn is_chosen(&self, value: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == value)
    }

    /// The length of its sound.
    fn length(&self) -> Option<String> {
        let sound = self.approved.sound.as_ref()?;
        Some(self.shell.lang.length(sound.duration_ms / 1000))
    }

    /// When a slot is: day, begin and end.
    fn span(&self, one: &OfferedSlot) -> String {
        let lang = self.shell.lang;
        let (from, to) = (one.slot.starts_at, one.slot.ends_at);
        format!(
            "{} {}–{}",
            lang.day(local_day(from)),
            lang.clock(from),
            lang.clock(to)
        )
    }

    /// How much of a slot is free, or why it cannot be chosen.
    fn room(&self, one: &OfferedSlot) -> String {
        let free = Ord::max(one.room_ms, 0) / 1000;
        if one.sent {
            self.shell.t("release-already")
        } else if one.fits(&self.approved) {
            self.shell.tv("release-room", self.shell.lang.length(free))
        } else {
            self.shell
                .tv("release-no-room", self.shell.lang.length(free))
        }
    }

    fn may_choose(&self, one: &OfferedSlot) -> bool {
        !one.sent && one.fits(&self.approved)
    }

    /// The slots that may be chosen, each with its outlet.
    fn choosable(&self) -> impl Iterator<Item = (OutletId, &OfferedSlot)> {
        let all = self.offers.iter().flat_map(|offer| {
            let slots = offer.slots.iter();
            slots.map(|one| (offer.outlet.id, one))
        });
        all.filter(|(_, one)| self.may_choose(one))
    }

    /// Times at which several areas have a slot that may be chosen: the first of them, and how many.
    fn together(&self) -> Vec<(&OfferedSlot, usize)> {
        let mut times: BTreeMap<DateTime<Utc>, (&OfferedSlot, usize)> = BTreeMap::new();
        for (_, one) in self.choosable() {
            times.entry(one.slot.starts_at).or_insert((one, 0)).1 += 1;
        }
        times.into_values().filter(|(_, many)| *many > 1).collect()
    }

    /// The coming slots of an outlet are what is offered there; without any there is nothing.
    fn without_slots(&self) -> Vec<&str> {
        self.offers
            .iter()
            .filter(|offer| offer.outlet.area_id.is_some() && offer.slots.is_empty())
            .map(|offer| offer.outlet.name.as_str())
            .collect()
    }
}

/// The slot that whoever wrote it asked for, if it is offered.
fn wanted(offers: &[Offer], slot: Option<SlotId>) -> Vec<String> {
    let offered = offers.iter().flat_map(|offer| {
        let slots = offer.slots.iter();
        slots.map(|one| (offer.outlet.id, one.slot.id))
    });
    offered
        .filter(|(_, offered)| Some(*offered) == slot)
        .map(|(outlet, slot)| format!("{outlet}:{slot}"))
        .collect()
}

fn read(to: &str) -> Option<Choice> {
    let (outlet, slot) = match to.split_once(':') {
        Some((outlet, slot)) => (outlet, Some(slot.parse().ok()?)),
        None => (to, None),
    };
    Some(Choice {
        outlet: outlet.parse().ok()?,
        slot,
    })
}
