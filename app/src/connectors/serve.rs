//! Serving one outlet: what is due there, one after the other. What one item meets says nothing of the
//! next, and no outlet waits for another.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::connector::{Connector, Fault, Remote};
use super::item::Item;
use super::record::{Record, begin};
use super::settings::open;
use crate::app::App;
use crate::deliveries::entity::delivery;
use crate::deliveries::{self, Facts, State, facts};
use crate::error::Failure;
use crate::ids::OutletId;
use crate::jobs::Outcome;
use crate::outlets::entity::outlet;

/// How long an outlet may take over one item.
const PATIENCE: Duration = Duration::from_mins(1);
/// So many items are served at a time; then others may use the place.
const AT_A_TIME: usize = 50;

/// The job behind an outlet that another program holds.
pub async fn serve(app: &App, outlet: OutletId) -> Outcome {
    match try_to(app, outlet).await {
        Ok(Some(at)) => Outcome::Again(at),
        Ok(None) => Outcome::Done,
        Err(Failure::NotFound) => Outcome::Fail("there is no such outlet".to_owned()),
        Err(failure) => Outcome::Retry(format!("{failure:#}")),
    }
}

/// Serves what is due, and answers when something is due next.
async fn try_to(app: &App, id: OutletId) -> Result<Option<DateTime<Utc>>, Failure> {
    for _ in 0..AT_A_TIME {
        let outlet = outlet::Entity::find_by_id(id)
            .one(&app.db)
            .await?
            .ok_or(Failure::NotFound)?;
        let Some(next) = next(app, id).await? else {
            return Ok(None);
        };
        let (now, due_at) = (app.clock.now(), next.next_at.unwrap_or_default());
        let at = outlet
            .rests_until
            .map_or(due_at, |rest| Ord::max(rest, due_at));
        if at > now {
            return Ok(Some(at));
        }
        one(app, &outlet, next).await?;
    }
    Ok(Some(app.clock.now()))
}

/// What is due first.
async fn next(app: &App, outlet: OutletId) -> Result<Option<delivery::Model>, Failure> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::OutletId.eq(outlet))
        .filter(delivery::Column::NextAt.is_not_null())
        .order_by_asc(delivery::Column::NextAt)
        .order_by_asc(delivery::Column::Id)
        .limit(1)
        .one(&app.db)
        .await?)
}

async fn one(app: &App, outlet: &outlet::Model, due: delivery::Model) -> Result<(), Failure> {
    let facts = facts(&app.db, due.id).await?;
    let record = Record {
        app,
        outlet: outlet.id,
        delivery: due.id,
    };
    let connector = match open(app, outlet) {
        Ok(connector) => connector,
        Err(fault) => return record.fault(&fault).await,
    };
    if due.taking_back.is_some() {
        take_back(app, &record, connector.as_ref(), &facts).await
    } else if due.state() == State::Withdrawn && due.trying_since.is_some() {
        // It was withdrawn while it was handed over, and the answer was lost with the process.
        record
            .fault(&Fault::Unknown("deliveries-unknown".to_owned()))
            .await
    } else if due.state() == State::Planned {
        hand_over(app, &record, connector.as_ref(), &facts).await
    } else {
        record.nothing_due().await
    }
}

async fn hand_over(
    app: &App,
    record: &Record<'_>,
    connector: &dyn Connector,
    facts: &Facts,
) -> Result<(), Failure> {
    // A process that was killed while it waited for the answer left this behind.
    if facts.delivery.trying_since.is_some() && !connector.knows_twins() {
        let unknown = Fault::Unknown("deliveries-unknown".to_owned());
        return record.fault(&unknown).await;
    }
    let item = item(app, facts).await?;
    begin(app, facts.delivery.id).await?;
    let answer = tokio::time::timeout(PATIENCE, connector.hand_over(app, &item)).await;
    let answer = answer.unwrap_or_else(|_| Err(Fault::Unknown("deliveries-silent".to_owned())));
    match answer {
        Ok(taken) => record.taken(&taken, item.before.as_ref()).await,
        // What is there twice is there once: trying again does no harm.
        Err(Fault::Unknown(why)) if connector.knows_twins() => {
            record.fault(&Fault::later(why)).await
        }
        Err(fault) => record.fault(&fault).await,
    }
}

async fn take_back(
    app: &App,
    record: &Record<'_>,
    connector: &dyn Connector,
    facts: &Facts,
) -> Result<(), Failure> {
    let Some(name) = facts.delivery.remote.clone() else {
        return record.taken_back().await;
    };
    let there = Remote {
        name,
        address: facts.delivery.address.clone(),
    };
    let item = item(app, facts).await?;
    let answer = tokio::time::timeout(PATIENCE, connector.take_back(app, &item, &there)).await;
    match answer.unwrap_or_else(|_| Err(Fault::later("deliveries-silent"))) {
        Ok(()) => record.taken_back().await,
        // Taking back twice does no harm.
        Err(Fault::Unknown(why)) => record.fault(&Fault::later(why)).await,
        Err(fault) => record.fault(&fault).await,
    }
}

async fn item(app: &App, facts: &Facts) -> Result<Item, Failure> {
    let (story, outlet) = (facts.approved.story, facts.outlet.id);
    let before = match &facts.delivery.remote {
        Some(name) => Some((name.clone(), facts.delivery.address.clone())),
        None => deliveries::standing(&app.db, story, outlet).await?,
    };
    let before = before.map(|(name, address)| Remote { name, address });
    let on_portal = deliveries::on_portal(&app.db, [facts.release.id]).await?;
    let again = deliveries::was_tried(&app.db, &facts.delivery).await?;
    Item::of(app, facts, (!on_portal.is_empty(), again), before).await
}
