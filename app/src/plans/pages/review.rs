//! The review of a draft: the document on one side, what was read from it on the other, each element
//! to be decided by a person.

use askama::Template;
use askama_web::WebTemplate;
use loa_plan::Act;

use super::desk::Desk;
use super::difference::Difference;
use super::group::{Group, Progress};
use super::item::says;
use super::source::{SourceLine, lines};
use super::table::{Block, Linked, blocks};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::PlanId;
use crate::plans::element::{Element, Kind};
use crate::plans::words::{self, Fact};
use crate::plans::{self, State};
use crate::web::{Shell, Visitor};

/// So many undecided elements are named when a confirmation is refused.
const NAMED: usize = 20;

#[derive(Template, WebTemplate)]
#[template(path = "plans/pages/review.html")]
pub(super) struct ReviewPage {
    shell: Shell,
    desk: Desk,
    owner: String,
    facts: Vec<Fact>,
    source: Vec<Block>,
    /// The first line from which each fact was read.
    fact_lines: Vec<(&'static str, usize)>,
    corrected: Option<Corrected>,
    /// Somebody wanted to confirm although something is undecided.
    pub(super) refused: bool,
}

/// The plan that the document corrects.
struct Corrected {
    id: PlanId,
    title: String,
    version: i64,
    /// It is no longer as it was compared with.
    stale: bool,
    difference: Difference,
}

impl ReviewPage {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: PlanId,
    ) -> Result<Self, Failure> {
        let desk = Desk::of(app, person, id).await?;
        let shell = Shell::of(visitor);
        let facts = words::facts(&desk.reading, visitor.lang);
        let lines = lines(&desk.plan.source_text, &desk.reading);
        let from = |fact: &Fact| {
            let from = |line: &&SourceLine| line.of.as_deref() == Some(fact.key);
            Some((fact.key, lines.iter().find(from)?.number))
        };
        Ok(Self {
            owner: desk.tree.name(desk.plan.unit_id, desk.day),
            corrected: Corrected::of(app, person, &shell, &desk).await?,
            fact_lines: facts.iter().filter_map(from).collect(),
            source: blocks(lines, &desk.elements),
            refused: false,
            facts,
            shell,
            desk,
        })
    }

    fn lines(&self) -> usize {
        self.desk.plan.source_text.lines().count()
    }

    fn progress(&self) -> Progress<'_> {
        Progress {
            shell: &self.shell,
            desk: &self.desk,
        }
    }

    fn groups(&self) -> Vec<Group<'_>> {
        let group = |kind| Group::of(&self.shell, &self.desk, kind);
        Kind::ALL.map(group).into()
    }

    /// The first that are undecided, and how many more there are.
    fn open(&self) -> (Vec<&Element>, usize) {
        let mut open: Vec<&Element> = self.desk.elements.iter().filter(|one| one.open()).collect();
        let more = open.len().saturating_sub(NAMED);
        open.truncate(NAMED);
        (open, more)
    }

    /// An undecided element in a list of them.
    fn named(&self, element: &Element) -> String {
        let kind = self.kind(element.kind());
        let place = self.desk.places.get(&element.clause);
        let address = place.map_or("", |place| place.address.as_str());
        let address = words::address(self.shell.lang, address);
        let says = says(&self.shell, &element.data);
        format!("{kind} {address} {}", words::short(&says, 80))
    }

    fn kind(&self, kind: Kind) -> String {
        self.shell.t(&format!("plans-kind-{}", kind.name()))
    }

    /// A way from a clause to what was read from it.
    fn link(&self, kind: &Kind, count: &usize) -> String {
        let name = self.kind(*kind);
        if *count > 1 {
            format!("{name} ({count})")
        } else {
            name
        }
    }

    fn line_of(&self, fact: &Fact) -> Option<usize> {
        let line = self.fact_lines.iter().find(|(key, _)| *key == fact.key);
        line.map(|(_, line)| *line)
    }

    fn label(&self, fact: &Fact) -> String {
        self.shell.t(&format!("plans-fact-{}", fact.key))
    }

    fn act(&self, act: &Act) -> String {
        words::act(self.shell.lang, act)
    }

    /// What stands before the first part has no address.
    fn address(&self, clause: &str) -> String {
        words::address(self.shell.lang, clause)
    }

    fn begins(&self, address: &str) -> usize {
        let clause = self.desk.reading.walk().find(|clause| clause.id == address);
        clause.map_or(0, |clause| clause.line)
    }

    fn add_to(&self, linked: &Linked) -> Option<String> {
        let clause = linked.line.begins.as_ref()?;
        let plan = self.desk.plan.id;
        Some(format!("/plans/{plan}/elements/new?clause={clause}"))
    }
}

impl Corrected {
    async fn of(
        app: &App,
        person: &Person,
        shell: &Shell,
        desk: &Desk,
    ) -> Result<Option<Self>, Failure> {
        let Some(id) = desk.plan.corrects else {
            return Ok(None);
        };
        let live = plans::get(app, person, id).await?;
        let old = plans::reading(&live)?;
        let compared = desk.plan.corrects_version == Some(live.version);
        Ok(Some(Self {
            stale: !compared || live.state != State::Live.name(),
            difference: Difference::of(shell, &old, &desk.reading),
            title: live.title,
            version: live.version,
            id,
        }))
    }
}
