//! What is owed, through the person who asks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity::duty;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{ClauseId, DutyId, PlanId, UnitId};
use crate::plans::entity::clause;
use crate::plans::{self, Asked, Holder, Live, Party};
use crate::units::UnitTree;

/// A duty with who owes it, then and now.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The duty.
    pub duty: duty::Model,
    /// Its plan.
    pub plan: Live,
    /// The address of its clause.
    pub address: String,
    /// Where the clause stands on the plan's page.
    pub eid: String,
    /// Who owes it, in the order of the document.
    pub parties: Vec<Shown>,
}

/// A name in a duty with its units, then and now.
#[derive(Debug, Clone)]
pub struct Shown {
    /// As the plan has it.
    pub party: Party,
    /// Its units.
    pub holders: Vec<Holder>,
    /// Whether a unit of the person is among them, or holds the place of one.
    pub own: bool,
}

/// What the person's own units owe; not what the units below them owe.
pub async fn owed(app: &App, person: &Person) -> Result<Vec<Owed>, Failure> {
    let mut duties = all(app, person).await?;
    duties.retain(Owed::own);
    Ok(duties)
}

/// Every duty of the live plans that the person may see.
pub async fn all(app: &App, person: &Person) -> Result<Vec<Owed>, Failure> {
    let plans: BTreeMap<PlanId, Live> = plans::live(app, person)
        .await?
        .into_iter()
        .map(|plan| (plan.id, plan))
        .collect();
    let ids: Vec<PlanId> = plans.keys().copied().collect();
    let places = places(app, &ids).await?;
    let tree = UnitTree::load(&app.db).await?;
    let today = local_day(app.clock.now());
    let own = own_units(&tree, person, today);
    let mut duties = Vec::new();
    for Asked { duty, parties } in plans::asked(&app.db, &ids).await? {
        // Foreign keys see to it that neither is missing.
        let (Some(plan), Some((address, eid))) =
            (plans.get(&duty.plan_id), places.get(&duty.clause_id))
        else {
            continue;
        };
        let shown = |party: Party| Shown {
            holders: party.holders(&tree, plan.day, today),
            own: party.units.iter().any(|unit| own.contains(unit)),
            party,
        };
        duties.push(Owed {
            plan: plan.clone(),
            address: address.clone(),
            eid: eid.clone(),
            parties: parties.into_iter().map(shown).collect(),
            duty,
        });
    }
    Ok(duties)
}

/// A duty; 404 for who may not see its plan.
pub async fn get(app: &App, person: &Person, id: DutyId) -> Result<Owed, Failure> {
    let duties = all(app, person).await?;
    let found = duties.into_iter().find(|owed| owed.duty.id == id);
    found.ok_or(Failure::NotFound)
}

impl Owed {
    /// Whether the person's own units owe it.
    pub fn own(&self) -> bool {
        self.parties.iter().any(|shown| shown.own)
    }

    /// Whether one of some units is named in it.
    pub fn names(&self, units: &BTreeSet<UnitId>) -> bool {
        let mut named = self.parties.iter().flat_map(|shown| &shown.party.units);
        named.any(|unit| units.contains(unit))
    }
}

/// The units in which the person has a role, and all whose place those hold today.
fn own_units(tree: &UnitTree, person: &Person, today: NaiveDate) -> BTreeSet<UnitId> {
    let posts = person.posts(Right::Read);
    let heirs = posts.iter().flat_map(|unit| tree.heirs(*unit, today));
    let now: BTreeSet<UnitId> = heirs.chain(posts.iter().copied()).collect();
    now.iter().flat_map(|unit| tree.origins(*unit)).collect()
}

/// Address and place of the clauses of some plans.
pub(super) async fn places(
    app: &App,
    plans: &[PlanId],
) -> Result<BTreeMap<ClauseId, (String, String)>, Failure> {
    let rows: Vec<(ClauseId, String, String)> = clause::Entity::find()
        .filter(clause::Column::PlanId.is_in(plans.iter().copied()))
        .select_only()
        .columns([
            clause::Column::Id,
            clause::Column::Address,
            clause::Column::Eid,
        ])
        .into_tuple()
        .all(&app.db)
        .await?;
    let place = |(id, address, eid)| (id, (address, eid));
    Ok(rows.into_iter().map(place).collect())
}
