//! Who owes the duties of a plan: names as printed, the units they stand for, and who holds their
//! place today.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::data::Named;
use super::entity::{duty, duty_unit};
use super::matching::{How, Matcher};
use super::words;
use crate::error::Failure;
use crate::ids::{DutyId, PlanId, UnitId};
use crate::units::UnitTree;

/// A duty of a live plan with who owes it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The duty.
    pub duty: duty::Model,
    /// Who owes it, in the order of the document.
    pub parties: Vec<Party>,
}

/// A name in a duty and the units it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// As printed.
    pub name: String,
    /// `lead`, `support`, `asked`, `assigned`
    pub role: String,
    /// None when the name fits no unit of the tree.
    pub units: Vec<UnitId>,
    /// Whether it names a body inside each of the units; known only until the plan is confirmed.
    pub within: bool,
}

/// A unit as it was called then, and who holds its place now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The unit.
    pub unit: UnitId,
    /// Its name on the plan's day.
    pub then: String,
    /// Its heirs by today's names; nobody when it is what it was.
    pub now: Vec<(UnitId, String)>,
}

/// The duties of some plans that are in force, in the order of their documents.
pub async fn asked(
    connection: &impl ConnectionTrait,
    plans: &[PlanId],
) -> Result<Vec<Asked>, Failure> {
    let duties = duty::Entity::find()
        .filter(duty::Column::PlanId.is_in(plans.iter().copied()))
        .filter(duty::Column::EndedAt.is_null())
        .order_by_asc(duty::Column::PlanId)
        .order_by_asc(duty::Column::Position)
        .all(connection)
        .await?;
    let ids = sea_orm::sea_query::Query::select()
        .column(duty::Column::Id)
        .from(duty::Entity)
        .and_where(duty::Column::PlanId.is_in(plans.iter().copied()))
        .to_owned();
    let rows = duty_unit::Entity::find()
        .filter(duty_unit::Column::DutyId.in_subquery(ids))
        .order_by_asc(duty_unit::Column::Id)
        .all(connection)
        .await?;
    let mut parties: BTreeMap<DutyId, Vec<Party>> = BTreeMap::new();
    for row in rows {
        let of_duty = parties.entry(row.duty_id).or_default();
        match of_duty.last_mut() {
            Some(last) if last.name == row.name && last.role == row.role => {
                last.units.extend(row.unit_id);
            }
            _ => of_duty.push(Party {
                name: row.name,
                role: row.role,
                units: row.unit_id.into_iter().collect(),
                within: false,
            }),
        }
    }
    let with = |duty: duty::Model| Asked {
        parties: parties.remove(&duty.id).unwrap_or_default(),
        duty,
    };
    Ok(duties.into_iter().map(with).collect())
}

/// Who would owe a duty of a draft.
pub(super) fn matched(matcher: &Matcher, units: &[Named]) -> Vec<Party> {
    let mut parties = Vec::new();
    for asked in units {
        parties.extend(matcher.named(asked).into_iter().map(|found| Party {
            name: found.name,
            role: words::name(&asked.role),
            units: found.units,
            within: found.how == How::Within,
        }));
    }
    parties
}

impl Holder {
    /// A unit on the plan's day and today.
    pub fn of(tree: &UnitTree, unit: UnitId, day: NaiveDate, today: NaiveDate) -> Self {
        let then = tree.name(unit, day);
        let same = tree.on(unit, today).is_some_and(|now| now.name == then);
        let heirs = if same {
            Vec::new()
        } else {
            tree.heirs(unit, today).into_iter().collect()
        };
        let named = |heir: UnitId| (heir, tree.name(heir, today));
        Self {
            unit,
            then,
            now: heirs.into_iter().map(named).collect(),
        }
    }
}

impl Party {
    /// Its name as the first word of a line.
    pub fn title(&self) -> String {
        let mut letters = self.name.chars();
        let first = letters.next().map(char::to_uppercase);
        format!(
            "{}{}",
            first.into_iter().flatten().collect::<String>(),
            letters.as_str()
        )
    }

    /// Its units then and now.
    pub fn holders(&self, tree: &UnitTree, day: NaiveDate, today: NaiveDate) -> Vec<Holder> {
        let holder = |unit: &UnitId| Holder::of(tree, *unit, day, today);
        self.units.iter().map(holder).collect()
    }
}
