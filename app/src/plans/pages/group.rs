//! The elements of a kind, and how far the review has come.

use askama::Template;

use super::desk::Desk;
use super::item::Item;
use crate::plans::element::{Element, Kind};
use crate::web::Shell;

/// The elements of a kind.
#[derive(Template)]
#[template(path = "plans/pages/group.html")]
pub(super) struct Group<'a> {
    shell: &'a Shell,
    desk: &'a Desk,
    kind: Kind,
    all: Vec<&'a Element>,
}

/// How many elements are decided, and which comes next.
#[derive(Template)]
#[template(path = "plans/pages/progress.html")]
pub(super) struct Progress<'a> {
    pub(super) shell: &'a Shell,
    pub(super) desk: &'a Desk,
}

impl<'a> Group<'a> {
    pub(super) fn of(shell: &'a Shell, desk: &'a Desk, kind: Kind) -> Self {
        let all = desk.elements.iter().filter(|one| one.kind() == kind);
        Self {
            all: all.collect(),
            shell,
            desk,
            kind,
        }
    }

    /// Its heading.
    pub(super) fn head(&self) -> Result<String, askama::Error> {
        self.render()
    }

    pub(super) fn name(&self) -> &'static str {
        self.kind.name()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Those that the document at hand asks to decide.
    pub(super) fn items(&self) -> Vec<Item<'a>> {
        self.of_those(false)
    }

    /// Those that go on as they were decided, because their clauses are as they were.
    pub(super) fn carried(&self) -> Vec<Item<'a>> {
        self.of_those(true)
    }

    fn of_those(&self, carried: bool) -> Vec<Item<'a>> {
        let those = self.all.iter();
        those
            .filter(|one| self.desk.carried(one) == carried)
            .map(|one| Item::of(self.shell, self.desk, one))
            .collect()
    }

    fn title(&self) -> String {
        self.shell.t(&format!("plans-kinds-{}", self.kind.name()))
    }

    fn count(&self) -> String {
        let decided = self.all.iter().filter(|one| !one.open()).count();
        of_total(self.shell, decided, self.all.len())
    }

    /// What one press accepts: those of which the reader was sure, and when they are decided the
    /// others.
    fn rest(&self) -> Vec<&Element> {
        let open = || {
            let open = self.all.iter().copied().filter(|one| one.open());
            open.filter(|one| one.data.faults().none())
        };
        let sure: Vec<&Element> = open().filter(|one| !one.unsure()).collect();
        if sure.is_empty() {
            open().collect()
        } else {
            sure
        }
    }

    fn rest_words(&self, rest: &[&Element]) -> String {
        let text = if rest.iter().all(|one| one.unsure()) {
            "plans-accept-unsure"
        } else {
            "plans-accept-rest"
        };
        self.shell.tv(text, rest.len())
    }
}

impl Progress<'_> {
    fn said(&self) -> String {
        of_total(self.shell, self.desk.decided(), self.desk.elements.len())
    }

    fn done(&self) -> bool {
        self.desk.decided() == self.desk.elements.len()
    }
}

/// `32 trong 41`
fn of_total(shell: &Shell, decided: usize, total: usize) -> String {
    let values = [("value", decided.to_string()), ("total", total.to_string())];
    shell.lang.with("plans-decided", &values)
}
