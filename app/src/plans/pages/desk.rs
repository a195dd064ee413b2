//! What the review of a draft works with: the document, its elements, the units its names stand for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use loa_plan::{Clause, Reading};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::accounts::{Person, names};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{ElementId, PersonId, PlanId};
use crate::plans::entity::{element, plan};
use crate::plans::matching::Matcher;
use crate::plans::relations::{self, Known};
use crate::plans::{self, Data, Element, day, elements, reading};
use crate::units::UnitTree;

/// A draft on the table.
pub(super) struct Desk {
    pub(super) plan: plan::Model,
    pub(super) reading: Reading,
    /// By kind, in the order of the document.
    pub(super) elements: Vec<Element>,
    /// What is in force in the place of an element, in the plan that the document corrects.
    pub(super) followed: BTreeMap<ElementId, Data>,
    pub(super) tree: UnitTree,
    pub(super) matcher: Matcher,
    /// The plans that a relation may mean.
    pub(super) known: Vec<Known>,
    /// The names of those who decided.
    pub(super) people: BTreeMap<PersonId, String>,
    /// On which the names of units are those of the tree.
    pub(super) day: NaiveDate,
    pub(super) today: NaiveDate,
    /// Where each clause stands, by eId.
    pub(super) places: BTreeMap<String, Place>,
}

/// Where a clause stands.
#[derive(Default)]
pub(super) struct Place {
    /// `II.1.3`
    pub(super) address: String,
    /// Its first line, from 1.
    pub(super) line: usize,
}

impl Desk {
    /// A draft of a unit for which the person plans.
    pub(super) async fn of(app: &App, person: &Person, id: PlanId) -> Result<Self, Failure> {
        let plan = plans::draft(app, person, id).await?;
        let reading = reading(&plan)?;
        let elements = elements(&app.db, plan.id, &reading).await?;
        let tree = UnitTree::load(&app.db).await?;
        let day = day(&plan);
        let place = |clause: &Clause| Place {
            address: clause.id.clone(),
            line: clause.line,
        };
        let places = reading
            .walk()
            .map(|clause| (clause.eid.clone(), place(clause)));
        Ok(Self {
            followed: followed(app, &elements).await?,
            matcher: Matcher::of(&tree, plan.unit_id, day),
            known: relations::known(app, person).await?,
            people: names(&app.db, deciders(&elements)).await?,
            places: places.collect(),
            today: local_day(app.clock.now()),
            plan,
            reading,
            elements,
            tree,
            day,
        })
    }

    /// How many elements are decided.
    pub(super) fn decided(&self) -> usize {
        self.elements.iter().filter(|one| !one.open()).count()
    }

    /// The first that nobody decided yet, what the reader was not sure of before all others.
    pub(super) fn next(&self) -> Option<&Element> {
        let open = || self.elements.iter().filter(|one| one.open());
        open().find(|one| one.unsure()).or_else(|| open().next())
    }

    /// The element as it stands now.
    pub(super) fn element(&self, id: ElementId) -> Result<&Element, Failure> {
        let found = self.elements.iter().find(|one| one.id == id);
        found.ok_or(Failure::NotFound)
    }

    /// Whether it goes on as it was decided before this document came.
    pub(super) fn carried(&self, element: &Element) -> bool {
        let before = |at| at < self.plan.imported_at;
        element.follows.is_some() && !element.open() && element.decided_at.is_none_or(before)
    }
}

async fn followed(app: &App, elements: &[Element]) -> Result<BTreeMap<ElementId, Data>, Failure> {
    let ids: Vec<ElementId> = elements.iter().filter_map(|one| one.follows).collect();
    let mut followed = BTreeMap::new();
    for batch in ids.chunks(500) {
        let rows = element::Entity::find()
            .filter(element::Column::Id.is_in(batch.iter().copied()))
            .all(&app.db)
            .await?;
        for row in rows {
            let row = Element::try_from(row)?;
            followed.insert(row.id, row.data);
        }
    }
    Ok(followed)
}

fn deciders(elements: &[Element]) -> Vec<PersonId> {
    elements.iter().filter_map(|one| one.decided_by).collect()
}
