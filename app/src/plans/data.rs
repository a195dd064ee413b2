//! What an element says, by its kind. Its JSON has the names of `loa plan read --json`, so that what
//! was read before there were elements reads alike.

mod read;

use loa_plan::{Cadence, ChannelKind, UnitRole};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::due::Due;
use super::element::Kind;
use crate::error::Failure;
use crate::ids::{PlanId, UnitId};
use crate::web::Errors;

/// Longest texts, in characters.
const LABEL_LIMIT: usize = 2000;
const TEXT_LIMIT: usize = 20_000;

/// What an element says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// What must be talked about.
    Theme(Label),
    /// On which kind of channel.
    Channel(Channel),
    /// Whom the plan wants to reach.
    Audience(Label),
    /// Who owes what.
    Duty(Duty),
    /// Who reports when.
    Report(Report),
    /// What is to be reached by when.
    Milestone(Milestone),
    /// Who pays.
    Money(Money),
    /// How the plan stands to another document.
    Relation(Relation),
}

/// In the document's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Label {
    pub label: String,
}

/// A kind of channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Channel {
    pub kind: ChannelKind,
    pub label: String,
}

/// What is asked of units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Duty {
    pub units: Vec<Named>,
    pub text: String,
    pub cadence: Cadence,
    /// A day, a day of every year (`10-01`), or as printed.
    #[serde(default)]
    pub due: Option<String>,
    #[serde(default)]
    pub product: Option<String>,
    #[serde(default)]
    pub budget: Option<String>,
    #[serde(default)]
    pub row: Option<String>,
}

/// A unit as the plan names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// As printed.
    pub name: String,
    /// What it is to do.
    pub role: UnitRole,
    /// The unit that a person chose for the name; else the name is looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// A report that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// To whom; nothing means whoever issued the plan.
    #[serde(default)]
    pub to: Option<String>,
    /// The unit that a person chose for the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// `10-01`: month and day.
    pub due: String,
    /// Whether that day itself still counts.
    pub inclusive: bool,
    /// How often.
    pub cadence: Cadence,
}

/// What is to be reached by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Milestone {
    pub label: String,
    /// `2026-09-11`, `2026-09`, `2026-Q2` or `2026`.
    #[serde(default)]
    pub from: Option<String>,
    /// The same for the end.
    #[serde(default)]
    pub to: Option<String>,
}

/// What the plan says of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Money {
    pub text: String,
    /// In đồng.
    #[serde(default)]
    pub amount: Option<u64>,
}

/// How the plan stands to another document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// How.
    pub kind: RelationKind,
    /// The other one's number, or its title.
    pub act: String,
    /// The plan that a person chose; else the number or the title is looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanId>,
}

/// How a plan stands to another document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// It carries it out.
    Implements,
    /// It changes it.
    Amends,
    /// It takes its place.
    Supersedes,
    /// It is its plan of one year.
    Yearly,
}

impl Data {
    /// Reads what the store or a program says of an element of a kind.
    pub fn parse(kind: Kind, text: &str) -> Result<Self, serde_json::Error> {
        Self::from_value(kind, serde_json::from_str(text)?)
    }

    /// The same out of JSON that was read.
    pub fn from_value(kind: Kind, value: Value) -> Result<Self, serde_json::Error> {
        use serde_json::from_value as read;
        Ok(match kind {
            Kind::Theme => Self::Theme(read(value)?),
            Kind::Channel => Self::Channel(read(value)?),
            Kind::Audience => Self::Audience(read(value)?),
            Kind::Duty => Self::Duty(read(value)?),
            Kind::Report => Self::Report(read(value)?),
            Kind::Milestone => Self::Milestone(read(value)?),
            Kind::Money => Self::Money(read(value)?),
            Kind::Relation => Self::Relation(read(value)?),
        })
    }

    /// As the store keeps it.
    pub(super) fn text(&self) -> Result<String, Failure> {
        Ok(self.value()?.to_string())
    }

    /// As programs get it.
    pub fn value(&self) -> Result<Value, Failure> {
        use serde_json::to_value as written;
        Ok(match self {
            Self::Theme(data) | Self::Audience(data) => written(data),
            Self::Channel(data) => written(data),
            Self::Duty(data) => written(data),
            Self::Report(data) => written(data),
            Self::Milestone(data) => written(data),
            Self::Money(data) => written(data),
            Self::Relation(data) => written(data),
        }?)
    }

    /// What kind of element says it.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Theme(_) => Kind::Theme,
            Self::Channel(_) => Kind::Channel,
            Self::Audience(_) => Kind::Audience,
            Self::Duty(_) => Kind::Duty,
            Self::Report(_) => Kind::Report,
            Self::Milestone(_) => Kind::Milestone,
            Self::Money(_) => Kind::Money,
            Self::Relation(_) => Kind::Relation,
        }
    }

    /// Its words.
    pub fn words(&self) -> &str {
        match self {
            Self::Theme(data) | Self::Audience(data) => &data.label,
            Self::Channel(data) => &data.label,
            Self::Milestone(data) => &data.label,
            Self::Duty(data) => &data.text,
            Self::Money(data) => &data.text,
            Self::Relation(data) => &data.act,
            Self::Report(data) => data.to.as_deref().unwrap_or_default(),
        }
    }

    /// Whether it becomes a theme, a channel, a duty or a regime; the others are kept as elements.
    pub(super) fn has_row(&self) -> bool {
        match self {
            Self::Theme(_) | Self::Channel(_) | Self::Duty(_) => true,
            Self::Report(report) => report.day().is_some(),
            Self::Audience(_) | Self::Milestone(_) | Self::Money(_) | Self::Relation(_) => false,
        }
    }

    /// The units and the plan that a person chose by hand.
    pub(super) fn chosen(&self) -> (Vec<UnitId>, Option<PlanId>) {
        match self {
            Self::Duty(duty) => {
                let units = duty.units.iter().filter_map(|named| named.unit);
                (units.collect(), None)
            }
            Self::Report(report) => (report.unit.into_iter().collect(), None),
            Self::Relation(relation) => (Vec::new(), relation.plan),
            _ => (Vec::new(), None),
        }
    }

    /// What is missing or wrong; such an element cannot be accepted.
    pub fn faults(&self) -> Errors {
        let mut errors = Errors::default();
        let (field, limit) = match self {
            Self::Duty(_) | Self::Money(_) => ("text", TEXT_LIMIT),
            Self::Relation(_) => ("act", LABEL_LIMIT),
            Self::Report(_) => ("to", LABEL_LIMIT),
            _ => ("label", LABEL_LIMIT),
        };
        let spoken = !self.words().trim().is_empty();
        errors.require(
            spoken || matches!(self, Self::Report(_) | Self::Channel(_)),
            field,
            "plans-element-empty",
        );
        let short = self.words().chars().count() <= limit;
        errors.require(short, field, "plans-element-long");
        match self {
            Self::Duty(duty) => {
                let named = duty.units.iter().all(|unit| !unit.name.trim().is_empty());
                errors.require(named, "units", "plans-element-unit-unnamed");
                errors.require(!duty.units.is_empty(), "units", "plans-element-no-unit");
            }
            Self::Report(report) => {
                let known = report.day().is_some() || report.comes_round();
                errors.require(known, "due", "plans-element-due");
            }
            Self::Milestone(stone) => {
                for (field, when) in [("from", &stone.from), ("until", &stone.to)] {
                    let plain = when
                        .as_deref()
                        .is_none_or(|when| matches!(Due::of(when), Due::Day(_) | Due::Part { .. }));
                    errors.require(plain, field, "plans-element-when");
                }
            }
            _ => {}
        }
        errors
    }
}

impl Report {
    /// Month and day on which it is due every year.
    pub fn day(&self) -> Option<(i64, i64)> {
        match Due::of(&self.due) {
            Due::EveryYear(month, day) => Some((month, day)),
            _ => None,
        }
    }

    /// Whether it is asked for every month or every quarter. Reports are drawn up by the year, so such
    /// a one is kept in mind and has no board of its own.
    pub fn comes_round(&self) -> bool {
        matches!(
            Due::of(&self.due),
            Due::EveryMonth(_) | Due::EveryQuarter { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_older_versions_kept_is_read() {
        let kept = r#"{"clause": "II.2", "units": [{"name": "Sở Nội vụ", "role": "asked"}],
            "text": "Cung cấp thông tin.", "cadence": "ongoing", "due": null}"#;
        let Ok(Data::Duty(duty)) = Data::parse(Kind::Duty, kept) else {
            panic!("a duty");
        };
        assert_eq!((duty.units.len(), duty.product), (1, None));
        assert!(Data::parse(Kind::Theme, kept).is_err());
    }

    #[test]
    fn a_report_without_a_day_cannot_be_accepted() {
        let due = |due: &str| Report {
            to: None,
            unit: None,
            due: due.into(),
            inclusive: false,
            cadence: Cadence::Yearly,
        };
        assert_eq!(due("10-01").day(), Some((10, 1)));
        for wrong in ["", "10", "13-01", "02-30", "25 hằng tháng"] {
            let faults = Data::Report(due(wrong)).faults();
            assert_eq!(faults.of("due"), Some("plans-element-due"), "{wrong}");
        }
    }

    #[test]
    fn a_milestone_is_as_exact_as_it_is_printed() {
        let faults = |from: &str| {
            let data = Milestone {
                label: "Hoàn thành".into(),
                from: Some(from.into()),
                to: None,
            };
            Data::Milestone(data).faults()
        };
        for when in ["2026", "2026-Q2", "2026-09", "2026-09-11"] {
            assert!(faults(when).none(), "{when}");
        }
        for when in ["", "26", "2026-Q5", "2026-13", "2026-02-30", "sớm", "*-15"] {
            assert_eq!(
                faults(when).of("from"),
                Some("plans-element-when"),
                "{when}"
            );
        }
    }

    #[test]
    fn a_report_of_every_month_is_kept_in_mind() {
        let report = Report {
            to: None,
            unit: None,
            due: "*-20".into(),
            inclusive: true,
            cadence: Cadence::Monthly,
        };
        assert!(report.comes_round() && Data::Report(report.clone()).faults().none());
        assert!(!Data::Report(report).has_row());
    }
}
