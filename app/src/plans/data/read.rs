//! What the reader found, as what an element says.

use super::{Channel, Data, Duty, Milestone, Money, Named, Relation, RelationKind, Report};

impl From<&loa_plan::Duty> for Data {
    fn from(read: &loa_plan::Duty) -> Self {
        let named = |unit: &loa_plan::DutyUnit| Named {
            name: unit.name.clone(),
            role: unit.role,
            unit: None,
        };
        Self::Duty(Duty {
            units: read.units.iter().map(named).collect(),
            text: read.text.clone(),
            cadence: read.cadence,
            due: read.due.clone(),
            product: read.product.clone(),
            budget: read.budget.clone(),
            row: read.row.clone(),
        })
    }
}

impl From<&loa_plan::Report> for Data {
    fn from(read: &loa_plan::Report) -> Self {
        Self::Report(Report {
            to: read.to.clone(),
            unit: None,
            due: read.due.clone(),
            inclusive: read.inclusive,
            cadence: read.cadence,
        })
    }
}

impl From<&loa_plan::Channel> for Data {
    fn from(read: &loa_plan::Channel) -> Self {
        Self::Channel(Channel {
            kind: read.kind,
            label: read.label.clone(),
        })
    }
}

impl From<&loa_plan::Milestone> for Data {
    fn from(read: &loa_plan::Milestone) -> Self {
        Self::Milestone(Milestone {
            label: read.label.clone(),
            from: read.from.clone(),
            to: read.to.clone(),
        })
    }
}

impl From<&loa_plan::MoneyRule> for Data {
    fn from(read: &loa_plan::MoneyRule) -> Self {
        Self::Money(Money {
            text: read.text.clone(),
            amount: read.amount,
        })
    }
}

impl From<&loa_plan::Relation> for Data {
    fn from(read: &loa_plan::Relation) -> Self {
        let kind = match read.kind {
            loa_plan::RelationKind::Implements => RelationKind::Implements,
            loa_plan::RelationKind::Amends => RelationKind::Amends,
            loa_plan::RelationKind::Supersedes => RelationKind::Supersedes,
            loa_plan::RelationKind::Yearly => RelationKind::Yearly,
        };
        Self::Relation(Relation {
            kind,
            act: read.act.clone(),
            plan: None,
        })
    }
}
