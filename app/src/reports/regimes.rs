//! Reporting regimes: what a plan says of its reports, and what `data/regimes.toml` knows beyond.

use std::sync::LazyLock;

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde::Deserialize;

use super::period::{MonthDay, Rule};
use crate::duties::entity::regime;
use crate::error::Failure;
use crate::ids::RegimeId;

/// When a plan says nothing of its own: the yearly report of decree 09/2019/NĐ-CP, article 12.
const DECREE: &str = "decree-09-2019-yearly";

/// A regime as the data file knows it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Its name in the data file.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Where it is laid down.
    pub source: String,
    /// `yearly`, `half-yearly` …
    pub cadence: String,
    counted_from: MonthDay,
    counted_to: MonthDay,
    due: Option<MonthDay>,
    inclusive: bool,
    /// To whom.
    pub recipient: Option<String>,
    /// What is not certain about it.
    pub doubt: Option<String>,
}

#[derive(Deserialize)]
struct File {
    regime: Vec<Known>,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let text = include_str!("../../../data/regimes.toml");
    let file: File = toml::from_str(text).expect("a test reads this very file");
    file.regime
});

/// A regime of a plan with the rule of its periods.
#[derive(Debug, Clone)]
pub struct Regime {
    /// What the plan says.
    pub row: regime::Model,
    /// What is counted, and when it is due.
    pub rule: Rule,
    /// Where the days that count come from.
    pub known: &'static Known,
}

impl Regime {
    fn of(row: regime::Model) -> Result<Self, Failure> {
        let part = |number: i64| u32::try_from(number).ok();
        let due = part(row.due_month).zip(part(row.due_day));
        let due = due.and_then(|(month, day)| MonthDay::new(month, day));
        let due = due.ok_or_else(|| anyhow::anyhow!("regime {} is due on no day", row.id))?;
        let known = known(due, row.inclusive, &row.cadence);
        let rule = Rule {
            counted_from: known.counted_from,
            counted_to: known.counted_to,
            due,
            inclusive: row.inclusive,
        };
        Ok(Self { row, rule, known })
    }
}

/// A regime; 404 when there is none.
pub async fn get(connection: &impl ConnectionTrait, id: RegimeId) -> Result<Regime, Failure> {
    let row = regime::Entity::find_by_id(id).one(connection).await?;
    Regime::of(row.ok_or(Failure::NotFound)?)
}

/// Every regime, the newest plan's first.
pub async fn list(connection: &impl ConnectionTrait) -> Result<Vec<Regime>, Failure> {
    let rows = regime::Entity::find()
        .order_by_desc(regime::Column::PlanId)
        .order_by_asc(regime::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(Regime::of).collect()
}

/// The cut-off belongs to the regime (decree 09/2019/NĐ-CP lets other regimes set their own), so
/// it is looked up by what the plan says; only a plan nobody looked into counts by the decree.
fn known(due: MonthDay, inclusive: bool, cadence: &str) -> &'static Known {
    let own = KNOWN
        .iter()
        .find(|one| one.due == Some(due) && one.inclusive == inclusive && one.cadence == cadence);
    let decree = || KNOWN.iter().find(|one| one.key == DECREE);
    own.or_else(decree)
        .expect("a test finds the decree in the data file")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known_for(due: &str, inclusive: bool) -> &'static Known {
        known(due.parse().unwrap(), inclusive, "yearly")
    }

    #[test]
    fn the_plans_own_cut_off_goes_with_its_due_day() {
        let plan = known_for("10-01", false);
        assert_eq!(plan.key, "plan-ha-nam");
        assert_eq!(plan.counted_from, "09-15".parse().unwrap());
        assert_eq!(plan.counted_to, "09-14".parse().unwrap());
        assert!(plan.doubt.is_some(), "the plan itself names no cut-off");
    }

    #[test]
    fn another_plan_counts_by_the_decree() {
        for decree in [known_for("12-20", true), known_for("10-01", true)] {
            assert_eq!(decree.key, DECREE);
            assert_eq!(decree.counted_to, "12-14".parse().unwrap());
        }
    }

    #[test]
    fn every_known_regime_has_its_source() {
        assert!(KNOWN.len() >= 4);
        for one in KNOWN.iter() {
            assert!(
                !one.source.is_empty() && !one.name.is_empty(),
                "{}",
                one.key
            );
        }
    }
}
