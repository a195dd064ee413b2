//! What was accepted, as rows: themes, channels, duties with their units, regimes.

use anyhow::Context;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::clauses::Places;
use super::data::{Channel, Data, Duty, Named, Report};
use super::element::Element;
use super::entity::{duty, duty_unit, element, plan_channel, regime, theme};
use super::matching::Matcher;
use super::words;
use crate::error::Failure;
use crate::ids::{ClauseId, DutyId, PlanId, RegimeId, ThemeId, UnitId};

/// Rows in one statement: SQLite is fastest with about a hundred.
pub(super) const BATCH: usize = 100;

/// What the rows of a plan need to know.
pub(super) struct Rows<'a> {
    /// The plan.
    pub(super) plan: PlanId,
    /// Its unit.
    pub(super) owner: UnitId,
    /// Who issued it, as printed.
    pub(super) issuer: Option<&'a str>,
    /// Its clauses.
    pub(super) clauses: &'a Places,
    /// What its names stand for.
    pub(super) matcher: &'a Matcher,
}

impl Rows<'_> {
    /// Writes an element as the row that it becomes, or brings `known` to what it says; nothing for
    /// what has no rows of its own. `position` is its place among those of its kind.
    pub(super) async fn write(
        &self,
        connection: &impl ConnectionTrait,
        element: &Element,
        known: Option<(i64, &Data)>,
        position: i64,
    ) -> Result<(), Failure> {
        if !element.data.has_row() {
            return Ok(());
        }
        let clause = self.clause(&element.clause)?;
        let row = known.map(|(row, _)| row);
        let row = match &element.data {
            Data::Theme(data) => {
                self.theme(connection, clause, &data.label, position, row)
                    .await?
            }
            Data::Channel(data) => self.channel(connection, clause, data, row).await?,
            Data::Duty(data) => {
                let before = known.and_then(|(_, data)| match data {
                    Data::Duty(before) => Some(before),
                    _ => None,
                });
                let id = self.duty(connection, clause, data, position, row).await?;
                if before.is_none_or(|before| before.units != data.units) {
                    self.units(connection, DutyId(id), &data.units).await?;
                }
                id
            }
            Data::Report(data) => self.regime(connection, clause, data, row).await?,
            Data::Audience(_) | Data::Milestone(_) | Data::Money(_) | Data::Relation(_) => {
                return Ok(());
            }
        };
        element::Entity::update_many()
            .col_expr(element::Column::RowId, Expr::value(row))
            .filter(element::Column::Id.eq(element.id))
            .exec(connection)
            .await?;
        Ok(())
    }

    async fn theme(
        &self,
        connection: &impl ConnectionTrait,
        clause: ClauseId,
        label: &str,
        position: i64,
        row: Option<i64>,
    ) -> Result<i64, Failure> {
        let theme = theme::ActiveModel {
            plan_id: Set(self.plan),
            clause_id: Set(clause),
            position: Set(position),
            label: Set(label.to_owned()),
            ..Default::default()
        };
        Ok(match row {
            Some(id) => {
                let id = Set(ThemeId(id));
                let theme = theme::ActiveModel { id, ..theme };
                theme.update(connection).await?.id.0
            }
            None => theme.insert(connection).await?.id.0,
        })
    }

    async fn channel(
        &self,
        connection: &impl ConnectionTrait,
        clause: ClauseId,
        data: &Channel,
        row: Option<i64>,
    ) -> Result<i64, Failure> {
        let channel = plan_channel::ActiveModel {
            plan_id: Set(self.plan),
            clause_id: Set(clause),
            kind: Set(data.kind.name().to_owned()),
            label: Set(data.label.clone()),
            ..Default::default()
        };
        Ok(match row {
            Some(id) => {
                let channel = plan_channel::ActiveModel {
                    id: Set(id),
                    ..channel
                };
                channel.update(connection).await?.id
            }
            None => channel.insert(connection).await?.id,
        })
    }

    async fn duty(
        &self,
        connection: &impl ConnectionTrait,
        clause: ClauseId,
        data: &Duty,
        position: i64,
        row: Option<i64>,
    ) -> Result<i64, Failure> {
        let duty = duty::ActiveModel {
            plan_id: Set(self.plan),
            clause_id: Set(clause),
            position: Set(position),
            text: Set(data.text.clone()),
            cadence: Set(words::name(&data.cadence)),
            due: Set(data.due.clone()),
            product: Set(data.product.clone()),
            budget: Set(data.budget.clone()),
            row: Set(data.row.clone()),
            ..Default::default()
        };
        Ok(match row {
            Some(id) => {
                let id = Set(DutyId(id));
                let duty = duty::ActiveModel { id, ..duty };
                duty.update(connection).await?.id.0
            }
            None => duty.insert(connection).await?.id.0,
        })
    }

    /// A row for each unit that a name stands for, or one with the name alone.
    async fn units(
        &self,
        connection: &impl ConnectionTrait,
        duty: DutyId,
        named: &[Named],
    ) -> Result<(), Failure> {
        duty_unit::Entity::delete_many()
            .filter(duty_unit::Column::DutyId.eq(duty))
            .exec(connection)
            .await?;
        let mut rows = Vec::new();
        for asked in named {
            let role = words::name(&asked.role);
            for found in self.matcher.named(asked) {
                let row = duty_unit::ActiveModel {
                    duty_id: Set(duty),
                    name: Set(found.name),
                    role: Set(role.clone()),
                    unit_id: Set(None),
                    ..Default::default()
                };
                if found.units.is_empty() {
                    rows.push(row);
                    continue;
                }
                rows.extend(found.units.into_iter().map(|unit| duty_unit::ActiveModel {
                    unit_id: Set(Some(unit)),
                    ..row.clone()
                }));
            }
        }
        for batch in rows.chunks(BATCH) {
            duty_unit::Entity::insert_many(batch.to_vec())
                .exec_without_returning(connection)
                .await?;
        }
        Ok(())
    }

    async fn regime(
        &self,
        connection: &impl ConnectionTrait,
        clause: ClauseId,
        data: &Report,
        row: Option<i64>,
    ) -> Result<i64, Failure> {
        let (month, day) = data.day().context("a report without a day")?;
        let recipient = data.to.as_deref().or(self.issuer).unwrap_or_default();
        // Who is not in the tree cannot gather here; the plan's owner does.
        let gatherer = data.unit.or_else(|| self.matcher.unit(recipient));
        let regime = regime::ActiveModel {
            plan_id: Set(self.plan),
            clause_id: Set(clause),
            unit_id: Set(gatherer.unwrap_or(self.owner)),
            recipient: Set(recipient.to_owned()),
            due_month: Set(month),
            due_day: Set(day),
            inclusive: Set(data.inclusive),
            cadence: Set(words::name(&data.cadence)),
            ..Default::default()
        };
        Ok(match row {
            Some(id) => {
                let id = Set(RegimeId(id));
                let regime = regime::ActiveModel { id, ..regime };
                regime.update(connection).await?.id.0
            }
            None => regime.insert(connection).await?.id.0,
        })
    }

    fn clause(&self, eid: &str) -> Result<ClauseId, Failure> {
        let id = self.clauses.get(eid).copied();
        Ok(id.with_context(|| format!("the document has no clause {eid}"))?)
    }
}

/// The place of each accepted element among those of its kind.
pub(super) fn placed<'a>(accepted: &[&'a Element]) -> Vec<(&'a Element, i64)> {
    let mut counts = std::collections::BTreeMap::new();
    let place = |element: &&'a Element| {
        let count: &mut i64 = counts.entry(element.kind()).or_default();
        *count += 1;
        (*element, *count)
    };
    accepted.iter().map(place).collect()
}

pub(super) fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
