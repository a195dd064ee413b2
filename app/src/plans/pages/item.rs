//! One element of a draft on its page: what it says, where it stands, what was decided, and what a
//! person may do with it.

use askama::Template;

use super::desk::{Desk, Place};
use super::form::ElementForm;
use crate::plans::data::{Data, Duty, Named, Report};
use crate::plans::due::Due;
use crate::plans::element::{Decision, Element, SURE};
use crate::plans::parties::{Holder, Party, matched};
use crate::plans::relations::{Known, meant};
use crate::plans::words;
use crate::web::Shell;

/// So many units are told with who holds their place today; of more the names are enough.
const FEW: usize = 8;

#[derive(Template)]
#[template(path = "plans/pages/item.html")]
pub(super) struct Item<'a> {
    pub(super) shell: &'a Shell,
    pub(super) desk: &'a Desk,
    pub(super) element: &'a Element,
    pub(super) parties: Vec<Party>,
    /// Somebody changed it meanwhile, or it cannot be accepted: the name of a text.
    pub(super) notice: Option<&'static str>,
    /// The form in its place, while a person edits it.
    pub(super) form: Option<&'a ElementForm<'a>>,
}

impl<'a> Item<'a> {
    pub(super) fn of(shell: &'a Shell, desk: &'a Desk, element: &'a Element) -> Self {
        let parties = match &element.data {
            Data::Duty(duty) => matched(&desk.matcher, &duty.units),
            _ => Vec::new(),
        };
        Self {
            shell,
            desk,
            element,
            parties,
            notice: None,
            form: None,
        }
    }

    fn place(&self) -> &Place {
        static NOWHERE: Place = Place {
            address: String::new(),
            line: 0,
        };
        self.desk
            .places
            .get(&self.element.clause)
            .unwrap_or(&NOWHERE)
    }

    fn advice(&self, text: &str) -> String {
        self.shell.t(&format!("{text}-advice"))
    }

    fn address(&self) -> String {
        words::address(self.shell.lang, &self.place().address)
    }

    /// What it says, in words.
    fn says(&self) -> String {
        says(self.shell, &self.element.data)
    }

    fn duty(&self) -> Option<&Duty> {
        match &self.element.data {
            Data::Duty(duty) => Some(duty),
            _ => None,
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        facts(self.shell, &self.element.data)
    }

    fn role(&self, party: &Party) -> String {
        words::role(self.shell.lang, &party.role)
    }

    /// The units that a name stands for, by the names of the plan's day and of today.
    fn units(&self, party: &Party) -> String {
        let names = party.units.iter().map(|unit| {
            if party.units.len() > FEW {
                return self.desk.tree.name(*unit, self.desk.day);
            }
            let holder = Holder::of(&self.desk.tree, *unit, self.desk.day, self.desk.today);
            if holder.now.is_empty() {
                return holder.then;
            }
            let now: Vec<&str> = holder.now.iter().map(|(_, name)| name.as_str()).collect();
            let values = [("name", holder.then), ("value", now.join(", "))];
            self.shell.lang.with("plans-unit-now", &values)
        });
        names.collect::<Vec<_>>().join("; ")
    }

    fn units_count(&self, party: &Party) -> String {
        let text = if party.within {
            "plans-units-within"
        } else {
            "plans-units-every"
        };
        self.shell.tv(text, party.units.len())
    }

    /// Who gathers a report, when the recipient is a unit of the tree.
    fn gatherer(&self) -> Option<String> {
        let Data::Report(Report { to, unit, .. }) = &self.element.data else {
            return None;
        };
        let issuer = self.desk.reading.issuer.as_deref();
        let printed = to.as_deref().or(issuer).unwrap_or_default();
        let unit = unit.or_else(|| self.desk.matcher.unit(printed))?;
        let party = Party {
            name: printed.to_owned(),
            role: String::new(),
            units: vec![unit],
            within: false,
        };
        Some(self.units(&party))
    }

    /// A report that is kept in mind without a board of its own.
    fn noted(&self) -> bool {
        matches!(&self.element.data, Data::Report(report) if report.comes_round())
    }

    /// The plan that a relation means.
    fn meant(&self) -> Option<&Known> {
        match &self.element.data {
            Data::Relation(data) => meant(data, &self.desk.known),
            _ => None,
        }
    }

    fn is_relation(&self) -> bool {
        matches!(self.element.data, Data::Relation(_))
    }

    /// What is in force in its place, when that says something else.
    fn in_force(&self) -> Option<String> {
        let data = self.desk.followed.get(&self.element.follows?)?;
        (*data != self.element.data).then(|| whole(self.shell, data))
    }

    /// In force, but not found in the new words.
    fn unread(&self) -> bool {
        self.element.follows.is_some() && self.element.confidence == 0 && self.element.open()
    }

    /// What the reader had found, when a person made something else of it.
    fn was_read(&self) -> Option<String> {
        let read = self.element.proposed.as_ref()?;
        self.element.edited().then(|| whole(self.shell, read))
    }

    fn added(&self) -> bool {
        self.element.proposed.is_none() && self.element.follows.is_none()
    }

    /// A person should look at it before others are accepted together.
    fn doubtful(&self) -> bool {
        self.element.open() && self.element.unsure() && !self.unread()
    }

    fn doubt(&self) -> String {
        if self.element.confidence < SURE && self.element.confidence > 0 {
            self.shell
                .tv("plans-unsure-percent", self.element.confidence)
        } else {
            self.shell.t("plans-unsure")
        }
    }

    fn tag(&self) -> &'static str {
        match self.element.decision {
            Decision::Proposed => "submitted",
            Decision::Accepted => "approved",
            Decision::Rejected => "withdrawn",
        }
    }

    fn state(&self) -> String {
        let name = self.element.decision.name();
        self.shell.t(&format!("plans-element-{name}"))
    }

    /// Who decided, and when.
    fn decided(&self) -> Option<String> {
        let (by, at) = self.element.decided_by.zip(self.element.decided_at)?;
        let name = self.desk.people.get(&by)?;
        Some(format!("{name}, {}", self.shell.lang.time(at)))
    }
}

/// What an element says, in words.
pub(super) fn says(shell: &Shell, data: &Data) -> String {
    let lang = shell.lang;
    match data {
        Data::Channel(data) => lang.t(&format!("outlets-kind-{}", data.kind.name())),
        Data::Report(data) => {
            let to = data.to.as_deref().unwrap_or_default();
            let often = words::name(&data.cadence);
            words::report_said(lang, &often, to, &data.due, data.inclusive)
        }
        Data::Relation(data) => format!(
            "{}: {}",
            lang.t(&format!("plans-relation-{}", words::name(&data.kind))),
            data.act
        ),
        other => other.words().to_owned(),
    }
}

/// What else it says: the name of a text and a value.
fn facts(shell: &Shell, data: &Data) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    match data {
        Data::Channel(data) => add("plans-field-printed", Some(data.label.clone())),
        Data::Duty(duty) => {
            let often = words::cadence(shell.lang, &words::name(&duty.cadence));
            let due = duty.due.as_deref();
            add("plans-field-row", duty.row.clone());
            add("plans-cadence", Some(often));
            add(
                "plans-field-due",
                due.map(|due| Due::of(due).said(shell.lang)),
            );
            add("plans-field-product", duty.product.clone());
            add("plans-field-budget", duty.budget.clone());
        }
        Data::Milestone(stone) => {
            let when = |when: &String| Due::of(when).said(shell.lang);
            add("plans-field-from", stone.from.as_ref().map(when));
            add("plans-field-until", stone.to.as_ref().map(when));
        }
        Data::Money(money) => {
            let amount = money.amount.and_then(|amount| i64::try_from(amount).ok());
            let amount = amount.map(|amount| shell.lang.number(amount));
            add(
                "plans-field-amount",
                amount.map(|amount| shell.tv("plans-dong", amount)),
            );
        }
        _ => {}
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// All that an element says, on one line.
pub(super) fn whole(shell: &Shell, data: &Data) -> String {
    let mut parts = vec![says(shell, data)];
    if let Data::Duty(duty) = data {
        let named = |unit: &Named| {
            let role = words::role(shell.lang, &words::name(&unit.role));
            format!("{} ({role})", unit.name)
        };
        parts.push(duty.units.iter().map(named).collect::<Vec<_>>().join(", "));
    }
    for (name, value) in facts(shell, data) {
        parts.push(format!("{}: {value}", shell.t(name)));
    }
    parts.join(" · ")
}
