//! Units out of the data files: `*.units.csv` with a row per name and place, `*.changes.csv` with
//! a row per pair of old and new unit.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use serde::Deserialize;

use super::entity::{unit, unit_change, unit_version};
use crate::ids::UnitId;

#[derive(Deserialize)]
struct VersionRow {
    key: String,
    name: String,
    short_name: String,
    kind: String,
    level: String,
    parent_key: Option<String>,
    code: Option<String>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct ChangeRow {
    date: NaiveDate,
    kind: String,
    act: String,
    from_key: String,
    to_key: Option<String>,
    share: String,
    doubt: Option<String>,
}

/// Loads units and their changes into an empty store; answers how many units there are.
pub async fn load_csv(
    connection: &impl ConnectionTrait,
    units: &str,
    changes: &str,
) -> anyhow::Result<usize> {
    let versions: Vec<VersionRow> = rows(units).context("the units")?;
    let mut ids: BTreeMap<String, UnitId> = BTreeMap::new();
    for row in &versions {
        if !ids.contains_key(&row.key) {
            let id = UnitId(i64::try_from(ids.len() + 1)?);
            ids.insert(row.key.clone(), id);
        }
    }
    let find = |key: &str| {
        ids.get(key)
            .copied()
            .with_context(|| format!("no unit has the key '{key}'"))
    };
    insert_units(connection, &ids).await?;
    for chunk in versions.chunks(100) {
        let mut models = Vec::with_capacity(chunk.len());
        for row in chunk {
            models.push(unit_version::ActiveModel {
                unit_id: Set(find(&row.key)?),
                name: Set(row.name.clone()),
                short_name: Set(row.short_name.clone()),
                kind: Set(row.kind.clone()),
                level: Set(row.level.clone()),
                parent_id: Set(row.parent_key.as_deref().map(find).transpose()?),
                code: Set(row.code.clone()),
                valid_from: Set(row.valid_from),
                valid_to: Set(row.valid_to),
                ..Default::default()
            });
        }
        unit_version::Entity::insert_many(models)
            .exec_without_returning(connection)
            .await?;
    }
    let changes: Vec<ChangeRow> = rows(changes).context("the changes")?;
    let mut models = Vec::with_capacity(changes.len());
    for row in &changes {
        if !matches!(row.share.as_str(), "whole" | "part") {
            bail!(
                "'{}' is neither whole nor part (change of {})",
                row.share,
                row.from_key
            );
        }
        models.push(unit_change::ActiveModel {
            on_date: Set(row.date),
            kind: Set(row.kind.clone()),
            act: Set(row.act.clone()),
            from_id: Set(find(&row.from_key)?),
            to_id: Set(row.to_key.as_deref().map(find).transpose()?),
            share: Set(row.share.clone()),
            doubt: Set(row.doubt.clone()),
            ..Default::default()
        });
    }
    for chunk in models.chunks(100) {
        unit_change::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(connection)
            .await?;
    }
    Ok(ids.len())
}

async fn insert_units(
    connection: &impl ConnectionTrait,
    ids: &BTreeMap<String, UnitId>,
) -> anyhow::Result<()> {
    let models: Vec<_> = ids
        .iter()
        .map(|(key, id)| unit::ActiveModel {
            id: Set(*id),
            key: Set(key.clone()),
        })
        .collect();
    for chunk in models.chunks(100) {
        unit::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

fn rows<T: for<'a> Deserialize<'a>>(text: &str) -> anyhow::Result<Vec<T>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(Into::into)
}
