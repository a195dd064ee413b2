//! What was read, as rows: clauses, themes, channels, duties with their units, regimes.

use std::collections::BTreeMap;

use anyhow::Context;
use loa_plan::{Clause, Reading, Report};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};

use super::entity::{clause, duty, duty_unit, plan, plan_channel, regime, theme};
use super::matching::Matcher;
use super::words;
use crate::error::Failure;
use crate::ids::{ClauseId, DutyId, PlanId};

/// Rows in one statement: SQLite is fastest with about a hundred.
const BATCH: usize = 100;

/// Writes all of it; the caller's transaction makes it whole.
pub(super) async fn write(
    connection: &impl ConnectionTrait,
    plan: &plan::Model,
    reading: &Reading,
    matcher: &Matcher,
) -> Result<(), Failure> {
    let rows = Rows {
        plan,
        clauses: insert_clauses(connection, plan.id, reading).await?,
        matcher,
    };
    rows.insert_themes(connection, reading).await?;
    rows.insert_channels(connection, reading).await?;
    rows.insert_duties(connection, reading).await?;
    rows.insert_regimes(connection, reading).await
}

/// A clause on its way into the store.
struct Placed<'a> {
    clause: &'a Clause,
    position: i64,
    above: Option<&'a str>,
}

/// Level by level, because a clause names the one above it. Answers ids by address.
async fn insert_clauses(
    connection: &impl ConnectionTrait,
    plan: PlanId,
    reading: &Reading,
) -> Result<BTreeMap<String, ClauseId>, Failure> {
    let mut levels: Vec<Vec<Placed<'_>>> = Vec::new();
    place(&reading.clauses, None, 0, &mut 0, &mut levels);
    let mut ids: BTreeMap<String, ClauseId> = BTreeMap::new();
    for level in levels {
        let rows = level.iter().map(|placed| clause::ActiveModel {
            plan_id: Set(plan),
            parent_id: Set(placed.above.and_then(|eid| ids.get(eid).copied())),
            position: Set(placed.position),
            address: Set(placed.clause.id.clone()),
            eid: Set(placed.clause.eid.clone()),
            marker: Set(placed.clause.marker.clone()),
            heading: Set(placed.clause.heading.clone()),
            text: Set(placed.clause.text.clone()),
            line: Set(whole(placed.clause.line)),
            ..Default::default()
        });
        let rows: Vec<_> = rows.collect();
        for batch in rows.chunks(BATCH) {
            clause::Entity::insert_many(batch.to_vec())
                .exec_without_returning(connection)
                .await?;
        }
        let known: Vec<(String, ClauseId)> = clause::Entity::find()
            .select_only()
            .columns([clause::Column::Eid, clause::Column::Id])
            .filter(clause::Column::PlanId.eq(plan))
            .into_tuple()
            .all(connection)
            .await?;
        ids = known.into_iter().collect();
    }
    let by_address = reading.walk().filter_map(|clause| {
        let id = ids.get(&clause.eid)?;
        Some((clause.id.clone(), *id))
    });
    Ok(by_address.collect())
}

fn place<'a>(
    clauses: &'a [Clause],
    above: Option<&'a str>,
    depth: usize,
    position: &mut i64,
    levels: &mut Vec<Vec<Placed<'a>>>,
) {
    if levels.len() == depth && !clauses.is_empty() {
        levels.push(Vec::new());
    }
    for clause in clauses {
        *position += 1;
        levels[depth].push(Placed {
            clause,
            position: *position,
            above,
        });
        place(
            &clause.children,
            Some(&clause.eid),
            depth + 1,
            position,
            levels,
        );
    }
}

/// What the other rows need to know.
struct Rows<'a> {
    plan: &'a plan::Model,
    clauses: BTreeMap<String, ClauseId>,
    matcher: &'a Matcher,
}

impl Rows<'_> {
    async fn insert_themes(
        &self,
        connection: &impl ConnectionTrait,
        reading: &Reading,
    ) -> Result<(), Failure> {
        let mut rows = Vec::with_capacity(reading.themes.len());
        for (place, read) in reading.themes.iter().enumerate() {
            rows.push(theme::ActiveModel {
                plan_id: Set(self.plan.id),
                clause_id: Set(self.clause(&read.clause)?),
                position: Set(whole(place + 1)),
                label: Set(read.label.clone()),
                ..Default::default()
            });
        }
        for batch in rows.chunks(BATCH) {
            theme::Entity::insert_many(batch.to_vec())
                .exec_without_returning(connection)
                .await?;
        }
        Ok(())
    }

    async fn insert_channels(
        &self,
        connection: &impl ConnectionTrait,
        reading: &Reading,
    ) -> Result<(), Failure> {
        for read in &reading.channels {
            let row = plan_channel::ActiveModel {
                plan_id: Set(self.plan.id),
                clause_id: Set(self.clause(&read.clause)?),
                kind: Set(read.kind.name().to_owned()),
                label: Set(read.label.clone()),
                ..Default::default()
            };
            row.insert(connection).await?;
        }
        Ok(())
    }

    async fn insert_duties(
        &self,
        connection: &impl ConnectionTrait,
        reading: &Reading,
    ) -> Result<(), Failure> {
        for (place, read) in reading.duties.iter().enumerate() {
            let row = duty::ActiveModel {
                plan_id: Set(self.plan.id),
                clause_id: Set(self.clause(&read.clause)?),
                position: Set(whole(place + 1)),
                text: Set(read.text.clone()),
                cadence: Set(words::name(&read.cadence)),
                due: Set(read.due.clone()),
                ..Default::default()
            };
            let id = row.insert(connection).await?.id;
            self.insert_units(connection, id, read).await?;
        }
        Ok(())
    }

    /// A row for each unit that a name stands for, or one with the name alone.
    async fn insert_units(
        &self,
        connection: &impl ConnectionTrait,
        duty: DutyId,
        read: &loa_plan::Duty,
    ) -> Result<(), Failure> {
        let mut rows = Vec::new();
        for asked in &read.units {
            let role = words::name(&asked.role);
            for found in self.matcher.find(&asked.name) {
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

    async fn insert_regimes(
        &self,
        connection: &impl ConnectionTrait,
        reading: &Reading,
    ) -> Result<(), Failure> {
        for read in &reading.reports {
            let (month, day) = due_of(read)?;
            let recipient = read.to.as_ref().or(reading.issuer.as_ref());
            let recipient = recipient.cloned().unwrap_or_default();
            let row = regime::ActiveModel {
                plan_id: Set(self.plan.id),
                clause_id: Set(self.clause(&read.clause)?),
                // Who is not in the tree cannot gather here; the plan's owner does.
                unit_id: Set(self.matcher.unit(&recipient).unwrap_or(self.plan.unit_id)),
                recipient: Set(recipient),
                due_month: Set(month),
                due_day: Set(day),
                inclusive: Set(read.inclusive),
                cadence: Set(words::name(&read.cadence)),
                ..Default::default()
            };
            row.insert(connection).await?;
        }
        Ok(())
    }

    fn clause(&self, address: &str) -> Result<ClauseId, Failure> {
        let id = self.clauses.get(address).copied();
        Ok(id.with_context(|| format!("the reading names no clause {address}"))?)
    }
}

fn due_of(read: &Report) -> Result<(i64, i64), Failure> {
    let parts = read.due.split_once('-').context("a report without a day")?;
    let number = |text: &str| text.parse().context("a report without a day");
    Ok((number(parts.0)?, number(parts.1)?))
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
