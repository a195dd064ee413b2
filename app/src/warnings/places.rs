//! Where a warning holds, as areas of loudspeakers: by the codes of administrative units, which it names.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use loa_cap::Info;
use sea_orm::{EntityTrait, QueryOrder};

use super::entity::source;
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::UnitId;
use crate::outlets::entity::area;
use crate::units::{Unit, UnitTree};

/// The ground on which warnings are looked for: today's units with their past, and the areas.
pub struct Ground {
    tree: UnitTree,
    /// By name.
    areas: Vec<area::Model>,
    today: NaiveDate,
}

/// Where a warning holds.
#[derive(Debug, Default)]
pub struct Places {
    /// Areas whose loudspeakers are to say it, by name.
    pub areas: Vec<area::Model>,
    /// Places of it that no unit here was found for: what it calls them.
    pub unknown: Vec<String>,
}

impl Ground {
    /// As it is now.
    pub async fn load(app: &App) -> Result<Self, Failure> {
        let areas = area::Entity::find().order_by_asc(area::Column::Name);
        Ok(Self {
            tree: UnitTree::load(&app.db).await?,
            areas: areas.all(&app.db).await?,
            today: local_day(app.clock.now()),
        })
    }

    /// The areas of all units that a warning names, of those below them, and of those that took over from them: a
    /// source may not know yet that a district is no more. One too many is warned rather than one too few.
    pub fn places(&self, source: &source::Model, infos: &[&Info]) -> Places {
        let mut units: BTreeSet<UnitId> = BTreeSet::new();
        let mut unknown: Vec<String> = Vec::new();
        for place in infos.iter().flat_map(|info| &info.areas) {
            let codes = place.codes.iter();
            let codes = codes.filter(|(list, _)| list.eq_ignore_ascii_case(&source.code_list));
            let named: BTreeSet<UnitId> = codes
                .flat_map(|(_, code)| self.tree.by_code(code))
                .collect();
            if named.is_empty() && !unknown.contains(&place.description) {
                unknown.push(place.description.clone());
            }
            for unit in named {
                units.extend(self.of_today(unit));
            }
        }
        let areas = self.areas.iter();
        Places {
            areas: areas
                .filter(|area| units.contains(&area.unit_id))
                .cloned()
                .collect(),
            unknown,
        }
    }

    /// The units of today on a unit's ground: it as it was at its end, if it is no more.
    fn of_today(&self, unit: UnitId) -> BTreeSet<UnitId> {
        let end = self.tree.versions(unit).last().and_then(Unit::last_day);
        let day = end.map_or(self.today, |end| Ord::min(end, self.today));
        let mut found = BTreeSet::new();
        for one in self.tree.under(unit, day) {
            for heir in self.tree.heirs(one, self.today) {
                found.extend(self.tree.under(heir, self.today));
            }
        }
        found
    }
}
