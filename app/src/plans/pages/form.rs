//! The form in which a person corrects an element or adds one: on a page of its own, and with scripts
//! in the place of the element.

use askama::Template;
use loa_plan::ChannelKind;

use super::desk::Desk;
use super::typed::Typed;
use crate::ids::ElementId;
use crate::plans::element::{Element, Kind};
use crate::plans::relations::Known;
use crate::plans::words;
use crate::units::Unit;
use crate::web::{Errors, Shell};

const CADENCES: [&str; 7] = [
    "ongoing",
    "daily",
    "monthly",
    "quarterly",
    "half_yearly",
    "yearly",
    "once",
];
const ROLES: [&str; 4] = ["lead", "support", "asked", "assigned"];
const RELATIONS: [&str; 4] = ["implements", "amends", "supersedes", "yearly"];

#[derive(Template)]
#[template(path = "plans/pages/form.html")]
pub(super) struct ElementForm<'a> {
    shell: &'a Shell,
    desk: &'a Desk,
    kind: Kind,
    /// The element that is corrected; nothing for one that is added.
    element: Option<ElementId>,
    typed: Typed,
    pub(super) errors: Errors,
    /// By level of the tree: the name of a text, and units with their names.
    units: Vec<(&'static str, Vec<(String, String)>)>,
}

impl<'a> ElementForm<'a> {
    /// For an element as it stands.
    pub(super) fn edit(shell: &'a Shell, desk: &'a Desk, element: &Element) -> Self {
        let typed = Typed {
            version: element.version,
            ..Typed::of(&element.data)
        };
        Self::of(shell, desk, element.kind(), Some(element.id), typed)
    }

    /// For what was typed into it.
    pub(super) fn of(
        shell: &'a Shell,
        desk: &'a Desk,
        kind: Kind,
        element: Option<ElementId>,
        typed: Typed,
    ) -> Self {
        let named = matches!(kind, Kind::Duty | Kind::Report);
        Self {
            units: if named { units(desk) } else { Vec::new() },
            errors: Errors::default(),
            shell,
            desk,
            kind,
            element,
            typed,
        }
    }

    fn is(&self, name: &str) -> bool {
        self.kind.name() == name
    }

    /// The id of a field: several forms may stand on one page.
    fn id(&self, field: &str) -> String {
        match self.element {
            Some(element) => format!("e{element}-{field}"),
            None => field.to_owned(),
        }
    }

    fn action(&self) -> String {
        let plan = self.desk.plan.id;
        match self.element {
            Some(element) => format!("/plans/{plan}/elements/{element}"),
            None => format!("/plans/{plan}/elements"),
        }
    }

    fn back(&self) -> String {
        let plan = self.desk.plan.id;
        match self.element {
            Some(element) => format!("/plans/{plan}/elements/{element}"),
            None => format!("/plans/{plan}"),
        }
    }

    /// The attributes of a field with what is said about it; `hint` whether it has a hint.
    fn described(&self, field: &str, hint: bool) -> String {
        let wrong = self.errors.of(field).is_some();
        let id = self.id(field);
        let mut said = Vec::new();
        if hint {
            said.push(format!("{id}-hint"));
        }
        if wrong {
            said.push(format!("{id}-error"));
        }
        let by = said.join(" ");
        match (by.is_empty(), wrong) {
            (true, _) => String::new(),
            (false, false) => format!("aria-describedby=\"{by}\""),
            (false, true) => format!("aria-describedby=\"{by}\" aria-invalid=\"true\""),
        }
    }

    /// The clauses that an added element may stand in.
    fn clauses(&self) -> Vec<(String, String)> {
        let label = |clause: &loa_plan::Clause| {
            let words = clause.heading.as_deref().unwrap_or(&clause.text);
            let address = words::address(self.shell.lang, &clause.id);
            let label = format!("{address} {}", words::short(words, 70));
            (clause.eid.clone(), label)
        };
        self.desk.reading.walk().map(label).collect()
    }

    fn channels(&self) -> Vec<(&'static str, String)> {
        let label = |kind: &ChannelKind| {
            let name = kind.name();
            (name, self.shell.t(&format!("outlets-kind-{name}")))
        };
        ChannelKind::ALL.iter().map(label).collect()
    }

    fn cadences(&self) -> Vec<(&'static str, String)> {
        let label = |name| (name, words::cadence(self.shell.lang, name));
        CADENCES.map(label).into()
    }

    fn roles(&self) -> Vec<(&'static str, String)> {
        let label = |name| (name, words::role(self.shell.lang, name));
        ROLES.map(label).into()
    }

    fn relations(&self) -> Vec<(&'static str, String)> {
        let label = |name| (name, self.shell.t(&format!("plans-relation-{name}")));
        RELATIONS.map(label).into()
    }

    fn plans(&self) -> Vec<(String, String)> {
        let label = |plan: &Known| {
            let number = plan.number.as_deref().unwrap_or_default();
            let label = format!("{number} {}", words::short(&plan.title, 90));
            (plan.id.to_string(), label.trim().to_owned())
        };
        self.desk.known.iter().map(label).collect()
    }
}

/// Whether an option is the one that is chosen.
fn same(option: impl AsRef<str>, chosen: impl AsRef<str>) -> bool {
    option.as_ref() == chosen.as_ref()
}

/// The units that a name may mean, on the plan's day.
fn units(desk: &Desk) -> Vec<(&'static str, Vec<(String, String)>)> {
    let level = |name: &'static str, level: &str| {
        let known = desk.matcher.units();
        let units = known.filter_map(|id| desk.tree.near(id, desk.day));
        let mut units: Vec<&Unit> = units.filter(|unit| unit.level == level).collect();
        units.sort_by_key(|unit| &unit.name);
        let label = |unit: &Unit| (unit.id.to_string(), unit.name.clone());
        (name, units.into_iter().map(label).collect::<Vec<_>>())
    };
    let mut levels = vec![
        level("plans-level-province", "province"),
        level("plans-level-agency", "agency"),
        level("plans-level-district", "district"),
        level("plans-level-commune", "commune"),
    ];
    levels.retain(|(_, units)| !units.is_empty());
    levels
}
