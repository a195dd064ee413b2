//! Which units of the tree a printed name stands for. Nothing is guessed: a name that fits none,
//! or more than one, stays a name.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use loa_plan::Period;

use super::data::Named;
use super::names::{bare, key, pieces};
use crate::ids::UnitId;
use crate::units::{Unit, UnitTree};

/// How a name stands for units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It names one unit.
    Named,
    /// It names a group: every unit of that kind.
    Every,
    /// It names a body inside each of the units, such as a district's office of culture.
    Within,
    /// It fits no unit of the tree.
    Unknown,
}

/// A printed name and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// As printed; one of several when the document joins them.
    pub name: String,
    /// How it stands for them.
    pub how: How,
    /// The units; none when it is unknown.
    pub units: Vec<UnitId>,
}

/// The units a plan can mean: those of its province on its day.
#[derive(Debug)]
pub struct Matcher {
    known: Vec<Known>,
    province: Option<UnitId>,
    /// The key of its short name.
    region: String,
}

#[derive(Debug)]
struct Known {
    id: UnitId,
    kind: String,
    level: String,
    /// The keys of its names, and for an agency the same without the province.
    keys: BTreeSet<String>,
}

/// The day on which a plan's names are those of the tree: its own, or the last day that what is
/// printed of its date leaves open; else the first of its period; else `otherwise`.
pub fn day_of(date: Option<&str>, period: Option<Period>, otherwise: NaiveDate) -> NaiveDate {
    let begins = |period: Period| NaiveDate::from_ymd_opt(period.from, 1, 1);
    date.and_then(last_day)
        .or_else(|| period.and_then(begins))
        .unwrap_or(otherwise)
}

fn last_day(printed: &str) -> Option<NaiveDate> {
    let mut parts = printed.split('-');
    let year = parts.next()?.parse().ok()?;
    let Some(month) = parts.next() else {
        return NaiveDate::from_ymd_opt(year, 12, 31);
    };
    let month = month.parse().ok()?;
    match parts.next() {
        Some(day) => NaiveDate::from_ymd_opt(year, month, day.parse().ok()?),
        None => NaiveDate::from_ymd_opt(year, month, 1)?
            .checked_add_months(Months::new(1))?
            .pred_opt(),
    }
}

impl Matcher {
    /// The units around the one that owns the plan, on a day. An owner that came later looks
    /// through those it came from.
    pub fn of(tree: &UnitTree, owner: UnitId, day: NaiveDate) -> Self {
        let lineage = tree.origins(owner);
        // Of a time before the tree begins its first names are the nearest.
        let versions = lineage.iter().flat_map(|unit| tree.versions(*unit));
        let begins = versions.map(|unit| unit.valid_from).min();
        let day = begins.map_or(day, |begins| begins.max(day));
        let mut tops = BTreeSet::new();
        for unit in lineage {
            let mut top = tree.on(unit, day);
            while let Some(above) = top.and_then(|unit| tree.on(unit.parent?, day)) {
                top = Some(above);
            }
            tops.extend(top.map(|unit| unit.id));
        }
        let scope: BTreeSet<UnitId> = tops.iter().flat_map(|top| tree.under(*top, day)).collect();
        let units: Vec<&Unit> = scope
            .iter()
            .filter_map(|unit| tree.on(*unit, day))
            .collect();
        Self::over(&units)
    }

    /// Some units of one province.
    pub fn over(units: &[&Unit]) -> Self {
        let mut provinces = units.iter().filter(|unit| unit.level == "province");
        let province = provinces.next().filter(|_| provinces.next().is_none());
        let region = province.map_or(String::new(), |unit| key(&unit.short_name));
        let known = units.iter().map(|unit| Known::of(unit, &region)).collect();
        Self {
            known,
            province: province.map(|unit| unit.id),
            region,
        }
    }

    /// What a printed name stands for; one match for each body that it joins.
    pub fn find(&self, printed: &str) -> Vec<Match> {
        pieces(printed)
            .into_iter()
            .map(|name| {
                let (how, units) = self.one(&key(name));
                Match {
                    name: name.to_owned(),
                    how: if units.is_empty() { How::Unknown } else { how },
                    units,
                }
            })
            .collect()
    }

    /// The units that a name may mean.
    pub(super) fn units(&self) -> impl Iterator<Item = UnitId> {
        self.known.iter().map(|unit| unit.id)
    }

    /// What a name in a duty stands for: the unit that a person chose for it, else what is found.
    pub(super) fn named(&self, named: &Named) -> Vec<Match> {
        match named.unit {
            Some(unit) => vec![Match {
                name: named.name.clone(),
                how: How::Named,
                units: vec![unit],
            }],
            None => self.find(&named.name),
        }
    }

    /// The unit that a name alone stands for.
    pub fn unit(&self, printed: &str) -> Option<UnitId> {
        match self.find(printed).as_slice() {
            [only] if only.how == How::Named => only.units.first().copied(),
            _ => None,
        }
    }

    fn one(&self, name: &str) -> (How, Vec<UnitId>) {
        let short = bare(name, &self.region);
        for name in [name, short] {
            let named = self.all(|unit| unit.keys.contains(name));
            if named.len() == 1 {
                return (How::Named, named);
            }
        }
        // A committee is its area's government; the unit of the tree bears the area's name.
        let area = name.strip_prefix("ủy ban nhân dân ");
        if area.is_some_and(|area| area == "tỉnh" || bare(area, &self.region) == "tỉnh") {
            return (How::Named, self.province.into_iter().collect());
        }
        if let Some(area) = area {
            let named = self.all(|unit| unit.level != "agency" && unit.keys.contains(area));
            if named.len() == 1 {
                return (How::Named, named);
            }
        }
        let group = self.group(area.map_or(short, |area| bare(area, &self.region)));
        if !group.is_empty() {
            return (How::Every, group);
        }
        (How::Within, self.holders(short))
    }

    /// Every unit of the kinds that a name in the plural counts up.
    fn group(&self, name: &str) -> Vec<UnitId> {
        let name = name.strip_prefix("các ").unwrap_or(name);
        if ["sở", "sở ngành", "sở ban ngành", "sở ban ngành đoàn thể"].contains(&name)
        {
            return self.all(|unit| {
                unit.level == "agency" && ["sở", "ban", "ngành"].contains(&&*unit.kind)
            });
        }
        if name.starts_with("cơ quan báo chí") && !name.contains("trung ương") {
            return self.all(|unit| unit.kind.contains("báo chí"));
        }
        match name {
            "cấp huyện" => return self.level("district"),
            "cấp xã" => return self.level("commune"),
            "địa phương" => {
                let districts = self.level("district");
                return if districts.is_empty() {
                    self.level("commune")
                } else {
                    districts
                };
            }
            _ => {}
        }
        let kinds = counted(name);
        self.all(|unit| {
            ["district", "commune"].contains(&&*unit.level) && kinds.contains(&&*unit.kind)
        })
    }

    /// The units of which each has the body that is named: offices are parts of a district's
    /// committee, and 'cấp huyện', 'cấp xã' say the level themselves.
    fn holders(&self, name: &str) -> Vec<UnitId> {
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if says(&["cấp huyện", " các huyện"]) || name.starts_with("phòng ") {
            self.level("district")
        } else if says(&["cấp xã", " các xã", "xã phường"]) {
            self.level("commune")
        } else {
            Vec::new()
        }
    }

    fn level(&self, level: &str) -> Vec<UnitId> {
        self.all(|unit| unit.level == level)
    }

    fn all(&self, fits: impl Fn(&Known) -> bool) -> Vec<UnitId> {
        let fitting = self.known.iter().filter(|unit| fits(unit));
        fitting.map(|unit| unit.id).collect()
    }
}

impl Known {
    fn of(unit: &Unit, region: &str) -> Self {
        let mut keys = BTreeSet::from([key(&unit.name), key(&unit.short_name)]);
        if unit.level == "agency" {
            let short: Vec<String> = keys
                .iter()
                .map(|key| bare(key, region).to_owned())
                .collect();
            keys.extend(short);
        }
        Self {
            id: unit.id,
            kind: unit.kind.to_lowercase(),
            level: unit.level.clone(),
            keys,
        }
    }
}

/// The kinds in 'huyện thị xã thành phố'; none when anything else stands among them.
fn counted(mut name: &str) -> Vec<&'static str> {
    const KINDS: [&str; 8] = [
        "thị trấn",
        "thị xã",
        "thành phố",
        "đặc khu",
        "huyện",
        "quận",
        "phường",
        "xã",
    ];
    let mut kinds = Vec::new();
    while !name.is_empty() {
        let Some(kind) = KINDS.into_iter().find(|kind| name.starts_with(kind)) else {
            return Vec::new();
        };
        kinds.push(kind);
        name = name[kind.len()..].trim_start();
    }
    kinds
}

#[cfg(test)]
mod tests;
