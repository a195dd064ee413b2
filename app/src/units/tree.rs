//! All units with their past, in memory: a province has a few hundred.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use super::entity::{unit, unit_change, unit_version};
use crate::error::Failure;
use crate::ids::UnitId;

/// A unit as it was on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The body.
    pub id: UnitId,
    /// The stable key of the data files.
    pub key: String,
    /// Its full name on that day.
    pub name: String,
    /// Its short name on that day.
    pub short_name: String,
    /// `tỉnh`, `huyện`, `xã`, `phường`, `sở` …
    pub kind: String,
    /// `province`, `district`, `commune` or `agency`.
    pub level: String,
    /// Its official code on that day.
    pub code: Option<String>,
    /// Whom it belonged to.
    pub parent: Option<UnitId>,
    /// The first day of this name and place.
    pub valid_from: NaiveDate,
    /// The first day on which it was no longer so.
    pub valid_to: Option<NaiveDate>,
}

impl Unit {
    /// The last day of this name and place.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.valid_to.and_then(|end| end.pred_opt())
    }
}

/// Who took over from a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// From which day.
    pub on: NaiveDate,
    /// The unit that took over.
    pub unit: UnitId,
    /// The whole of it, or a part.
    pub whole: bool,
    /// The legal act.
    pub act: String,
    /// What is not certain.
    pub doubt: Option<String>,
}

/// Every unit, every name it had, every change.
#[derive(Debug, Default)]
pub struct UnitTree {
    versions: BTreeMap<UnitId, Vec<Unit>>,
    successors: BTreeMap<UnitId, Vec<Successor>>,
}

impl UnitTree {
    /// Reads the whole tree.
    pub async fn load(connection: &impl ConnectionTrait) -> Result<Self, Failure> {
        let keys: BTreeMap<UnitId, String> = unit::Entity::find()
            .all(connection)
            .await?
            .into_iter()
            .map(|row| (row.id, row.key))
            .collect();
        let mut tree = Self::default();
        let rows = unit_version::Entity::find()
            .order_by_asc(unit_version::Column::ValidFrom)
            .all(connection)
            .await?;
        for row in rows {
            tree.versions.entry(row.unit_id).or_default().push(Unit {
                id: row.unit_id,
                key: keys.get(&row.unit_id).cloned().unwrap_or_default(),
                name: row.name,
                short_name: row.short_name,
                kind: row.kind,
                level: row.level,
                code: row.code,
                parent: row.parent_id,
                valid_from: row.valid_from,
                valid_to: row.valid_to,
            });
        }
        for row in unit_change::Entity::find()
            .order_by_asc(unit_change::Column::OnDate)
            .all(connection)
            .await?
        {
            let Some(unit) = row.to_id else { continue };
            tree.successors
                .entry(row.from_id)
                .or_default()
                .push(Successor {
                    on: row.on_date,
                    unit,
                    whole: row.share == "whole",
                    act: row.act,
                    doubt: row.doubt,
                });
        }
        Ok(tree)
    }

    /// A unit as it was on a day; `None` when it was not there.
    pub fn on(&self, id: UnitId, day: NaiveDate) -> Option<&Unit> {
        self.versions.get(&id)?.iter().find(|unit| was(unit, day))
    }

    /// A unit as it was on a day, or else as it was nearest to it: a name for what is long gone.
    pub fn near(&self, id: UnitId, day: NaiveDate) -> Option<&Unit> {
        let versions = self.versions.get(&id)?;
        versions
            .iter()
            .find(|unit| was(unit, day))
            .or_else(|| versions.iter().rfind(|unit| unit.valid_from <= day))
            .or_else(|| versions.first())
    }

    /// The name of a unit on a day, or the nearest it had.
    pub fn name(&self, id: UnitId, day: NaiveDate) -> String {
        self.near(id, day)
            .map_or_else(|| format!("#{id}"), |unit| unit.name.clone())
    }

    /// Every unit there was on a day.
    pub fn all_on(&self, day: NaiveDate) -> impl Iterator<Item = &Unit> {
        self.versions
            .values()
            .filter_map(move |versions| versions.iter().find(|unit| was(unit, day)))
    }

    /// Every name and place a unit had, oldest first.
    pub fn versions(&self, id: UnitId) -> &[Unit] {
        self.versions.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The unit with a key of the data files.
    pub fn by_key(&self, key: &str) -> Option<UnitId> {
        self.versions
            .values()
            .flatten()
            .find(|unit| unit.key == key)
            .map(|unit| unit.id)
    }

    /// The units that ever had an official code.
    pub fn by_code(&self, code: &str) -> BTreeSet<UnitId> {
        let all = self.versions.values().flatten();
        all.filter(|unit| unit.code.as_deref() == Some(code))
            .map(|unit| unit.id)
            .collect()
    }

    /// Those of some units that are there on a day, by their names of that day: to choose from.
    pub fn choices(
        &self,
        units: impl IntoIterator<Item = UnitId>,
        day: NaiveDate,
    ) -> Vec<(UnitId, String)> {
        let there = units.into_iter().filter_map(|unit| self.on(unit, day));
        let mut choices: Vec<_> = there.map(|unit| (unit.id, unit.name.clone())).collect();
        choices.sort_by(|one, other| one.1.cmp(&other.1));
        choices
    }

    /// The units right below one, on a day.
    pub fn children(&self, id: UnitId, day: NaiveDate) -> Vec<&Unit> {
        self.all_on(day)
            .filter(|unit| unit.parent == Some(id))
            .collect()
    }

    /// A unit and all below it, on a day.
    pub fn under(&self, id: UnitId, day: NaiveDate) -> BTreeSet<UnitId> {
        let mut found = BTreeSet::from([id]);
        let mut open = vec![id];
        while let Some(parent) = open.pop() {
            for child in self.children(parent, day) {
                if found.insert(child.id) {
                    open.push(child.id);
                }
            }
        }
        found
    }

    /// What a role in a unit reaches: its heirs, all below them, and all those came from.
    pub fn reach(&self, id: UnitId, day: NaiveDate) -> BTreeSet<UnitId> {
        let heirs = self.heirs(id, day);
        let below = heirs.iter().flat_map(|heir| self.under(*heir, day));
        let mut reach: BTreeSet<UnitId> = below.flat_map(|unit| self.origins(unit)).collect();
        reach.insert(id);
        reach
    }

    /// Whose evidence counts for a unit within a time: the unit, those below it at the beginning
    /// and at the end, and those that came to them by then.
    ///
    /// What a unit did before it was merged counts for whoever had taken it over by the last day,
    /// in a report of that time and not before. A unit that was split counts wholly for each of
    /// its successors, because the ledger does not say which part was meant; over all units it is
    /// still counted once.
    pub fn within(&self, id: UnitId, from: NaiveDate, to: NaiveDate) -> BTreeSet<UnitId> {
        let below = self.under(id, to);
        let came = below
            .iter()
            .flat_map(|one| self.origins(*one))
            .filter(|origin| !self.heirs(*origin, to).is_disjoint(&below));
        let mut found: BTreeSet<UnitId> = came.collect();
        found.extend(self.under(id, from));
        found.extend(below.iter().copied());
        found
    }

    /// Who took over from a unit, directly.
    pub fn successors(&self, id: UnitId) -> &[Successor] {
        self.successors.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Who holds what a unit held, on a day: itself while it lasts, else its successors' heirs.
    pub fn heirs(&self, id: UnitId, day: NaiveDate) -> BTreeSet<UnitId> {
        let mut heirs = BTreeSet::new();
        let mut seen = BTreeSet::from([id]);
        let mut open = vec![id];
        while let Some(unit) = open.pop() {
            if self.on(unit, day).is_some() {
                heirs.insert(unit);
                continue;
            }
            for successor in self
                .successors(unit)
                .iter()
                .filter(|successor| successor.on <= day)
            {
                if seen.insert(successor.unit) {
                    open.push(successor.unit);
                }
            }
        }
        heirs
    }

    /// Whose duties and past a unit carries: itself and all it came from.
    pub fn origins(&self, id: UnitId) -> BTreeSet<UnitId> {
        let mut found = BTreeSet::from([id]);
        let mut open = vec![id];
        while let Some(unit) = open.pop() {
            for (from, successors) in &self.successors {
                if successors.iter().any(|successor| successor.unit == unit) && found.insert(*from)
                {
                    open.push(*from);
                }
            }
        }
        found
    }
}

fn was(unit: &Unit, day: NaiveDate) -> bool {
    unit.valid_from <= day && unit.valid_to.is_none_or(|end| day < end)
}
