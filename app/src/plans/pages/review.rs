//! A draft: the document on one side, what was read from it on the other.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use loa_plan::{Act, Clause, Reading};

use super::source::{SourceLine, lines};
use crate::app::App;
use crate::error::Failure;
use crate::plans::entity::plan;
use crate::plans::matching::Matcher;
use crate::plans::parties::{Party, matched};
use crate::plans::words::{self, Fact};
use crate::plans::{day, reading};
use crate::units::UnitTree;
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "plans/pages/review.html")]
pub(super) struct ReviewPage {
    shell: Shell,
    plan: plan::Model,
    owner: String,
    reading: Reading,
    facts: Vec<Fact>,
    source: Vec<SourceLine>,
    duties: Vec<ReadDuty>,
    counts: Vec<(&'static str, usize)>,
    /// The first line of each clause, by address.
    begins: BTreeMap<String, usize>,
    tree: UnitTree,
    day: NaiveDate,
}

/// A duty as it will be written.
struct ReadDuty {
    read: loa_plan::Duty,
    parties: Vec<Party>,
}

impl ReviewPage {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        plan: plan::Model,
    ) -> Result<Self, Failure> {
        let reading = reading(&plan)?;
        let tree = UnitTree::load(&app.db).await?;
        let day = day(&plan);
        let matcher = Matcher::of(&tree, plan.unit_id, day);
        let duties = reading.duties.iter().map(|read| ReadDuty {
            parties: matched(&matcher, read),
            read: read.clone(),
        });
        let begins = reading
            .walk()
            .map(|clause| (clause.id.clone(), clause.line));
        Ok(Self {
            shell: Shell::of(visitor),
            owner: tree.name(plan.unit_id, day),
            facts: words::facts(&reading, visitor.lang),
            source: lines(&plan.source_text, &reading),
            duties: duties.collect(),
            counts: counts(&reading),
            begins: begins.collect(),
            plan,
            reading,
            tree,
            day,
        })
    }

    fn lines(&self) -> usize {
        self.plan.source_text.lines().count()
    }

    /// The first line from which a fact was read.
    fn line_of(&self, fact: &Fact) -> Option<usize> {
        let from = |line: &&SourceLine| line.of.as_deref() == Some(fact.key);
        self.source.iter().find(from).map(|line| line.number)
    }

    fn label(&self, fact: &Fact) -> String {
        self.shell.t(&format!("plans-fact-{}", fact.key))
    }

    fn heading<'a>(&self, clause: &'a Clause) -> &'a str {
        clause.heading.as_deref().unwrap_or_default()
    }

    /// What stands before the first part has no address.
    fn address(&self, clause: &str) -> String {
        words::address(self.shell.lang, clause)
    }

    fn begins(&self, address: &str) -> usize {
        self.begins.get(address).copied().unwrap_or_default()
    }

    /// Parts and sections: deeper ones are in the document beside.
    fn outline(&self) -> Vec<&Clause> {
        let parts = self
            .reading
            .clauses
            .iter()
            .filter(|part| part.marker.is_some());
        parts
            .flat_map(|part| std::iter::once(part).chain(&part.children))
            .filter(|clause| clause.heading.is_some())
            .collect()
    }

    fn act(&self, act: &Act) -> String {
        words::act(self.shell.lang, act)
    }

    fn acts_in(&self, address: &str) -> String {
        let here = |act: &&Act| act.cited_in.iter().any(|clause| clause == address);
        let acts = self.reading.acts.iter().filter(here);
        acts.map(|act| words::act(self.shell.lang, act))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn kind(&self, kind: &loa_plan::ChannelKind) -> String {
        self.shell.t(&format!("outlets-kind-{}", kind.name()))
    }

    fn cadence(&self, duty: &ReadDuty) -> String {
        words::cadence(self.shell.lang, &words::name(&duty.read.cadence))
    }

    fn role(&self, party: &Party) -> String {
        words::role(self.shell.lang, &party.role)
    }

    fn report(&self, report: &loa_plan::Report) -> String {
        words::report(self.shell.lang, report)
    }

    /// The names of the units that a name stands for, on the plan's day.
    fn units(&self, party: &Party) -> Vec<String> {
        let name = |unit| self.tree.name(unit, self.day);
        party.units.iter().copied().map(name).collect()
    }

    fn units_count(&self, party: &Party) -> String {
        let text = if party.within {
            "plans-units-within"
        } else {
            "plans-units-every"
        };
        self.shell.tv(text, party.units.len())
    }
}

fn counts(reading: &Reading) -> Vec<(&'static str, usize)> {
    let numbered = |clause: &&Clause| {
        let marker = clause.marker.as_deref().unwrap_or_default();
        marker.parse::<u32>().is_ok()
    };
    let parts = reading
        .clauses
        .iter()
        .filter(|clause| clause.marker.is_some());
    vec![
        ("plans-parts", parts.count()),
        ("plans-sections", reading.walk().filter(numbered).count()),
        ("plans-themes", reading.themes.len()),
        ("plans-channels", reading.channels.len()),
        ("plans-duties", reading.duties.len()),
        ("plans-acts", reading.acts.len()),
    ]
}
