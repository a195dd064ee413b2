//! The clauses of a plan as rows: written when it becomes live, and kept under their ids when its
//! document is corrected.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use loa_plan::{Clause, Reading, compare};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, NotSet,
    QueryFilter, QuerySelect, Set,
};

use super::entity::{clause, clause_address, plan};
use super::rows::{BATCH, whole};
use crate::error::Failure;
use crate::ids::{ClauseId, PlanId};

/// Ids by eId.
pub(super) type Places = BTreeMap<String, ClauseId>;

/// A clause on its way into the store.
struct Placed<'a> {
    clause: &'a Clause,
    position: i64,
    above: Option<&'a str>,
}

/// Writes all of them, level by level, because a clause names the one above it.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    plan: PlanId,
    reading: &Reading,
) -> Result<Places, Failure> {
    let mut levels: Vec<Vec<Placed<'_>>> = Vec::new();
    place(&reading.clauses, None, 0, &mut 0, &mut levels);
    let mut ids = Places::new();
    for level in levels {
        let rows: Vec<_> = level.iter().map(|placed| placed.row(plan, &ids)).collect();
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
    Ok(ids)
}

/// Brings the clauses of a live plan to what a corrected document says. Clauses that are the same, or
/// the same in other words, keep their ids; what is there no more stays and is not in force.
pub(super) async fn correct(
    connection: &impl ConnectionTrait,
    live: &plan::Model,
    (old, new): (&Reading, &Reading),
    now: DateTime<Utc>,
) -> Result<Places, Failure> {
    let rows = clause::Entity::find()
        .filter(clause::Column::PlanId.eq(live.id))
        .filter(clause::Column::EndedAt.is_null())
        .all(connection)
        .await?;
    let mut known: BTreeMap<String, clause::Model> =
        rows.into_iter().map(|row| (row.eid.clone(), row)).collect();
    let mut kept: BTreeMap<&str, clause::Model> = BTreeMap::new();
    for change in compare(&old.clauses, &new.clauses) {
        if let (Some(before), Some(after)) = (change.before(), change.after())
            && let Some(row) = known.remove(&before.eid)
        {
            kept.insert(&after.eid, row);
        }
    }
    end(connection, known.values(), now).await?;
    free(connection, &kept, new, live.version).await?;
    let mut levels = Vec::new();
    place(&new.clauses, None, 0, &mut 0, &mut levels);
    let mut ids = Places::new();
    for placed in levels.into_iter().flatten() {
        let eid = &placed.clause.eid;
        let id = match kept.get(eid.as_str()) {
            Some(before) => {
                let after = placed.model(live.id, before.id, &ids);
                if after != *before {
                    let after = after.into_active_model().reset_all();
                    after.update(connection).await?;
                }
                before.id
            }
            None => placed.row(live.id, &ids).insert(connection).await?.id,
        };
        ids.insert(eid.clone(), id);
    }
    Ok(ids)
}

/// Takes clauses out of force. Their eIds are free for others; who looks for them has their ids.
async fn end(
    connection: &impl ConnectionTrait,
    rows: impl Iterator<Item = &clause::Model>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let ids: Vec<ClauseId> = rows.map(|row| row.id).collect();
    for batch in ids.chunks(BATCH) {
        clause::Entity::update_many()
            .col_expr(clause::Column::EndedAt, Expr::value(now))
            .col_expr(clause::Column::Eid, Expr::cust("'ended-' || id"))
            .filter(clause::Column::Id.is_in(batch.iter().copied()))
            .exec(connection)
            .await?;
    }
    Ok(())
}

/// Frees the eIds of clauses that stand elsewhere now, and notes the addresses they had: stories that
/// were approved name them.
async fn free(
    connection: &impl ConnectionTrait,
    kept: &BTreeMap<&str, clause::Model>,
    new: &Reading,
    version: i64,
) -> Result<(), Failure> {
    let moved = kept.iter().filter(|(eid, row)| **eid != row.eid);
    let moved: Vec<ClauseId> = moved.map(|(_, row)| row.id).collect();
    for batch in moved.chunks(BATCH) {
        clause::Entity::update_many()
            .col_expr(clause::Column::Eid, Expr::cust("'moving-' || id"))
            .filter(clause::Column::Id.is_in(batch.iter().copied()))
            .exec(connection)
            .await?;
    }
    let known: BTreeSet<(&str, &str)> = kept
        .iter()
        .map(|(eid, row)| (*eid, row.address.as_str()))
        .collect();
    let still: BTreeSet<&str> = new
        .walk()
        .filter(|clause| known.contains(&(clause.eid.as_str(), clause.id.as_str())))
        .map(|clause| clause.eid.as_str())
        .collect();
    let renumbered = kept.iter().filter(|(eid, _)| !still.contains(**eid));
    let rows: Vec<_> = renumbered
        .map(|(_, row)| clause_address::ActiveModel {
            clause_id: Set(row.id),
            version: Set(version),
            address: Set(row.address.clone()),
        })
        .collect();
    for batch in rows.chunks(BATCH) {
        clause_address::Entity::insert_many(batch.to_vec())
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
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
        let below = &clause.children;
        place(below, Some(&clause.eid), depth + 1, position, levels);
    }
}

impl Placed<'_> {
    fn model(&self, plan: PlanId, id: ClauseId, ids: &Places) -> clause::Model {
        clause::Model {
            id,
            plan_id: plan,
            parent_id: self.above.and_then(|eid| ids.get(eid).copied()),
            position: self.position,
            address: self.clause.id.clone(),
            eid: self.clause.eid.clone(),
            marker: self.clause.marker.clone(),
            heading: self.clause.heading.clone(),
            text: self.clause.text.clone(),
            line: whole(self.clause.line),
            ended_at: None,
        }
    }

    /// The same before it has an id.
    fn row(&self, plan: PlanId, ids: &Places) -> clause::ActiveModel {
        let row = self.model(plan, ClauseId(0), ids).into_active_model();
        clause::ActiveModel {
            id: NotSet,
            ..row.reset_all()
        }
    }
}
