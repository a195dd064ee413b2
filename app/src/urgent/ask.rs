//! Asking for an urgent message.

use std::collections::BTreeSet;

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde::Deserialize;

use super::entity::{urgent, urgent_area};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{AreaId, ClauseId, UnitId, UrgentId};
use crate::outlets::areas;
use crate::outlets::entity::area;
use crate::stories::{self, Draft, NotSaved};
use crate::web::Errors;

/// The shortest and the longest time in which a message may be said, in minutes.
const MINUTES: std::ops::RangeInclusive<i64> = 1..=720;
/// How often it may be said in this time.
const TIMES: std::ops::RangeInclusive<i64> = 1..=12;

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    /// One sentence.
    pub title: String,
    /// What is read aloud after it, and shown.
    pub text: String,
    /// Where it is to be heard.
    pub areas: Vec<AreaId>,
    /// For how long it may be said, from its first time on.
    pub minutes: i64,
    /// How often in this time.
    pub times: i64,
    /// Whether the public portal shows it too.
    pub portal: bool,
    /// In whose name.
    pub unit: Option<UnitId>,
    /// The clause it serves; the plan's clause on loudspeakers when nothing is said.
    pub clause: Option<ClauseId>,
}

/// What a person may choose from.
pub struct Choices {
    /// Units they write for, by today's names.
    pub units: Vec<(UnitId, String)>,
    /// Areas in which they may go on the air.
    pub areas: Vec<area::Model>,
}

/// Why nothing was asked for.
pub type NotAsked = NotSaved;

impl Default for Asked {
    fn default() -> Self {
        Self {
            title: String::new(),
            text: String::new(),
            areas: Vec::new(),
            minutes: 30,
            times: 3,
            portal: true,
            unit: None,
            clause: None,
        }
    }
}

impl Choices {
    /// What this person may choose from; refused when there is nothing.
    pub async fn of(app: &App, person: &Person) -> Result<Self, Failure> {
        let areas = areas(&app.db, person, Right::Air).await?;
        let units = stories::Choices::of(app, person).await?.units;
        if areas.is_empty() || units.is_empty() {
            return Err(Failure::Forbidden("error-right"));
        }
        Ok(Self { units, areas })
    }
}

/// Writes the message, submits it and has its sound made before all others: all of it or nothing.
pub async fn ask(app: &App, person: &Person, asked: &Asked) -> Result<UrgentId, NotAsked> {
    let draft = checked(app, person, asked).await?;
    let transaction = app.begin().await?;
    let id = ask_in(app, &transaction, person, asked, &draft).await?;
    transaction.commit().await?;
    Ok(id)
}

/// What is asked for as a story without faults; [`ask_in`] takes it.
pub async fn checked(app: &App, person: &Person, asked: &Asked) -> Result<Draft, NotAsked> {
    let choices = Choices::of(app, person).await?;
    let clause = if asked.clause.is_some() {
        asked.clause
    } else {
        let writes = stories::Choices::of(app, person).await?;
        writes.clause_on_air(&app.db).await?
    };
    let draft = Draft {
        title: asked.title.clone(),
        body: asked.text.clone(),
        script: Some(String::new()),
        unit: asked.unit.or(choices.units.first().map(|(unit, _)| *unit)),
        clause,
        ..Draft::default()
    };
    let mut errors = faults(asked, &choices);
    let of_text = draft
        .tidied(None)
        .urgent_faults(&stories::Choices::of(app, person).await?);
    for (field, text) in of_text.all() {
        errors.add(field_of(field), text);
    }
    if !errors.none() {
        return Err(NotSaved::Fields(errors));
    }
    Ok(draft)
}

/// The same in the caller's transaction, with what [`checked`] answered.
pub async fn ask_in(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    asked: &Asked,
    draft: &Draft,
) -> Result<UrgentId, Failure> {
    let story = stories::submit_urgent(app, transaction, person, draft).await?;
    let row = urgent::ActiveModel {
        story_id: Set(story),
        minutes: Set(asked.minutes),
        times: Set(asked.times),
        portal: Set(asked.portal),
        asked_by: Set(person.id),
        asked_at: Set(app.clock.now()),
        ..Default::default()
    };
    let id = row.insert(transaction).await?.id;
    // One that is named twice is meant once.
    let areas: BTreeSet<AreaId> = asked.areas.iter().copied().collect();
    let areas = areas.into_iter().map(|area| urgent_area::ActiveModel {
        urgent_id: Set(id),
        area_id: Set(area),
    });
    urgent_area::Entity::insert_many(areas)
        .exec_without_returning(transaction)
        .await?;
    let subject = ("urgent", id.0);
    let detail = format!("story {story}");
    audit::note(
        app,
        transaction,
        Some(person.id),
        "request",
        subject,
        &detail,
    )
    .await?;
    Ok(id)
}

fn faults(asked: &Asked, choices: &Choices) -> Errors {
    let mut errors = Errors::default();
    let own = |area: &AreaId| choices.areas.iter().any(|known| known.id == *area);
    let some = !asked.areas.is_empty() && asked.areas.iter().all(own);
    errors.require(some, "areas", "urgent-areas-missing");
    check_timing(&mut errors, asked.minutes, asked.times);
    errors
}

/// For how long a message may be said, and how often: faults of the fields `minutes` and `times`.
pub fn check_timing(errors: &mut Errors, minutes: i64, times: i64) {
    errors.require(MINUTES.contains(&minutes), "minutes", "urgent-minutes");
    let often = TIMES.contains(&times) && times <= minutes;
    errors.require(often, "times", "urgent-times");
}

/// What the form calls a field of a story.
fn field_of(field: &'static str) -> &'static str {
    match field {
        "body" | "script" => "text",
        other => other,
    }
}
