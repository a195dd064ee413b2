//! Today and tomorrow at a commune's loudspeakers.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::acts::told;
use super::entity::act;
use crate::accounts::{Person, names};
use crate::app::App;
use crate::clock::{local_day, start_of};
use crate::deliveries::on_air::{OnAir, between};
use crate::error::Failure;
use crate::ids::PersonId;

/// A slot, and what was said of it.
pub(super) struct Turn {
    pub(super) on_air: OnAir,
    /// The newest word.
    pub(super) told: Option<act::Model>,
    pub(super) begun: bool,
}

/// What a phone must know for a day without a network.
pub(super) struct Day {
    pub(super) now: DateTime<Utc>,
    pub(super) today: Vec<Turn>,
    pub(super) tomorrow: Vec<Turn>,
    names: BTreeMap<PersonId, String>,
}

impl Day {
    /// Of the areas where a person goes on the air.
    pub(super) async fn of(app: &App, person: &Person) -> Result<Self, Failure> {
        let now = app.clock.now();
        let today = start_of(local_day(now));
        let tomorrow = today + TimeDelta::days(1);
        let slots = between(app, person, today, tomorrow + TimeDelta::days(1)).await?;
        let told = told(&app.db, slots.iter().map(|one| one.slot.id)).await?;
        let people = told.values().map(|act| act.person_id).collect();
        let names = names(&app.db, people).await?;
        let turns = slots.into_iter().map(|on_air| Turn {
            told: told.get(&on_air.slot.id).cloned(),
            begun: on_air.slot.starts_at <= now,
            on_air,
        });
        let (today, tomorrow) = turns.partition(|turn| turn.on_air.slot.starts_at < tomorrow);
        Ok(Self {
            now,
            today,
            tomorrow,
            names,
        })
    }

    /// Who said the newest word of a slot.
    pub(super) fn by(&self, act: &act::Model) -> &str {
        self.names.get(&act.person_id).map_or("–", String::as_str)
    }

    /// What may still be heard in: the coming slots that are not urgent.
    pub(super) fn to_come(&self) -> impl Iterator<Item = &Turn> {
        let all = self.today.iter().chain(&self.tomorrow);
        all.filter(|turn| !turn.begun && turn.on_air.slot.urgency() != loa_air::Priority::Urgent)
    }
}
