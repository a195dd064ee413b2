//! Coverage out of the ledger: kept up with every entry, and made again from the entries alone.
//!
//! A cell is a plan, a theme, a channel, the outlet's unit and the month, in Vietnam, in which it
//! was seen or heard. `items` counts deliveries proven, `proofs` the entries that count, `seconds`
//! how long the first proof of each delivery was heard.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::body::Body;
use super::entity::{cell, entry};
use super::ledger::lock;
use crate::app::App;
use crate::clock::local;
use crate::error::Failure;
use crate::ids::{PlanId, ThemeId, UnitId};

/// So many entries are read at a time.
const BATCH: u64 = 1000;
/// So many cells are written at a time.
const CHUNK: usize = 100;

/// Plan, theme, channel, unit, month.
type Key = (PlanId, ThemeId, String, UnitId, String);
/// Items, proofs, seconds.
type Sums = (i64, i64, i64);

/// Adds an entry that counts to its cells.
pub(super) async fn add(connection: &impl ConnectionTrait, body: &Body) -> Result<(), Failure> {
    if body.themes.is_empty() {
        return Ok(());
    }
    let (items, proofs, seconds) = sums(body);
    let more = |column: cell::Column, by: i64| Expr::col((cell::Entity, column)).add(by);
    let there = OnConflict::columns([
        cell::Column::PlanId,
        cell::Column::ThemeId,
        cell::Column::Channel,
        cell::Column::UnitId,
        cell::Column::Month,
    ])
    .value(cell::Column::Items, more(cell::Column::Items, items))
    .value(cell::Column::Proofs, more(cell::Column::Proofs, proofs))
    .value(cell::Column::Seconds, more(cell::Column::Seconds, seconds))
    .to_owned();
    let rows = keys(body).map(|key| row(key, sums(body)));
    cell::Entity::insert_many(rows)
        .on_conflict(there)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Makes coverage again from the ledger, while nobody can append; answers how many cells it has.
pub async fn rebuild_coverage(app: &App) -> Result<usize, Failure> {
    let transaction = app.begin().await?;
    lock(&transaction).await?;
    let cells = of_ledger(&transaction).await?;
    cell::Entity::delete_many().exec(&transaction).await?;
    let count = cells.len();
    let mut cells = cells.into_iter();
    loop {
        let rows: Vec<_> = cells
            .by_ref()
            .take(CHUNK)
            .map(|(key, sums)| row(key, sums))
            .collect();
        if rows.is_empty() {
            break;
        }
        cell::Entity::insert_many(rows)
            .exec_without_returning(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(count)
}

/// Compares coverage as it was kept up with what the ledger gives; answers what does not hold.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<Vec<String>, Failure> {
    let mut due = of_ledger(connection).await?;
    let mut broken = Vec::new();
    for cell in cell::Entity::find().all(connection).await? {
        let kept = (cell.items, cell.proofs, cell.seconds);
        let key = (
            cell.plan_id,
            cell.theme_id,
            cell.channel,
            cell.unit_id,
            cell.month,
        );
        let (name, sums) = (shown(&key), due.remove(&key).unwrap_or_default());
        if kept != sums {
            broken.push(format!(
                "{name}: it has {kept:?}, the ledger gives {sums:?}"
            ));
        }
    }
    let missing = due.iter().map(|(key, sums)| {
        let name = shown(key);
        format!("{name}: it is missing, the ledger gives {sums:?}")
    });
    broken.extend(missing);
    Ok(broken)
}

/// Every cell, out of the bodies of the entries and nothing else.
async fn of_ledger(connection: &impl ConnectionTrait) -> Result<BTreeMap<Key, Sums>, Failure> {
    let mut cells: BTreeMap<Key, Sums> = BTreeMap::new();
    let mut last = 0;
    loop {
        let batch: Vec<(i64, String)> = entry::Entity::find()
            .select_only()
            .columns([entry::Column::Seq, entry::Column::Body])
            .filter(entry::Column::Seq.gt(last))
            .order_by_asc(entry::Column::Seq)
            .limit(BATCH)
            .into_tuple()
            .all(connection)
            .await?;
        let Some((seq, _)) = batch.last() else {
            return Ok(cells);
        };
        last = *seq;
        for (_, text) in &batch {
            let body: Body = serde_json::from_str(text)?;
            if !body.counts {
                continue;
            }
            let (items, proofs, seconds) = sums(&body);
            for key in keys(&body) {
                let cell = cells.entry(key).or_default();
                *cell = (cell.0 + items, cell.1 + proofs, cell.2 + seconds);
            }
        }
    }
}

/// What an entry that counts adds to each of its cells.
fn sums(body: &Body) -> Sums {
    if body.first {
        (1, 1, body.seconds)
    } else {
        (0, 1, 0)
    }
}

fn keys(body: &Body) -> impl Iterator<Item = Key> {
    let month = local(body.occurred_at).format("%Y-%m").to_string();
    body.themes.iter().map(move |theme| {
        let channel = body.channel.clone();
        (body.plan, *theme, channel, body.unit, month.clone())
    })
}

fn row(
    (plan, theme, channel, unit, month): Key,
    (items, proofs, seconds): Sums,
) -> cell::ActiveModel {
    cell::ActiveModel {
        plan_id: Set(plan),
        theme_id: Set(theme),
        channel: Set(channel),
        unit_id: Set(unit),
        month: Set(month),
        items: Set(items),
        proofs: Set(proofs),
        seconds: Set(seconds),
    }
}

fn shown((plan, theme, channel, unit, month): &Key) -> String {
    format!("plan {plan}, theme {theme}, {channel}, unit {unit}, {month}")
}
