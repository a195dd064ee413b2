//! Reports that plans ask for, with the next day on which one is due.

use chrono::{Datelike, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::regime;
use super::owed::places;
use crate::accounts::Person;
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::PlanId;
use crate::plans::{self, Holder, Live, words};
use crate::units::UnitTree;

/// A report that a plan asks for.
#[derive(Debug, Clone)]
pub struct Gathering {
    /// Its rule.
    pub regime: regime::Model,
    /// Its plan.
    pub plan: Live,
    /// The address of its clause.
    pub address: String,
    /// Where the clause stands on the plan's page.
    pub eid: String,
    /// Who gathers the reports, then and now.
    pub gatherer: Holder,
    /// The next last day on which a yearly report is in time, within the plan's period.
    pub next: Option<NaiveDate>,
}

/// The reports that the live plans ask for which the person may see.
pub async fn gatherings(app: &App, person: &Person) -> Result<Vec<Gathering>, Failure> {
    let plans = plans::live(app, person).await?;
    let ids: Vec<PlanId> = plans.iter().map(|plan| plan.id).collect();
    let places = places(app, &ids).await?;
    let tree = UnitTree::load(&app.db).await?;
    let today = local_day(app.clock.now());
    let rows = regime::Entity::find()
        .filter(regime::Column::PlanId.is_in(ids))
        .filter(regime::Column::EndedAt.is_null())
        .order_by_asc(regime::Column::Id)
        .all(&app.db)
        .await?;
    let gathering = |regime: regime::Model| {
        // Foreign keys see to it that neither is missing.
        let plan = plans.iter().find(|plan| plan.id == regime.plan_id)?;
        let (address, eid) = places.get(&regime.clause_id)?;
        Some(Gathering {
            gatherer: Holder::of(&tree, regime.unit_id, plan.day, today),
            next: next(&regime, plan.to, today),
            plan: plan.clone(),
            address: address.clone(),
            eid: eid.clone(),
            regime,
        })
    };
    Ok(rows.into_iter().filter_map(gathering).collect())
}

fn next(regime: &regime::Model, last_year: i32, today: NaiveDate) -> Option<NaiveDate> {
    let due = (regime.due_month, regime.due_day);
    let year = today.year();
    (year..=year.saturating_add(1))
        .filter(|year| regime.cadence == "yearly" && *year <= last_year)
        .filter_map(|year| words::last_day(year, due, regime.inclusive))
        .find(|last| *last >= today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ClauseId, RegimeId, UnitId};

    #[test]
    fn the_next_report_is_this_years_until_its_day_is_over() {
        let regime = regime::Model {
            id: RegimeId(1),
            plan_id: PlanId(1),
            clause_id: ClauseId(1),
            recipient: String::new(),
            unit_id: UnitId(1),
            due_month: 10,
            due_day: 1,
            inclusive: false,
            cadence: "yearly".into(),
            ended_at: None,
        };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let next = |today, to| super::next(&regime, to, day(today));
        assert_eq!(next("2026-09-30", 2030), Some(day("2026-09-30")));
        assert_eq!(next("2026-10-01", 2030), Some(day("2027-09-30")));
        assert_eq!(next("2030-10-01", 2030), None);
    }
}
