//! A report of a unit for a year, through the person who asks.

use std::str::FromStr;

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::content::Content;
use super::counting::{self, Basis};
use super::entity::report;
use super::period::Period;
use super::regimes::{self, Regime};
use super::{drafting, life};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::duties::entity::regime;
use crate::error::Failure;
use crate::ids::{RegimeId, ReportId, UnitId};
use crate::plans::entity::plan;
use crate::units::UnitTree;

/// Where a version of a report is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is being drawn up.
    Draft,
    /// It was handed in; nothing in it changes any more.
    Submitted,
    /// It came back with remarks; a new version answers them.
    Returned,
    /// It was taken.
    Accepted,
}

const STATES: [(State, &str); 4] = [
    (State::Draft, "draft"),
    (State::Submitted, "submitted"),
    (State::Returned, "returned"),
    (State::Accepted, "accepted"),
];

impl State {
    /// Its name in the store and on the wire.
    pub fn name(self) -> &'static str {
        let found = STATES.iter().find(|(state, _)| *state == self);
        found.map_or("", |(_, name)| name)
    }

    /// The look of its tag, and its text.
    pub fn tag(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("tag-draft", "reports-state-draft"),
            Self::Submitted => ("tag-submitted", "reports-state-submitted"),
            Self::Returned => ("tag-returned", "reports-state-returned"),
            Self::Accepted => ("tag-approved", "reports-state-accepted"),
        }
    }
}

impl FromStr for State {
    type Err = Failure;

    fn from_str(name: &str) -> Result<Self, Failure> {
        let found = STATES.iter().find(|(_, known)| *known == name);
        let unknown = || anyhow::anyhow!("'{name}' is no state of a report").into();
        found.map(|(state, _)| *state).ok_or_else(unknown)
    }
}

/// A version of a report with the rule it stands under.
#[derive(Debug, Clone)]
pub struct Report {
    /// The version.
    pub row: report::Model,
    /// Where it is in its life.
    pub state: State,
    /// Its regime.
    pub regime: Regime,
    /// What it reports on. Taken from the version: a later rule does not change it.
    pub period: Period,
}

impl Report {
    pub(super) async fn of(
        connection: &impl ConnectionTrait,
        row: report::Model,
    ) -> Result<Self, Failure> {
        let regime = regimes::get(connection, row.regime_id).await?;
        let year = i32::try_from(row.year).map_err(anyhow::Error::from)?;
        let mut period = regime.rule.period(year).ok_or(Failure::NotFound)?;
        (period.from, period.to) = (row.period_from, row.period_to);
        Ok(Self {
            state: row.state.parse()?,
            row,
            regime,
            period,
        })
    }

    /// What it says: the rows while it is a draft, the hashed bytes afterwards.
    pub async fn content(&self, connection: &impl ConnectionTrait) -> Result<Content, Failure> {
        if self.state != State::Draft {
            return Content::submitted(&self.row);
        }
        let tree = UnitTree::load(connection).await?;
        Content::of(connection, &tree, &self.row, (&self.regime, &self.period)).await
    }

    /// What it counts from.
    pub(super) async fn basis(&self, connection: &impl ConnectionTrait) -> Result<Basis, Failure> {
        let tree = UnitTree::load(connection).await?;
        let plan = self.regime.row.plan_id;
        Ok(Basis::of(&tree, plan, self.row.unit_id, &self.period))
    }

    /// How many proven deliveries there are now that the draft does not count yet.
    pub async fn uncounted(&self, app: &App, content: &Content) -> Result<i64, Failure> {
        let now = counting::total(&app.db, &self.basis(&app.db).await?).await?;
        Ok(now - content.value(super::Code::Total))
    }
}

/// A report; 404 for who may not see its unit.
pub async fn get(app: &App, person: &Person, id: ReportId) -> Result<Report, Failure> {
    let row = report::Entity::find_by_id(id).one(&app.db).await?;
    let row = row.filter(|row| person.may(Right::Read, row.unit_id));
    Report::of(&app.db, row.ok_or(Failure::NotFound)?).await
}

/// Every version of the same report, the first one first.
pub async fn versions(app: &App, report: &Report) -> Result<Vec<report::Model>, Failure> {
    Ok(of_year(&report.row)
        .order_by_asc(report::Column::Version)
        .all(&app.db)
        .await?)
}

/// Opens the newest version of a unit's report for a year, or begins the first: counted, and with
/// sentences made from the figures. Answers whether it is new.
pub async fn open(
    app: &App,
    person: &Person,
    (regime, unit, year): (RegimeId, UnitId, i32),
) -> Result<(ReportId, bool), Failure> {
    if !person.may(Right::Read, unit) {
        return Err(Failure::NotFound);
    }
    let transaction = app.begin().await?;
    // Two who begin the same report get the same one.
    regime::Entity::find_by_id(regime)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let regime = regimes::get(&transaction, regime).await?;
    let period = asked_period(app, &transaction, &regime, year).await?;
    let key = report::Entity::find()
        .filter(report::Column::RegimeId.eq(regime.row.id))
        .filter(report::Column::UnitId.eq(unit))
        .filter(report::Column::Year.eq(i64::from(year)));
    let newest = key
        .order_by_desc(report::Column::Version)
        .one(&transaction)
        .await?;
    if let Some(newest) = newest {
        return Ok((newest.id, false));
    }
    person.require(Right::Report, unit)?;
    let tree = UnitTree::load(&transaction).await?;
    if !existed(&tree, unit, period.from, period.to) {
        return Err(Failure::Invalid("reports-unit-not-then"));
    }
    let row = report::ActiveModel {
        regime_id: Set(regime.row.id),
        unit_id: Set(unit),
        year: Set(i64::from(year)),
        version: Set(1),
        state: Set(State::Draft.name().to_owned()),
        period_from: Set(period.from),
        period_to: Set(period.to),
        narrative: Set("{}".into()),
        created_by: Set(person.id),
        created_at: Set(app.clock.now()),
        ..Default::default()
    };
    let row = row.insert(&transaction).await?;
    let id = row.id;
    let report = Report::of(&transaction, row).await?;
    let basis = report.basis(&transaction).await?;
    counting::fill(&transaction, id, &basis).await?;
    let content = report.content(&transaction).await?;
    let mut begun: report::ActiveModel = report.row.into();
    begun.narrative = Set(serde_json::to_string(&drafting::prefill(&content))?);
    begun.update(&transaction).await?;
    life::note(app, &transaction, person, "creation", id, 1).await?;
    transaction.commit().await?;
    Ok((id, true))
}

/// The versions of the same report.
pub(super) fn of_year(row: &report::Model) -> sea_orm::Select<report::Entity> {
    report::Entity::find()
        .filter(report::Column::RegimeId.eq(row.regime_id))
        .filter(report::Column::UnitId.eq(row.unit_id))
        .filter(report::Column::Year.eq(row.year))
}

/// A year that the plan asks for and that has begun.
async fn asked_period(
    app: &App,
    connection: &impl ConnectionTrait,
    regime: &Regime,
    year: i32,
) -> Result<Period, Failure> {
    let years: Option<(i64, i64)> = plan::Entity::find_by_id(regime.row.plan_id)
        .select_only()
        .columns([plan::Column::PeriodFrom, plan::Column::PeriodTo])
        .into_tuple()
        .one(connection)
        .await?;
    let (first, last) = years.ok_or(Failure::NotFound)?;
    if !(first..=last).contains(&i64::from(year)) {
        return Err(Failure::Invalid("reports-year-outside"));
    }
    let period = regime.rule.period(year).ok_or(Failure::NotFound)?;
    if local_day(app.clock.now()) < period.from {
        return Err(Failure::Invalid("reports-not-begun"));
    }
    Ok(period)
}

/// Whether there was a unit on some day of a time.
fn existed(tree: &UnitTree, unit: UnitId, from: NaiveDate, to: NaiveDate) -> bool {
    let mut versions = tree.versions(unit).iter();
    versions.any(|version| {
        version.valid_from <= to && version.last_day().is_none_or(|last| from <= last)
    })
}
