//! The form of an element: what was typed, and what it says.

use loa_plan::{Cadence, ChannelKind, UnitRole};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ids::{PlanId, UnitId};
use crate::plans::data::{
    Channel, Data, Duty, Label, Milestone, Money, Named, Relation, RelationKind, Report,
};
use crate::plans::due::{self, Due};
use crate::plans::element::Kind;
use crate::plans::words;
use crate::web::Errors;

/// Every field that an element of any kind has, as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) version: i64,
    /// `save`, or `more` for one more unit.
    pub(super) then: String,
    pub(super) clause: String,
    pub(super) kind: String,
    pub(super) label: String,
    pub(super) channel: String,
    pub(super) text: String,
    pub(super) cadence: String,
    pub(super) due: String,
    pub(super) product: String,
    pub(super) budget: String,
    pub(super) row: String,
    pub(super) to: String,
    pub(super) unit: String,
    pub(super) inclusive: String,
    pub(super) amount: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) relation: String,
    pub(super) act: String,
    pub(super) plan: String,
    pub(super) unit_name: Vec<String>,
    pub(super) unit_role: Vec<String>,
    pub(super) unit_id: Vec<String>,
}

/// A line of the units of a duty.
pub(super) struct UnitLine<'a> {
    pub(super) number: usize,
    pub(super) name: &'a str,
    pub(super) role: &'a str,
    pub(super) unit: &'a str,
}

impl Typed {
    /// What an element says, as a person would type it.
    pub(super) fn of(data: &Data) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let shown = |due: &Option<String>| {
            let due = due.as_deref().map(|due| Due::of(due).typed());
            due.unwrap_or_default()
        };
        let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let mut typed = Self {
            kind: data.kind().name().to_owned(),
            ..Self::default()
        };
        match data {
            Data::Theme(data) | Data::Audience(data) => typed.label.clone_from(&data.label),
            Data::Channel(data) => {
                typed.label.clone_from(&data.label);
                data.kind.name().clone_into(&mut typed.channel);
            }
            Data::Duty(data) => {
                typed.text.clone_from(&data.text);
                typed.cadence = words::name(&data.cadence);
                typed.due = shown(&data.due);
                typed.product = text(&data.product);
                typed.budget = text(&data.budget);
                typed.row = text(&data.row);
                for unit in &data.units {
                    typed.unit_name.push(unit.name.clone());
                    typed.unit_role.push(words::name(&unit.role));
                    typed.unit_id.push(id(unit.unit.map(|unit| unit.0)));
                }
            }
            Data::Report(data) => {
                typed.to = text(&data.to);
                typed.unit = id(data.unit.map(|unit| unit.0));
                typed.due = Due::of(&data.due).typed();
                if data.inclusive { "yes" } else { "" }.clone_into(&mut typed.inclusive);
                typed.cadence = words::name(&data.cadence);
            }
            Data::Milestone(data) => {
                typed.label.clone_from(&data.label);
                typed.from = shown(&data.from);
                typed.until = shown(&data.to);
            }
            Data::Money(data) => {
                typed.text.clone_from(&data.text);
                typed.amount = data
                    .amount
                    .map(|amount| amount.to_string())
                    .unwrap_or_default();
            }
            Data::Relation(data) => {
                typed.relation = words::name(&data.kind);
                typed.act.clone_from(&data.act);
                typed.plan = id(data.plan.map(|plan| plan.0));
            }
        }
        typed
    }

    /// What was typed, as an element of a kind; or what cannot be read, by field.
    pub(super) fn data(&self, kind: Kind) -> Result<Data, Errors> {
        let mut errors = Errors::default();
        let label = line(&self.label);
        let data = match kind {
            Kind::Theme => Data::Theme(Label { label }),
            Kind::Audience => Data::Audience(Label { label }),
            Kind::Channel => Data::Channel(Channel {
                kind: chosen(&self.channel, "channel", &mut errors).unwrap_or(ChannelKind::Portal),
                label,
            }),
            Kind::Duty => Data::Duty(Duty {
                units: self.units(&mut errors),
                text: paragraphs(&self.text),
                cadence: self.often(&mut errors),
                due: some(&self.due).map(|due| due::read(&due)),
                product: some(&self.product),
                budget: some(&self.budget),
                row: some(&self.row),
            }),
            Kind::Report => Data::Report(Report {
                to: some(&self.to),
                unit: self.unit.parse().ok().map(UnitId),
                due: due::read(&line(&self.due)),
                inclusive: !self.inclusive.is_empty(),
                cadence: self.often(&mut errors),
            }),
            Kind::Milestone => Data::Milestone(Milestone {
                label,
                from: some(&self.from).map(|when| due::read(&when)),
                to: some(&self.until).map(|when| due::read(&when)),
            }),
            Kind::Money => Data::Money(Money {
                text: paragraphs(&self.text),
                amount: self.amount(&mut errors),
            }),
            Kind::Relation => Data::Relation(Relation {
                kind: chosen(&self.relation, "relation", &mut errors)
                    .unwrap_or(RelationKind::Implements),
                act: line(&self.act),
                plan: self.plan.parse().ok().map(PlanId),
            }),
        };
        if errors.none() {
            errors = data.faults();
        }
        if errors.none() { Ok(data) } else { Err(errors) }
    }

    /// The lines of a duty's units, with one that is empty.
    pub(super) fn lines(&self) -> Vec<UnitLine<'_>> {
        let empty = usize::from(self.then == "more") + 1;
        let named = self
            .unit_name
            .iter()
            .rposition(|name| !name.trim().is_empty());
        let count = named.map_or(0, |last| last + 1) + empty;
        (0..count)
            .map(|place| UnitLine {
                number: place + 1,
                name: self.unit_name.get(place).map_or("", String::as_str),
                role: self.unit_role.get(place).map_or("", String::as_str),
                unit: self.unit_id.get(place).map_or("", String::as_str),
            })
            .collect()
    }

    /// The units that are named; an empty line is none.
    fn units(&self, errors: &mut Errors) -> Vec<Named> {
        let mut units = Vec::new();
        for (place, name) in self.unit_name.iter().enumerate() {
            let name = line(name);
            if name.is_empty() {
                continue;
            }
            let role = self.unit_role.get(place).map_or("", String::as_str);
            let unit = self.unit_id.get(place).and_then(|id| id.parse().ok());
            units.push(Named {
                name,
                role: chosen(role, "units", errors).unwrap_or(UnitRole::Lead),
                unit: unit.map(UnitId),
            });
        }
        units
    }

    fn often(&self, errors: &mut Errors) -> Cadence {
        chosen(&self.cadence, "cadence", errors).unwrap_or(Cadence::Ongoing)
    }

    fn amount(&self, errors: &mut Errors) -> Option<u64> {
        let digits: String = self
            .amount
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | ',' | 'đ'))
            .collect();
        if digits.is_empty() {
            return None;
        }
        let amount = digits.parse().ok();
        errors.require(amount.is_some(), "amount", "plans-element-amount");
        amount
    }
}

/// A value of the contract by its name.
fn chosen<T: DeserializeOwned>(name: &str, field: &'static str, errors: &mut Errors) -> Option<T> {
    let value = serde_json::from_value(Value::String(name.to_owned())).ok();
    errors.require(value.is_some(), field, "plans-element-choose");
    value
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn some(text: &str) -> Option<String> {
    Some(line(text)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_unchanged_is_unchanged() {
        let duty = r#"{"units": [{"name": "Sở Nội vụ", "role": "asked"}, {"name": "UBND cấp xã", "role": "lead", "unit": 7}],
            "text": "Cung cấp thông tin.\nBáo cáo.", "cadence": "half_yearly", "due": "2026-06-30", "product": "Báo cáo", "row": "3"}"#;
        let kept = [
            (Kind::Theme, r#"{"label": "Cơ chế một cửa"}"#),
            (Kind::Channel, r#"{"kind": "loudspeaker", "label": "loa"}"#),
            (Kind::Duty, duty),
            (
                Kind::Report,
                r#"{"to": "Sở Nội vụ", "due": "10-01", "inclusive": true, "cadence": "yearly"}"#,
            ),
            (
                Kind::Milestone,
                r#"{"label": "Hoàn thành", "from": "2026-Q2", "to": "2026-12"}"#,
            ),
            (
                Kind::Money,
                r#"{"text": "Ngân sách tỉnh", "amount": 120000000}"#,
            ),
            (
                Kind::Relation,
                r#"{"kind": "yearly", "act": "173/KH-UBND", "plan": 4}"#,
            ),
        ];
        for (kind, text) in kept {
            let data = Data::parse(kind, text).unwrap();
            assert_eq!(Typed::of(&data).data(kind).ok(), Some(data), "{text}");
        }
    }

    #[test]
    fn every_fault_names_its_field() {
        let typed = Typed {
            text: " ".into(),
            cadence: "sometimes".into(),
            ..Typed::default()
        };
        assert_eq!(
            typed.data(Kind::Duty).unwrap_err().of("cadence"),
            Some("plans-element-choose")
        );
        let typed = Typed {
            cadence: "ongoing".into(),
            ..typed
        };
        let errors = typed.data(Kind::Duty).unwrap_err();
        assert_eq!(errors.of("text"), Some("plans-element-empty"));
        assert_eq!(errors.of("units"), Some("plans-element-no-unit"));
    }
}
