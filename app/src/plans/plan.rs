//! A plan through the person who asks: a draft is for those who plan for its unit, a live plan for
//! those who read its unit's things or a unit's that has a duty in it.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use loa_plan::{Period, Reading};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use serde::Deserialize;

use super::entity::{duty, duty_unit, plan};
use super::matching::day_of;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{PlanId, UnitId};

/// Where a plan is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Read, not yet compared by a person.
    Draft,
    /// Confirmed; it does not change any more.
    Live,
    /// A later plan took its place.
    Superseded,
}

/// A plan in a list.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Line {
    /// The plan.
    pub id: PlanId,
    /// Its state as the store names it.
    pub state: String,
    /// Who owns it.
    pub unit_id: UnitId,
    /// What it is about.
    pub title: String,
    /// The first year.
    pub period_from: i64,
    /// The last year.
    pub period_to: i64,
    /// When it was read.
    pub imported_at: DateTime<Utc>,
    /// When it was made live.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The live plan of which a draft is the corrected document.
    pub corrects: Option<PlanId>,
}

/// A live plan, without its texts.
#[derive(Debug, Clone)]
pub struct Live {
    /// The plan.
    pub id: PlanId,
    /// What it is about.
    pub title: String,
    /// Who owns it.
    pub unit: UnitId,
    /// The last year of its period.
    pub to: i32,
    /// The day on which its names are those of the tree of units.
    pub day: NaiveDate,
}

impl State {
    /// Its name in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Live => "live",
            Self::Superseded => "superseded",
        }
    }
}

impl FromStr for State {
    type Err = Failure;
    fn from_str(text: &str) -> Result<Self, Failure> {
        [Self::Draft, Self::Live, Self::Superseded]
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or(Failure::Invalid("error-form"))
    }
}

/// A plan; 404 for who may not see it.
pub async fn get(app: &App, person: &Person, id: PlanId) -> Result<plan::Model, Failure> {
    visible(person)
        .filter(plan::Column::Id.eq(id))
        .one(&app.db)
        .await?
        .ok_or(Failure::NotFound)
}

/// The plans a person may see, drafts first, then the newest.
pub async fn list(app: &App, person: &Person) -> Result<Vec<Line>, Failure> {
    // The texts stay in the store: a list has no use for them.
    let rows = visible(person)
        .select_only()
        .columns([
            plan::Column::Id,
            plan::Column::State,
            plan::Column::UnitId,
            plan::Column::Title,
            plan::Column::PeriodFrom,
            plan::Column::PeriodTo,
            plan::Column::ImportedAt,
            plan::Column::ConfirmedAt,
            plan::Column::Corrects,
        ])
        .order_by_asc(plan::Column::State)
        .order_by_desc(plan::Column::Id)
        .into_model::<Line>()
        .all(&app.db)
        .await?;
    Ok(rows)
}

/// The live plans that a person may see, in the order in which they came.
pub async fn live(app: &App, person: &Person) -> Result<Vec<Live>, Failure> {
    type Columns = (PlanId, String, UnitId, i64, String, DateTime<Utc>);
    let rows: Vec<Columns> = visible(person)
        .filter(plan::Column::State.eq(State::Live.name()))
        .select_only()
        .columns([
            plan::Column::Id,
            plan::Column::Title,
            plan::Column::UnitId,
            plan::Column::PeriodTo,
            plan::Column::Reading,
            plan::Column::ImportedAt,
        ])
        .order_by_asc(plan::Column::Id)
        .into_tuple()
        .all(&app.db)
        .await?;
    let live = |(id, title, unit, to, reading, imported_at): Columns| Live {
        id,
        title,
        unit,
        to: i32::try_from(to).unwrap_or(i32::MAX),
        day: day_in(&reading, imported_at),
    };
    Ok(rows.into_iter().map(live).collect())
}

/// What was read from a plan.
pub fn reading(plan: &plan::Model) -> Result<Reading, Failure> {
    Ok(serde_json::from_str(&plan.reading)?)
}

/// The day on which the names in a plan are those of the tree of units.
pub fn day(plan: &plan::Model) -> NaiveDate {
    day_in(&plan.reading, plan.imported_at)
}

/// What is read on the way to the day; the rest is passed over.
#[derive(Deserialize)]
struct Dated {
    date: Option<String>,
    period: Option<Period>,
}

fn day_in(reading: &str, imported_at: DateTime<Utc>) -> NaiveDate {
    let imported = local_day(imported_at);
    serde_json::from_str(reading).map_or(imported, |Dated { date, period }| {
        day_of(date.as_deref(), period, imported)
    })
}

/// The plans that a person may see.
pub(super) fn visible(person: &Person) -> Select<plan::Entity> {
    let reach = person.reach(Right::Read);
    let asked = Query::select()
        .column(duty_unit::Column::DutyId)
        .from(duty_unit::Entity)
        .and_where(duty_unit::Column::UnitId.is_in(reach.iter().copied()))
        .to_owned();
    let serving = Query::select()
        .column(duty::Column::PlanId)
        .from(duty::Entity)
        .and_where(duty::Column::Id.in_subquery(asked))
        .to_owned();
    let draft = State::Draft.name();
    let theirs = Condition::all()
        .add(plan::Column::State.eq(draft))
        .add(plan::Column::UnitId.is_in(person.reach(Right::Plan)));
    let known = Condition::all().add(plan::Column::State.ne(draft)).add(
        Condition::any()
            .add(plan::Column::UnitId.is_in(reach))
            .add(plan::Column::Id.in_subquery(serving)),
    );
    plan::Entity::find().filter(Condition::any().add(theirs).add(known))
}
