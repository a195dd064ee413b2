//! Deliveries as a person may see them: those of their units' stories, and those that come to
//! their units' outlets.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use super::entity::{delivery, release};
use super::states::State;
use crate::accounts::{Person, Right};
use crate::airtime::entity::slot;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{DeliveryId, ReleaseId, StoryId, UnitId, VersionId};
use crate::outlets::entity::outlet;
use crate::stories::entity::{story, version};

/// Which deliveries are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those in a state.
    pub state: Option<State>,
    /// Only those of a story.
    pub story: Option<StoryId>,
}

/// A delivery in a list.
#[derive(Debug, Clone)]
pub struct Line {
    /// The delivery.
    pub delivery: delivery::Model,
    /// The decision behind it.
    pub release: release::Model,
    /// The title of the version.
    pub title: String,
    /// Its number within the story.
    pub number: i64,
    /// Where it goes.
    pub outlet: outlet::Model,
    /// When it is on the air.
    pub slot: Option<slot::Model>,
}

/// One page of deliveries, those of the newest release first, and how many there are in all.
pub async fn list(
    app: &App,
    person: &Person,
    filter: Filter,
    page: u64,
    size: u64,
) -> Result<(Vec<Line>, u64), Failure> {
    let mut seen = visible(person);
    if let Some(state) = filter.state {
        seen = seen.filter(delivery::Column::State.eq(state.name()));
    }
    if let Some(story) = filter.story {
        let of_story = Query::select()
            .column(release::Column::Id)
            .from(release::Entity)
            .and_where(release::Column::StoryId.eq(story))
            .to_owned();
        seen = seen.filter(delivery::Column::ReleaseId.in_subquery(of_story));
    }
    let total = seen.clone().count(&app.db).await?;
    let rows = seen
        .order_by_desc(delivery::Column::ReleaseId)
        .order_by_asc(delivery::Column::PlannedAt)
        .order_by_asc(delivery::Column::Id)
        .offset(page.saturating_mul(size))
        .limit(size)
        .all(&app.db)
        .await?;
    Ok((lines(app, rows).await?, total))
}

/// A delivery; 404 for who may not see it.
pub async fn get(app: &App, person: &Person, id: DeliveryId) -> Result<Line, Failure> {
    let row = visible(person)
        .filter(delivery::Column::Id.eq(id))
        .all(&app.db)
        .await?;
    lines(app, row).await?.pop().ok_or(Failure::NotFound)
}

/// The releases of stories of some units, to be asked for within another question.
pub fn releases_of(units: &BTreeSet<UnitId>) -> SelectStatement {
    let stories = Query::select()
        .column(story::Column::Id)
        .from(story::Entity)
        .and_where(story::Column::UnitId.is_in(units.iter().copied()))
        .to_owned();
    Query::select()
        .column(release::Column::Id)
        .from(release::Entity)
        .and_where(release::Column::StoryId.in_subquery(stories))
        .to_owned()
}

fn visible(person: &Person) -> Select<delivery::Entity> {
    let reach = person.reach(Right::Read);
    let releases = releases_of(&reach);
    let outlets = Query::select()
        .column(outlet::Column::Id)
        .from(outlet::Entity)
        .and_where(outlet::Column::UnitId.is_in(reach))
        .to_owned();
    delivery::Entity::find().filter(
        Condition::any()
            .add(delivery::Column::ReleaseId.in_subquery(releases))
            .add(delivery::Column::OutletId.in_subquery(outlets)),
    )
}

async fn lines(app: &App, rows: Vec<delivery::Model>) -> Result<Vec<Line>, Failure> {
    let releases: BTreeMap<ReleaseId, release::Model> = release::Entity::find()
        .filter(release::Column::Id.is_in(rows.iter().map(|row| row.release_id)))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let versions: BTreeMap<VersionId, version::Model> = version::Entity::find()
        .filter(version::Column::Id.is_in(releases.values().map(|row| row.version_id)))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let outlets = outlet::Entity::find()
        .filter(outlet::Column::Id.is_in(rows.iter().map(|row| row.outlet_id)))
        .all(&app.db)
        .await?;
    let slots = slot::Entity::find()
        .filter(slot::Column::Id.is_in(rows.iter().filter_map(|row| row.slot_id)))
        .all(&app.db)
        .await?;
    // Foreign keys see to it that nothing is missing here.
    let line = |delivery: delivery::Model| {
        let release = releases.get(&delivery.release_id)?.clone();
        let version = versions.get(&release.version_id)?;
        let outlet = outlets.iter().find(|row| row.id == delivery.outlet_id)?;
        let slot = slots.iter().find(|row| Some(row.id) == delivery.slot_id);
        Some(Line {
            title: version.title.clone(),
            number: version.number,
            outlet: outlet.clone(),
            slot: slot.cloned(),
            release,
            delivery,
        })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}
