//! Whose evidence counts for a unit within a time: a rule over the tree of units with its past.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::ids::UnitId;
use crate::units::UnitTree;

/// The unit, those below it at the beginning and at the end, and those that came to them by then.
///
/// What a unit did before it was merged counts for whoever had taken it over by the last day, in
/// a report of that time and not before. A unit that was split counts wholly for each of its
/// successors, because the ledger does not say which part was meant; over all units it is still
/// counted once.
pub fn units_within(
    tree: &UnitTree,
    unit: UnitId,
    from: NaiveDate,
    to: NaiveDate,
) -> BTreeSet<UnitId> {
    let below = tree.under(unit, to);
    let came = below
        .iter()
        .flat_map(|one| tree.origins(*one))
        .filter(|origin| !tree.heirs(*origin, to).is_disjoint(&below));
    let mut found: BTreeSet<UnitId> = came.collect();
    found.extend(tree.under(unit, from));
    found.extend(below.iter().copied());
    found
}
