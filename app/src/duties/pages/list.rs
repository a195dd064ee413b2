//! What is owed: by the person's own units first, then by the others of their plans.

use std::collections::BTreeSet;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State as Of};
use serde::Deserialize;

use crate::accounts::Person;
use crate::app::App;
use crate::duties::{Gathering, Owed, Shown, all, gatherings};
use crate::error::Failure;
use crate::ids::{PlanId, UnitId};
use crate::plans::words;
use crate::units::UnitTree;
use crate::web::{Shell, Visitor};

/// Empty fields of the form mean everything.
#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    plan: String,
    #[serde(default)]
    unit: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "duties/pages/list.html")]
pub(super) struct DutiesPage {
    shell: Shell,
    groups: Vec<Group>,
    gatherings: Vec<Gathering>,
    plans: Vec<(PlanId, String)>,
    units: Vec<(UnitId, String)>,
    plan: Option<PlanId>,
    unit: Option<UnitId>,
}

/// Duties under a heading.
struct Group {
    id: &'static str,
    title: &'static str,
    duties: Vec<Owed>,
}

pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(filter): Query<Filter>,
) -> Result<DutiesPage, Failure> {
    let (plan, unit) = (filter.plan.parse().ok(), filter.unit.parse().ok());
    let mut duties = all(&app, &person).await?;
    let mut gatherings = gatherings(&app, &person).await?;
    let (plans, units) = (plans_of(&duties), units_of(&duties));
    if let Some(plan) = plan {
        duties.retain(|owed| owed.plan.id == plan);
        gatherings.retain(|asked| asked.plan.id == plan);
    }
    if let Some(unit) = unit {
        let held = UnitTree::load(&app.db).await?.origins(unit);
        duties.retain(|owed| owed.names(&held));
    }
    let (own, others): (Vec<Owed>, Vec<Owed>) = duties.into_iter().partition(Owed::own);
    let mut groups = vec![
        Group {
            id: "own",
            title: "duties-own",
            duties: own,
        },
        Group {
            id: "others",
            title: "duties-others",
            duties: others,
        },
    ];
    groups.retain(|group| !group.duties.is_empty());
    Ok(DutiesPage {
        shell: Shell::of(&visitor),
        groups,
        gatherings,
        plans,
        units,
        plan,
        unit,
    })
}

fn plans_of(duties: &[Owed]) -> Vec<(PlanId, String)> {
    let plans: BTreeSet<_> = duties
        .iter()
        .map(|owed| (owed.plan.id, owed.plan.title.clone()))
        .collect();
    plans.into_iter().collect()
}

/// Who owes anything today, by name.
fn units_of(duties: &[Owed]) -> Vec<(UnitId, String)> {
    let parties = duties.iter().flat_map(|owed| &owed.parties);
    let holders = parties.flat_map(|shown| &shown.holders);
    let now = holders.flat_map(|holder| {
        if holder.now.is_empty() {
            vec![(holder.then.clone(), holder.unit)]
        } else {
            let heirs = holder.now.iter();
            heirs.map(|(unit, name)| (name.clone(), *unit)).collect()
        }
    });
    let units: BTreeSet<(String, UnitId)> = now.collect();
    units.into_iter().map(|(name, unit)| (unit, name)).collect()
}

impl DutiesPage {
    fn plan_chosen(&self, plan: &PlanId) -> bool {
        self.plan == Some(*plan)
    }

    fn unit_chosen(&self, unit: &UnitId) -> bool {
        self.unit == Some(*unit)
    }

    fn short(&self, owed: &Owed) -> String {
        words::short(&owed.duty.text, 220)
    }

    fn often(&self, owed: &Owed) -> String {
        often(&self.shell, owed)
    }

    fn role(&self, shown: &Shown) -> String {
        words::role(self.shell.lang, &shown.party.role)
    }

    fn report(&self, asked: &Gathering) -> String {
        words::report_due(
            self.shell.lang,
            &asked.regime.cadence,
            &asked.regime.recipient,
            (asked.regime.due_month, asked.regime.due_day),
            asked.regime.inclusive,
        )
    }
}

/// How often, and until when if the clause says so.
pub(super) fn often(shell: &Shell, owed: &Owed) -> String {
    let often = words::cadence(shell.lang, &owed.duty.cadence);
    match &owed.duty.due {
        Some(due) => format!("{often}, {}", words::deadline(shell.lang, due)),
        None => often,
    }
}
