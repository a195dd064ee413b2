//! The bundled example programme: Hà Nam's real units, its plan, a few accounts, outlets and
//! stories. It is loaded by the same functions that people use, in steps that a start which was
//! cut off takes up again.

mod programme;
mod stories;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{Days, TimeDelta};
use loa_air::Priority;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::accounts::{self, Person};
use crate::airtime::{self, Wanted};
use crate::app::App;
use crate::clock::{local_day, start_of};
use crate::ids::PlanId;
use crate::outlets::entity::area;
use crate::outlets::{self, NewOutlet};
use crate::plans::entity::plan;
use crate::units::UnitTree;
use crate::{audit, plans, units};
use programme::Programme;

const UNITS: &str = include_str!("../../../data/units/ha-nam.units.csv");
const CHANGES: &str = include_str!("../../../data/units/ha-nam.changes.csv");
/// The audit line that says the example is complete.
const LOADED: &str = "example";

/// Puts the example into an empty store; answers what to tell the person, or nothing when the
/// store already holds something.
pub async fn load(app: &App) -> anyhow::Result<Option<String>> {
    let programme = Programme::read()?;
    if is_loaded(app).await? {
        return Ok(Some(programme.told()));
    }
    match accounts::entity::person::Entity::find()
        .count(&app.db)
        .await?
    {
        0 => set_up(app, &programme).await.context("the example")?,
        // Somebody's own installation.
        _ if accounts::find_by_login(app, &programme.officer)
            .await?
            .is_none() =>
        {
            return Ok(None);
        }
        _ => {}
    }
    let officer = person(app, &programme.officer).await?;
    let plan = live_plan(app, &officer, &programme).await?;
    make_slots(app, &officer, &programme).await?;
    stories::write(app, &programme, plan).await?;
    audit::note(app, &app.db, None, LOADED, ("plan", plan.0), "").await?;
    Ok(Some(programme.told()))
}

/// Units, accounts, areas and outlets of the example, without its plan and its stories.
pub async fn load_people(app: &App) -> anyhow::Result<()> {
    set_up(app, &Programme::read()?).await
}

/// The example's plan as it was published.
pub fn plan_file() -> anyhow::Result<(String, Vec<u8>)> {
    let name = Programme::read()?.plan;
    let bytes = programme::bytes(&name)?;
    Ok((name, bytes))
}

/// One of the example's people.
pub async fn person(app: &App, login: &str) -> anyhow::Result<Person> {
    let row = accounts::find_by_login(app, login).await?;
    let id = row
        .with_context(|| format!("the example has no account {login}"))?
        .id;
    accounts::find(app, id)
        .await?
        .with_context(|| format!("the account {login} is closed"))
}

async fn is_loaded(app: &App) -> anyhow::Result<bool> {
    let line = audit::entity::entry::Entity::find()
        .filter(audit::entity::entry::Column::Action.eq(LOADED))
        .one(&app.db)
        .await?;
    Ok(line.is_some())
}

/// All or nothing.
async fn set_up(app: &App, programme: &Programme) -> anyhow::Result<()> {
    let transaction = app.begin().await?;
    units::load_csv(&transaction, UNITS, CHANGES).await?;
    let tree = UnitTree::load(&transaction).await?;
    let unit = |key: &str| {
        tree.by_key(key)
            .with_context(|| format!("the example has no unit {key}"))
    };
    for account in &programme.accounts {
        let (login, name) = (&account.login, &account.name);
        let person = accounts::create(app, &transaction, login, name, &account.password).await?;
        accounts::grant(
            &transaction,
            person,
            account.role()?,
            unit(&account.unit_key)?,
        )
        .await?;
    }
    let mut areas = BTreeMap::new();
    for area in &programme.areas {
        let id = outlets::create_area(&transaction, unit(&area.unit_key)?, &area.name).await?;
        areas.insert(area.key.as_str(), id);
    }
    for outlet in &programme.outlets {
        let area = match &outlet.area {
            Some(key) => Some(
                *areas
                    .get(key.as_str())
                    .with_context(|| format!("the example has no area {key}"))?,
            ),
            None => None,
        };
        let wanted = NewOutlet {
            key: &outlet.key,
            unit: unit(&outlet.unit_key)?,
            kind: outlet.kind,
            name: &outlet.name,
            address: None,
            area,
        };
        outlets::create(&transaction, &wanted).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn live_plan(app: &App, officer: &Person, programme: &Programme) -> anyhow::Result<PlanId> {
    let known = plan::Entity::find().one(&app.db).await?;
    let id = if let Some(row) = &known {
        row.id
    } else {
        let tree = UnitTree::load(&app.db).await?;
        let issuer = tree
            .by_key(&programme.issuer)
            .with_context(|| format!("the example has no unit {}", programme.issuer))?;
        let bytes = programme::bytes(&programme.plan)?;
        plans::import(app, officer, issuer, &programme.plan, &bytes)
            .await
            .context("the example's plan")?
    };
    if known.is_none_or(|row| row.state == "draft") {
        // What an officer does who finds nothing to correct.
        plans::accept_all(app, officer, id)
            .await
            .context("the example's plan")?;
        plans::confirm(app, officer, id)
            .await
            .context("the example's plan")?;
    }
    Ok(id)
}

/// The same times on each of the next seven days; a time that is taken or too late stays as it is.
async fn make_slots(app: &App, officer: &Person, programme: &Programme) -> anyhow::Result<()> {
    let today = local_day(app.clock.now());
    for slot in &programme.slots {
        let declared = programme.areas.iter().find(|area| area.key == slot.area);
        let name = declared.map_or("", |area| area.name.as_str());
        let row = area::Entity::find()
            .filter(area::Column::Name.eq(name))
            .one(&app.db)
            .await?
            .with_context(|| format!("the example has no area {}", slot.area))?;
        for day in 0..7 {
            let into_day = slot.at.signed_duration_since(chrono::NaiveTime::MIN);
            let wanted = Wanted {
                area: row.id,
                starts_at: start_of(today + Days::new(day)) + into_day,
                seconds: TimeDelta::minutes(slot.minutes).num_seconds(),
                priority: Priority::Ordinary,
            };
            match airtime::create_slot(app, officer, &wanted).await {
                Ok(_) | Err(airtime::Refused::Rule(..)) => {}
                Err(airtime::Refused::Failure(failure)) => return Err(failure.into()),
            }
        }
    }
    Ok(())
}
