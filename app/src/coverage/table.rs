//! The table of a year: themes × channel kinds × months, of the units a person may see.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use loa_plan::ChannelKind;
use sea_orm::sea_query::{Alias, Expr};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::heat::{Heat, When};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::{local_day, start_of};
use crate::error::Failure;
use crate::evidence::entity::cell;
use crate::ids::{ClauseId, PlanId, ThemeId, UnitId};
use crate::plans::entity::{clause, plan, plan_channel, theme};
use crate::units::UnitTree;

/// A plan whose programme runs or ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePlan {
    /// The plan.
    pub id: PlanId,
    /// Its title.
    pub title: String,
    /// Its first year.
    pub from: i32,
    /// Its last year.
    pub to: i32,
}

/// Which table is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Of which plan.
    pub plan: PlanId,
    /// Of which year.
    pub year: i32,
    /// Of which unit, with those below it in that year; of all the person sees otherwise.
    pub unit: Option<UnitId>,
}

/// The evidence of a plan in a year.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The year.
    pub year: i32,
    /// The themes in the plan's order.
    pub rows: Vec<Row>,
    /// The channel kinds that the plan asks for, or that were proven without.
    pub channels: Vec<Channel>,
    /// Today's year and month.
    pub now: (i32, u32),
    cells: BTreeMap<(ThemeId, ChannelKind, u32), Cell>,
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The theme.
    pub theme: ThemeId,
    /// Its clause: II.1.5.
    pub address: String,
    /// In the plan's words.
    pub label: String,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel {
    /// The channel kind.
    pub kind: ChannelKind,
    /// Whether the plan asks for it.
    pub asked: bool,
}

/// What was proven of a theme on a channel in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// Deliveries proven.
    pub items: i64,
    /// Entries of the ledger.
    pub proofs: i64,
    /// Seconds on the air.
    pub seconds: i64,
}

/// The plans that are live, or were, the newest first. What is asked of the programme is no secret
/// to who works for it.
pub async fn live_plans(app: &App) -> Result<Vec<LivePlan>, Failure> {
    let rows: Vec<(PlanId, String, i64, i64)> = plan::Entity::find()
        .select_only()
        .columns([
            plan::Column::Id,
            plan::Column::Title,
            plan::Column::PeriodFrom,
            plan::Column::PeriodTo,
        ])
        .filter(plan::Column::State.is_in(["live", "superseded"]))
        .order_by_asc(plan::Column::State)
        .order_by_desc(plan::Column::Id)
        .into_tuple()
        .all(&app.db)
        .await?;
    let year = |year: i64| i32::try_from(year).unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|(id, title, from, to)| LivePlan {
            id,
            title,
            from: year(from),
            to: year(to),
        })
        .collect())
}

/// Fills a table; 404 for a unit the person may not see.
pub async fn table(app: &App, person: &Person, asked: Asked) -> Result<Table, Failure> {
    let today = local_day(app.clock.now());
    let units = units(app, person, asked).await?;
    let mut table = Table {
        year: asked.year,
        rows: Vec::new(),
        channels: Vec::new(),
        now: (today.year(), today.month()),
        cells: cells(app, asked, units).await?,
    };
    table.rows = rows(app, asked, &table).await?;
    let named: Vec<String> = plan_channel::Entity::find()
        .select_only()
        .column(plan_channel::Column::Kind)
        .filter(plan_channel::Column::PlanId.eq(asked.plan))
        .filter(in_force(plan_channel::Column::EndedAt, asked.year)?)
        .into_tuple()
        .all(&app.db)
        .await?;
    let proven: BTreeSet<ChannelKind> = table.cells.keys().map(|(_, kind, _)| *kind).collect();
    table.channels = ChannelKind::ALL
        .iter()
        .map(|kind| Channel {
            kind: *kind,
            asked: named.iter().any(|name| name == kind.name()),
        })
        .filter(|channel| channel.asked || proven.contains(&channel.kind))
        .collect();
    Ok(table)
}

impl Table {
    /// What was proven of a theme on a channel in a month of the year.
    pub fn cell(&self, row: usize, channel: ChannelKind, month: u32) -> Cell {
        let theme = self.rows.get(row).map(|row| row.theme);
        let cell = theme.and_then(|theme| self.cells.get(&(theme, channel, month)));
        cell.copied().unwrap_or_default()
    }

    /// Where a month of the year lies.
    pub fn when(&self, month: u32) -> When {
        When::of((self.year, month), self.now)
    }

    /// How full a cell is.
    pub fn heat(&self, row: usize, channel: Channel, month: u32) -> Heat {
        let items = self.cell(row, channel.kind, month).items;
        Heat::of(items, channel.asked, self.when(month))
    }

    /// What was proven of a theme on a channel in the whole year.
    pub fn total(&self, row: usize, channel: ChannelKind) -> i64 {
        let months = (1..=12).map(|month| self.cell(row, channel, month).items);
        months.sum()
    }

    #[cfg(test)]
    pub(super) fn for_test(
        now: (i32, u32),
        channels: &[(ChannelKind, bool)],
        items: &[(usize, ChannelKind, u32, i64)],
    ) -> Self {
        let rows = (0..2).map(|row| Row {
            theme: ThemeId(row),
            address: format!("II.1.{row}"),
            label: String::new(),
        });
        let cells = items.iter().map(|(row, kind, month, items)| {
            let theme = ThemeId(i64::try_from(*row).expect("small"));
            let cell = Cell {
                items: *items,
                ..Cell::default()
            };
            ((theme, *kind, *month), cell)
        });
        Self {
            year: 2026,
            now,
            rows: rows.collect(),
            cells: cells.collect(),
            channels: channels
                .iter()
                .map(|(kind, asked)| Channel {
                    kind: *kind,
                    asked: *asked,
                })
                .collect(),
        }
    }
}

/// The first and the last day of a year.
pub(super) fn days_of(year: i32) -> Result<(NaiveDate, NaiveDate), Failure> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    let last = NaiveDate::from_ymd_opt(year, 12, 31);
    first.zip(last).ok_or(Failure::NotFound)
}

async fn units(app: &App, person: &Person, asked: Asked) -> Result<BTreeSet<UnitId>, Failure> {
    let seen = person.reach(Right::Read);
    let Some(unit) = asked.unit else {
        return Ok(seen);
    };
    if !seen.contains(&unit) {
        return Err(Failure::NotFound);
    }
    let tree = UnitTree::load(&app.db).await?;
    let (first, last) = days_of(asked.year)?;
    let last = Ord::clamp(local_day(app.clock.now()), first, last);
    let within = tree.within(unit, first, last);
    Ok(within.intersection(&seen).copied().collect())
}

/// What a corrected plan no longer has was in force as long as it had it: in a year it counts when it
/// was there on a day of it.
fn in_force(ended: impl ColumnTrait, year: i32) -> Result<Condition, Failure> {
    let (first, _) = days_of(year)?;
    Ok(Condition::any()
        .add(ended.is_null())
        .add(ended.gte(start_of(first))))
}

async fn rows(app: &App, asked: Asked, table: &Table) -> Result<Vec<Row>, Failure> {
    let proven: BTreeSet<ThemeId> = table.cells.keys().map(|(theme, _, _)| *theme).collect();
    let themes = theme::Entity::find()
        .filter(theme::Column::PlanId.eq(asked.plan))
        .filter(in_force(theme::Column::EndedAt, asked.year)?.add(theme::Column::Id.is_in(proven)))
        .order_by_asc(theme::Column::Position)
        .all(&app.db)
        .await?;
    let addresses: BTreeMap<ClauseId, String> = clause::Entity::find()
        .select_only()
        .columns([clause::Column::Id, clause::Column::Address])
        .filter(clause::Column::Id.is_in(themes.iter().map(|theme| theme.clause_id)))
        .into_tuple::<(ClauseId, String)>()
        .all(&app.db)
        .await?
        .into_iter()
        .collect();
    let row = |theme: theme::Model| Row {
        theme: theme.id,
        address: addresses.get(&theme.clause_id).cloned().unwrap_or_default(),
        label: theme.label,
    };
    Ok(themes.into_iter().map(row).collect())
}

async fn cells(
    app: &App,
    asked: Asked,
    units: BTreeSet<UnitId>,
) -> Result<BTreeMap<(ThemeId, ChannelKind, u32), Cell>, Failure> {
    // PostgreSQL's sums of whole numbers are of another type than the numbers.
    let sum = |column: cell::Column| {
        let sum = Expr::col(column).sum();
        sum.cast_as(Alias::new("BIGINT"))
    };
    let year = format!("{:04}", asked.year);
    let found: Vec<(ThemeId, String, String, i64, i64, i64)> = cell::Entity::find()
        .select_only()
        .columns([
            cell::Column::ThemeId,
            cell::Column::Channel,
            cell::Column::Month,
        ])
        .expr(sum(cell::Column::Items))
        .expr(sum(cell::Column::Proofs))
        .expr(sum(cell::Column::Seconds))
        .filter(cell::Column::PlanId.eq(asked.plan))
        .filter(cell::Column::Month.between(format!("{year}-01"), format!("{year}-12")))
        .filter(cell::Column::UnitId.is_in(units))
        .group_by(cell::Column::ThemeId)
        .group_by(cell::Column::Channel)
        .group_by(cell::Column::Month)
        .into_tuple()
        .all(&app.db)
        .await?;
    let mut cells = BTreeMap::new();
    for (theme, channel, month, items, proofs, seconds) in found {
        let kind = ChannelKind::ALL.iter().find(|kind| kind.name() == channel);
        let month = month.get(5..).and_then(|month| month.parse().ok());
        if let (Some(kind), Some(month)) = (kind, month) {
            let cell = Cell {
                items,
                proofs,
                seconds,
            };
            cells.insert((theme, *kind, month), cell);
        }
    }
    Ok(cells)
}
