//! Who owes a report, and how it stands: the board of a year, and what waits or is late now.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::report;
use super::period::{Period, Timing};
use super::regimes::{self, Regime};
use super::report::State;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::{local_day, start_of};
use crate::duties::entity::{duty, duty_unit};
use crate::error::Failure;
use crate::ids::{PlanId, ReportId, UnitId};
use crate::plans::entity::plan;
use crate::units::UnitTree;

/// A report that a unit owes.
#[derive(Debug, Clone)]
pub struct Owed {
    /// Under which regime.
    pub regime: Regime,
    /// What is to be reported on.
    pub period: Period,
    /// By whom.
    pub unit: UnitId,
    /// What it was called on the last day that counts.
    pub unit_name: String,
    /// The newest version, if there is one.
    pub report: Option<(ReportId, State)>,
    /// Whether the newest version amends what was accepted before.
    pub amends: bool,
    /// When a version was handed in that was not returned.
    pub handed_in: Option<DateTime<Utc>>,
    /// Who handed in the newest version.
    pub by: Option<crate::ids::PersonId>,
    /// How it stands: by the day on which it was handed in, else by today.
    pub timing: Timing,
}

impl Owed {
    /// It is due and nobody handed it in.
    pub fn open(&self) -> bool {
        self.handed_in.is_none() && !matches!(self.timing, Timing::Running(_))
    }

    /// It is past its last day and nobody handed it in.
    pub fn late(&self) -> bool {
        self.open() && matches!(self.timing, Timing::Late(_))
    }
}

/// The reports of a year that a person may see, in the order of the units' names.
pub async fn board(
    app: &App,
    person: &Person,
    regime: &Regime,
    year: i32,
) -> Result<Vec<Owed>, Failure> {
    let period = regime.rule.period(year).ok_or(Failure::NotFound)?;
    let tree = UnitTree::load(&app.db).await?;
    let rows = report::Entity::find()
        .filter(report::Column::RegimeId.eq(regime.row.id))
        .filter(report::Column::Year.eq(i64::from(year)))
        .order_by_asc(report::Column::Version)
        .all(&app.db)
        .await?;
    let mut units = owing(app, &tree, regime, period.to).await?;
    units.extend(rows.iter().map(|row| row.unit_id));
    let posts = person.posts(Right::Report).into_iter();
    units.extend(posts.filter(|unit| tree.on(*unit, period.to).is_some()));
    let today = local_day(app.clock.now());
    let mut board = Vec::new();
    for unit in units {
        if !person.may(Right::Read, unit) {
            continue;
        }
        let versions: Vec<_> = rows.iter().filter(|row| row.unit_id == unit).collect();
        board.push(Owed {
            regime: regime.clone(),
            period,
            unit,
            unit_name: tree.name(unit, period.to),
            ..stands(&versions, regime, period, today)?
        });
    }
    board.sort_by(|one, other| one.unit_name.cmp(&other.unit_name));
    Ok(board)
}

/// What is to be reported on now, under every live plan: the newest period that is over. A period
/// whose last day had passed when the plan was confirmed here was asked of nobody here.
pub async fn due(app: &App, person: &Person) -> Result<Vec<Owed>, Failure> {
    let today = local_day(app.clock.now());
    let mut due = Vec::new();
    for regime in regimes::list(&app.db).await? {
        if regime.row.ended_at.is_some() {
            continue;
        }
        let Some(since) = live_since(app, regime.row.plan_id).await? else {
            continue;
        };
        let Some(period) = regime.rule.over(today) else {
            continue;
        };
        if period.last_day >= since {
            due.extend(board(app, person, &regime, period.year).await?);
        }
    }
    Ok(due)
}

/// A report that waits to be accepted or returned.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The report.
    pub report: ReportId,
    /// What its unit was called on the last day that counts.
    pub unit_name: String,
    /// Of which year.
    pub year: i64,
    /// When it was handed in.
    pub at: DateTime<Utc>,
}

/// What others handed in to the side of a person, the longest waiting first.
pub async fn to_accept(app: &App, person: &Person) -> Result<Vec<Sent>, Failure> {
    let reach = person.reach(Right::Accept);
    if reach.is_empty() {
        return Ok(Vec::new());
    }
    let gathered = regimes::list(&app.db).await?.into_iter();
    let gathered = gathered.filter(|regime| reach.contains(&regime.row.unit_id));
    let rows = report::Entity::find()
        .filter(report::Column::State.eq(State::Submitted.name()))
        .filter(report::Column::UnitId.is_in(reach.iter().copied()))
        .filter(report::Column::RegimeId.is_in(gathered.map(|regime| regime.row.id)))
        .filter(report::Column::SubmittedBy.ne(person.id))
        .order_by_asc(report::Column::SubmittedAt)
        .all(&app.db)
        .await?;
    let tree = UnitTree::load(&app.db).await?;
    let sent = |row: report::Model| {
        Some(Sent {
            report: row.id,
            unit_name: tree.name(row.unit_id, row.period_to),
            year: row.year,
            at: row.submitted_at?,
        })
    };
    Ok(rows.into_iter().filter_map(sent).collect())
}

/// Who owes reports under a regime on a day: the units the plan names, or whoever took over from
/// them, and the one that gathers. A plan that names none asks all units right below the province.
async fn owing(
    app: &App,
    tree: &UnitTree,
    regime: &Regime,
    day: NaiveDate,
) -> Result<BTreeSet<UnitId>, Failure> {
    let duties: Vec<crate::ids::DutyId> = duty::Entity::find()
        .select_only()
        .column(duty::Column::Id)
        .filter(duty::Column::PlanId.eq(regime.row.plan_id))
        // What a corrected plan no longer asks was asked until then.
        .filter(
            duty::Column::EndedAt
                .is_null()
                .or(duty::Column::EndedAt.gte(start_of(day))),
        )
        .into_tuple()
        .all(&app.db)
        .await?;
    let named = duty_unit::Entity::find()
        .filter(duty_unit::Column::DutyId.is_in(duties))
        .filter(duty_unit::Column::UnitId.is_not_null())
        .all(&app.db)
        .await?;
    let mut units: BTreeSet<UnitId> = named
        .into_iter()
        .filter_map(|row| row.unit_id)
        .flat_map(|unit| tree.heirs(unit, day))
        .collect();
    if units.is_empty() {
        let provinces = tree.all_on(day).filter(|unit| unit.level == "province");
        let below = provinces.flat_map(|province| tree.children(province.id, day));
        units = below.map(|unit| unit.id).collect();
    }
    units.extend(tree.heirs(regime.row.unit_id, day));
    Ok(units)
}

/// How the versions of one report stand.
fn stands(
    versions: &[&report::Model],
    regime: &Regime,
    period: Period,
    today: NaiveDate,
) -> Result<Owed, Failure> {
    let mut owed = Owed {
        regime: regime.clone(),
        period,
        unit: regime.row.unit_id,
        unit_name: String::new(),
        report: None,
        amends: false,
        handed_in: None,
        by: None,
        timing: period.timing(today),
    };
    for row in versions {
        let state: State = row.state.parse()?;
        owed.amends = owed.handed_in.is_some();
        owed.report = Some((row.id, state));
        owed.by = row.submitted_by;
        if matches!(state, State::Submitted | State::Accepted) {
            owed.handed_in = owed.handed_in.or(row.submitted_at);
        }
    }
    if let Some(at) = owed.handed_in {
        owed.timing = period.timing(local_day(at));
    }
    Ok(owed)
}

/// The day on which a live plan was confirmed.
async fn live_since(app: &App, plan: PlanId) -> Result<Option<NaiveDate>, Failure> {
    let at: Option<Option<DateTime<Utc>>> = plan::Entity::find_by_id(plan)
        .select_only()
        .column(plan::Column::ConfirmedAt)
        .filter(plan::Column::State.eq("live"))
        .into_tuple()
        .one(&app.db)
        .await?;
    Ok(at.flatten().map(local_day))
}
