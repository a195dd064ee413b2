//! Counting: which entries of the ledger stand behind which figure. The rule is written once, as a
//! query for each figure; filling a draft and checking a submitted report both use it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use loa_plan::ChannelKind;
use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::codes::Code;
use super::entity::{figure, figure_evidence};
use super::period::Period;
use super::ranges;
use crate::clock::start_of;
use crate::deliveries::entity::{delivery, release};
use crate::error::Failure;
use crate::evidence::entity::{entry, entry_theme};
use crate::ids::{PlanId, ReportId, ThemeId, UnitId};
use crate::plans::entity::{plan_channel, theme};
use crate::stories::entity::story;
use crate::units::UnitTree;

/// What a report counts from.
#[derive(Debug, Clone)]
pub(super) struct Basis {
    /// The plan that was carried out.
    pub(super) plan: PlanId,
    /// The first day that counts.
    pub(super) from: NaiveDate,
    /// The last day that counts.
    pub(super) to: NaiveDate,
    /// The units that count; all of them for a province.
    pub(super) units: Option<BTreeSet<UnitId>>,
    /// The last entry that was there; later proof of the same days does not change what was said.
    pub(super) until: Option<i64>,
}

/// A figure with the entries behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) code: Code,
    pub(super) value: i64,
    pub(super) seqs: String,
}

impl Basis {
    /// Of a unit in a period, by what the tree of units was then.
    pub(super) fn of(tree: &UnitTree, plan: PlanId, unit: UnitId, period: &Period) -> Self {
        let province = tree
            .near(unit, period.to)
            .is_some_and(|unit| unit.level == "province");
        Self {
            plan,
            from: period.from,
            to: period.to,
            units: (!province).then(|| tree.within(unit, period.from, period.to)),
            until: None,
        }
    }

    /// Counting proofs of the period: at the outlets of the units, or of their stories elsewhere.
    fn proofs(&self) -> Condition {
        let mut all = Condition::all()
            .add(entry::Column::PlanId.eq(self.plan))
            .add(entry::Column::Counts.eq(true))
            .add(entry::Column::OccurredAt.gte(start_of(self.from)));
        if let Some(next) = self.to.succ_opt() {
            all = all.add(entry::Column::OccurredAt.lt(start_of(next)));
        }
        if let Some(until) = self.until {
            all = all.add(entry::Column::Seq.lte(until));
        }
        let Some(units) = &self.units else { return all };
        let of_units = Query::select()
            .column((delivery::Entity, delivery::Column::Id))
            .from(delivery::Entity)
            .inner_join(
                release::Entity,
                Expr::col((release::Entity, release::Column::Id))
                    .equals((delivery::Entity, delivery::Column::ReleaseId)),
            )
            .inner_join(
                story::Entity,
                Expr::col((story::Entity, story::Column::Id))
                    .equals((release::Entity, release::Column::StoryId)),
            )
            .and_where(
                Expr::col((story::Entity, story::Column::UnitId)).is_in(units.iter().copied()),
            )
            .to_owned();
        all.add(
            Condition::any()
                .add(entry::Column::UnitId.is_in(units.iter().copied()))
                .add(entry::Column::DeliveryId.in_subquery(of_units)),
        )
    }

    /// Proven deliveries: the first counting proof of each.
    fn items(&self) -> Condition {
        self.proofs().add(entry::Column::First.eq(true))
    }

    /// The entries behind a figure.
    fn behind(&self, code: Code) -> Condition {
        let speaker = entry::Column::Channel.eq(ChannelKind::Loudspeaker.name());
        match code {
            Code::Total | Code::Units => self.items(),
            Code::Themes => {
                let any = of_theme(|themes| {
                    let of_plan = Query::select()
                        .column(theme::Column::Id)
                        .from(theme::Entity)
                        .and_where(theme::Column::PlanId.eq(self.plan))
                        .to_owned();
                    themes.and_where(entry_theme::Column::ThemeId.in_subquery(of_plan));
                });
                self.items().add(entry::Column::Seq.in_subquery(any))
            }
            Code::Theme(id) => {
                let one = of_theme(|themes| {
                    themes.and_where(entry_theme::Column::ThemeId.eq(id));
                });
                self.items().add(entry::Column::Seq.in_subquery(one))
            }
            Code::Channel(kind) => self.items().add(entry::Column::Channel.eq(kind.name())),
            Code::Seconds => self.items().add(speaker),
            Code::Receipts => self.proofs().add(speaker),
            Code::Unit(id) => self.items().add(entry::Column::UnitId.eq(id)),
        }
    }

    /// What a corrected plan no longer has was in force as long as it had it.
    fn in_force(&self, ended: impl ColumnTrait) -> Condition {
        let in_force = Condition::any().add(ended.is_null());
        match self.to.succ_opt() {
            Some(next) => in_force.add(ended.gte(start_of(next))),
            None => in_force,
        }
    }

    fn items_query(&self) -> SelectStatement {
        Query::select()
            .column(entry::Column::Seq)
            .from(entry::Entity)
            .cond_where(self.items())
            .to_owned()
    }

    /// Every figure of the report, in its order: what the plan asks for, then what was proven
    /// beside it.
    async fn codes(&self, connection: &impl ConnectionTrait) -> Result<Vec<Code>, Failure> {
        let asked: Vec<String> = plan_channel::Entity::find()
            .select_only()
            .column(plan_channel::Column::Kind)
            .filter(plan_channel::Column::PlanId.eq(self.plan))
            .filter(self.in_force(plan_channel::Column::EndedAt))
            .into_tuple()
            .all(connection)
            .await?;
        let proven: Vec<String> = entry::Entity::find()
            .select_only()
            .column(entry::Column::Channel)
            .filter(self.items())
            .distinct()
            .into_tuple()
            .all(connection)
            .await?;
        let proven_themes = Query::select()
            .column(entry_theme::Column::ThemeId)
            .from(entry_theme::Entity)
            .and_where(entry_theme::Column::Seq.in_subquery(self.items_query()))
            .to_owned();
        let themes: Vec<ThemeId> = theme::Entity::find()
            .select_only()
            .column(theme::Column::Id)
            .filter(theme::Column::PlanId.eq(self.plan))
            .filter(
                self.in_force(theme::Column::EndedAt)
                    .add(theme::Column::Id.in_subquery(proven_themes)),
            )
            .order_by_asc(theme::Column::Position)
            .into_tuple()
            .all(connection)
            .await?;
        let units: Vec<UnitId> = entry::Entity::find()
            .select_only()
            .column(entry::Column::UnitId)
            .filter(self.items())
            .distinct()
            .order_by_asc(entry::Column::UnitId)
            .into_tuple()
            .all(connection)
            .await?;
        let shown = |kind: &&ChannelKind| {
            let named = |names: &[String]| names.iter().any(|name| name == kind.name());
            named(&asked) || named(&proven)
        };
        let mut codes = vec![Code::Total, Code::Themes, Code::Units];
        codes.extend(
            ChannelKind::ALL
                .iter()
                .filter(shown)
                .copied()
                .map(Code::Channel),
        );
        codes.extend([Code::Seconds, Code::Receipts]);
        codes.extend(themes.into_iter().map(Code::Theme));
        codes.extend(units.into_iter().map(Code::Unit));
        Ok(codes)
    }

    /// The value of a figure of which so many entries were found.
    async fn value(
        &self,
        connection: &impl ConnectionTrait,
        code: Code,
        found: i64,
        so_far: &BTreeMap<Code, i64>,
    ) -> Result<i64, Failure> {
        let above_nothing = |of: fn(&Code) -> bool| {
            let some = so_far
                .iter()
                .filter(|(code, value)| of(code) && **value > 0);
            i64::try_from(some.count()).unwrap_or(i64::MAX)
        };
        Ok(match code {
            Code::Themes => above_nothing(|code| matches!(code, Code::Theme(_))),
            Code::Units => above_nothing(|code| matches!(code, Code::Unit(_))),
            Code::Seconds => {
                // PostgreSQL's sums of whole numbers are of another type than the numbers.
                let sum = Expr::col(entry::Column::Seconds).sum();
                entry::Entity::find()
                    .select_only()
                    .expr(sum.cast_as(Alias::new("BIGINT")))
                    .filter(self.behind(code))
                    .into_tuple::<Option<i64>>()
                    .one(connection)
                    .await?
                    .flatten()
                    .unwrap_or_default()
            }
            _ => found,
        })
    }
}

/// Fills a draft: its figures, and the entries behind each, straight from table to table.
pub(super) async fn fill(
    transaction: &DatabaseTransaction,
    report: ReportId,
    basis: &Basis,
) -> Result<(), Failure> {
    figure_evidence::Entity::delete_many()
        .filter(figure_evidence::Column::ReportId.eq(report))
        .exec(transaction)
        .await?;
    figure::Entity::delete_many()
        .filter(figure::Column::ReportId.eq(report))
        .exec(transaction)
        .await?;
    let codes = basis.codes(transaction).await?;
    let mut values = BTreeMap::new();
    // What is counted out of other figures comes after them.
    for code in codes.iter().rev() {
        let entries = Query::select()
            .expr(Expr::val(report.0))
            .expr(Expr::val(code.to_string()))
            .column(entry::Column::Seq)
            .from(entry::Entity)
            .cond_where(basis.behind(*code))
            .to_owned();
        let mut insert = Query::insert();
        insert.into_table(figure_evidence::Entity).columns([
            figure_evidence::Column::ReportId,
            figure_evidence::Column::Code,
            figure_evidence::Column::Seq,
        ]);
        insert.select_from(entries).map_err(anyhow::Error::from)?;
        let found = transaction.execute(&insert).await?.rows_affected();
        let found = i64::try_from(found).unwrap_or(i64::MAX);
        let value = basis.value(transaction, *code, found, &values).await?;
        values.insert(*code, value);
    }
    let rows = codes
        .iter()
        .zip(0_i64..)
        .map(|(code, position)| figure::ActiveModel {
            report_id: Set(report),
            code: Set(code.to_string()),
            position: Set(position),
            value: Set(values.get(code).copied().unwrap_or_default()),
        });
    figure::Entity::insert_many(rows)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Counts without writing: what a draft would say now, or a submitted report should say still.
pub(super) async fn tally(
    connection: &impl ConnectionTrait,
    basis: &Basis,
) -> Result<Vec<Tally>, Failure> {
    let codes = basis.codes(connection).await?;
    let mut values = BTreeMap::new();
    let mut tallies = Vec::new();
    for code in codes.iter().rev() {
        let seqs: Vec<i64> = entry::Entity::find()
            .select_only()
            .column(entry::Column::Seq)
            .filter(basis.behind(*code))
            .order_by_asc(entry::Column::Seq)
            .into_tuple()
            .all(connection)
            .await?;
        let found = i64::try_from(seqs.len()).unwrap_or(i64::MAX);
        let value = basis.value(connection, *code, found, &values).await?;
        values.insert(*code, value);
        tallies.push(Tally {
            code: *code,
            value,
            seqs: ranges::write(seqs),
        });
    }
    tallies.reverse();
    Ok(tallies)
}

/// How much is proven now, without writing.
pub(super) async fn total(
    connection: &impl ConnectionTrait,
    basis: &Basis,
) -> Result<i64, Failure> {
    use sea_orm::PaginatorTrait;
    let found = entry::Entity::find()
        .filter(basis.items())
        .count(connection)
        .await?;
    Ok(i64::try_from(found).unwrap_or(i64::MAX))
}

/// The figures of a report as they were filled in.
pub(super) async fn filled(
    connection: &impl ConnectionTrait,
    report: ReportId,
) -> Result<Vec<Tally>, Failure> {
    let rows = figure::Entity::find()
        .filter(figure::Column::ReportId.eq(report))
        .order_by_asc(figure::Column::Position)
        .all(connection)
        .await?;
    let mut tallies = Vec::with_capacity(rows.len());
    for row in rows {
        let Ok(code) = row.code.parse() else {
            return Err(anyhow::anyhow!("report {report} has a figure '{}'", row.code).into());
        };
        let seqs: Vec<i64> = figure_evidence::Entity::find()
            .select_only()
            .column(figure_evidence::Column::Seq)
            .filter(figure_evidence::Column::ReportId.eq(report))
            .filter(figure_evidence::Column::Code.eq(row.code))
            .order_by_asc(figure_evidence::Column::Seq)
            .into_tuple()
            .all(connection)
            .await?;
        tallies.push(Tally {
            code,
            value: row.value,
            seqs: ranges::write(seqs),
        });
    }
    Ok(tallies)
}

/// The numbers of the entries behind a figure, as a query.
pub(super) fn seqs(report: ReportId, code: Code) -> SelectStatement {
    Query::select()
        .column(figure_evidence::Column::Seq)
        .from(figure_evidence::Entity)
        .and_where(figure_evidence::Column::ReportId.eq(report))
        .and_where(figure_evidence::Column::Code.eq(code.to_string()))
        .to_owned()
}

fn of_theme(narrow: impl FnOnce(&mut SelectStatement)) -> SelectStatement {
    let mut themes = Query::select();
    themes
        .column(entry_theme::Column::Seq)
        .from(entry_theme::Entity);
    narrow(&mut themes);
    themes
}
