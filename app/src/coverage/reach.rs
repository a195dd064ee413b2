//! Whose evidence counts for a unit within a time.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::ids::UnitId;
use crate::units::UnitTree;

/// The rule is [`UnitTree::within`], by which lists of evidence go as well.
pub fn units_within(
    tree: &UnitTree,
    unit: UnitId,
    from: NaiveDate,
    to: NaiveDate,
) -> BTreeSet<UnitId> {
    tree.within(unit, from, to)
}
