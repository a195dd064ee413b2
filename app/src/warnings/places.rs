//! Where a warning holds, as areas of loudspeakers: by the codes of administrative units, which it names.

use std::collections::BTreeSet;

use loa_cap::Info;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::source;
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::UnitId;
use crate::outlets::entity::area;
use crate::units::entity::unit_version;
use crate::units::{Unit, UnitTree};

/// Where a warning holds.
#[derive(Debug, Default)]
pub struct Places {
    /// Areas whose loudspeakers are to say it, by name.
    pub areas: Vec<area::Model>,
    /// Places of it that no unit here was found for: what it calls them.
    pub unknown: Vec<String>,
}

/// The areas of all units that a warning names, of those below them, and of those that took over from them: a
/// source may not know yet that a district is no more. One too many is warned rather than one too few.
pub async fn places(app: &App, source: &source::Model, infos: &[&Info]) -> Result<Places, Failure> {
    let today = local_day(app.clock.now());
    let tree = UnitTree::load(&app.db).await?;
    let mut found = Places::default();
    let mut units: BTreeSet<UnitId> = BTreeSet::new();
    for place in infos.iter().flat_map(|info| &info.areas) {
        let codes = place.codes.iter();
        let codes = codes.filter(|(list, _)| list.eq_ignore_ascii_case(&source.code_list));
        let codes: Vec<&str> = codes.map(|(_, code)| code.as_str()).collect();
        let named: Vec<UnitId> = unit_version::Entity::find()
            .filter(unit_version::Column::Code.is_in(codes))
            .all(&app.db)
            .await?
            .into_iter()
            .map(|row| row.unit_id)
            .collect();
        if named.is_empty() && !found.unknown.contains(&place.description) {
            found.unknown.push(place.description.clone());
        }
        for unit in named {
            // As it was at its end, if it is no more.
            let end = tree.versions(unit).last().and_then(Unit::last_day);
            let day = end.map_or(today, |end| Ord::min(end, today));
            for one in tree.under(unit, day) {
                for heir in tree.heirs(one, today) {
                    units.extend(tree.under(heir, today));
                }
            }
        }
    }
    found.areas = area::Entity::find()
        .filter(area::Column::UnitId.is_in(units))
        .order_by_asc(area::Column::Name)
        .all(&app.db)
        .await?;
    Ok(found)
}
