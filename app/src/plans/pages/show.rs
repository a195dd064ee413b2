//! A live plan: its clauses, and what is asked by them.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use loa_plan::{Act, Reading};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::item::whole;
use crate::accounts::Person;
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{ClauseId, PersonId};
use crate::plans::due::Due;
use crate::plans::element::{Decision, Element, Kind, elements};
use crate::plans::entity::{clause, plan, plan_channel, regime, theme};
use crate::plans::parties::{Asked, Holder, Party, asked};
use crate::plans::relations::{self, Related};
use crate::plans::versions::{Version, versions};
use crate::plans::{day, reading, words};
use crate::units::UnitTree;
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "plans/pages/show.html")]
pub(super) struct PlanPage {
    shell: Shell,
    plan: plan::Model,
    confirmed_by: String,
    clauses: BTreeMap<ClauseId, clause::Model>,
    roots: Vec<Branch>,
    themes: Vec<theme::Model>,
    channels: Vec<plan_channel::Model>,
    duties: Vec<Asked>,
    regimes: Vec<regime::Model>,
    acts: Vec<Act>,
    /// Audiences, milestones and money: what was accepted and has no rows of its own.
    more: Vec<(Kind, Vec<(String, String)>)>,
    to_others: Vec<Related>,
    from_others: Vec<Related>,
    versions: Vec<Version>,
    /// What a corrected document no longer has.
    ended: Vec<clause::Model>,
    tree: UnitTree,
    day: NaiveDate,
    today: NaiveDate,
}

/// A clause with those below it.
struct Branch {
    clause: clause::Model,
    below: Vec<Branch>,
}

impl PlanPage {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        plan: plan::Model,
    ) -> Result<Self, Failure> {
        let rows = clause::Entity::find()
            .filter(clause::Column::PlanId.eq(plan.id))
            .order_by_asc(clause::Column::Position)
            .all(&app.db)
            .await?;
        let themes = theme::Entity::find()
            .filter(theme::Column::PlanId.eq(plan.id))
            .filter(theme::Column::EndedAt.is_null())
            .order_by_asc(theme::Column::Position)
            .all(&app.db)
            .await?;
        let channels = plan_channel::Entity::find()
            .filter(plan_channel::Column::PlanId.eq(plan.id))
            .filter(plan_channel::Column::EndedAt.is_null())
            .order_by_asc(plan_channel::Column::Id)
            .all(&app.db)
            .await?;
        let regimes = regime::Entity::find()
            .filter(regime::Column::PlanId.eq(plan.id))
            .filter(regime::Column::EndedAt.is_null())
            .order_by_asc(regime::Column::Id)
            .all(&app.db)
            .await?;
        let read = reading(&plan).ok();
        let shell = Shell::of(visitor);
        let (to_others, from_others) = relations::of(app, person, plan.id).await?;
        let (rows, ended): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.ended_at.is_none());
        Ok(Self {
            more: match &read {
                Some(read) => more(app, &shell, &plan, read).await?,
                None => Vec::new(),
            },
            confirmed_by: name_of(app, plan.confirmed_by).await?,
            versions: versions(app, &plan).await?,
            roots: branches(&rows),
            to_others,
            from_others,
            ended,
            shell,
            clauses: rows.into_iter().map(|row| (row.id, row)).collect(),
            themes,
            channels,
            duties: asked(&app.db, &[plan.id]).await?,
            regimes,
            acts: read.map(|read| read.acts).unwrap_or_default(),
            tree: UnitTree::load(&app.db).await?,
            day: day(&plan),
            today: local_day(app.clock.now()),
            plan,
        })
    }

    fn period(&self) -> String {
        words::years(self.plan.period_from, self.plan.period_to)
    }

    fn state(&self) -> String {
        self.shell.t(&format!("plans-state-{}", self.plan.state))
    }

    fn owner(&self) -> Holder {
        Holder::of(&self.tree, self.plan.unit_id, self.day, self.today)
    }

    fn clause(&self, id: &ClauseId) -> &clause::Model {
        // A foreign key sees to it that it is there.
        &self.clauses[id]
    }

    fn kind(&self, channel: &plan_channel::Model) -> String {
        self.shell.t(&format!("outlets-kind-{}", channel.kind))
    }

    fn cadence(&self, asked: &Asked) -> String {
        words::cadence(self.shell.lang, &asked.duty.cadence)
    }

    fn role(&self, party: &Party) -> String {
        words::role(self.shell.lang, &party.role)
    }

    /// What is asked for besides: what must lie on the table in the end, and who pays.
    fn asked_for(&self, asked: &Asked) -> Vec<(&'static str, String)> {
        let duty = &asked.duty;
        let due = duty.due.as_deref();
        let facts = [
            (
                "plans-field-due",
                due.map(|due| Due::of(due).said(self.shell.lang)),
            ),
            ("plans-field-product", duty.product.clone()),
            ("plans-field-budget", duty.budget.clone()),
        ];
        let said = facts.into_iter();
        said.filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    fn kinds(&self, kind: &Kind) -> String {
        self.shell.t(&format!("plans-kinds-{}", kind.name()))
    }

    /// How it stands to another document, or another to it.
    fn relation(&self, related: &Related, own: bool) -> String {
        let way = if own { "relation" } else { "related" };
        self.shell.t(&format!("plans-{way}-{}", related.kind))
    }

    fn address(&self, related: &Related) -> String {
        words::address(self.shell.lang, &related.clause.0)
    }

    /// The version before one.
    fn before(&self, version: &Version) -> Option<i64> {
        (version.number > 1).then(|| version.number - 1)
    }

    fn act(&self, act: &Act) -> String {
        words::act(self.shell.lang, act)
    }

    fn report(&self, regime: &regime::Model) -> String {
        words::report_due(
            self.shell.lang,
            &regime.cadence,
            &regime.recipient,
            (regime.due_month, regime.due_day),
            regime.inclusive,
        )
    }
}

/// What was accepted and has no rows of its own, by kind: the address of its clause and its words.
async fn more(
    app: &App,
    shell: &Shell,
    plan: &plan::Model,
    reading: &Reading,
) -> Result<Vec<(Kind, Vec<(String, String)>)>, Failure> {
    let addresses: BTreeMap<&str, &str> = reading
        .walk()
        .map(|clause| (clause.eid.as_str(), clause.id.as_str()))
        .collect();
    let elements = elements(&app.db, plan.id, reading).await?;
    let mut more = Vec::new();
    for kind in [Kind::Report, Kind::Audience, Kind::Milestone, Kind::Money] {
        let accepted = elements.iter().filter(|one| {
            one.kind() == kind && one.decision == Decision::Accepted && !one.data.has_row()
        });
        let said = |one: &Element| {
            let address = addresses.get(one.clause.as_str()).copied();
            let address = words::address(shell.lang, address.unwrap_or_default());
            (address, whole(shell, &one.data))
        };
        let said: Vec<(String, String)> = accepted.map(said).collect();
        if !said.is_empty() {
            more.push((kind, said));
        }
    }
    Ok(more)
}

async fn name_of(app: &App, person: Option<PersonId>) -> Result<String, Failure> {
    let Some(person) = person else {
        return Ok(String::new());
    };
    let row = crate::accounts::entity::person::Entity::find_by_id(person)
        .one(&app.db)
        .await?;
    Ok(row.map(|row| row.name).unwrap_or_default())
}

fn branches(rows: &[clause::Model]) -> Vec<Branch> {
    let mut below: BTreeMap<Option<ClauseId>, Vec<&clause::Model>> = BTreeMap::new();
    for row in rows {
        below.entry(row.parent_id).or_default().push(row);
    }
    grow(&below, None)
}

fn grow(
    below: &BTreeMap<Option<ClauseId>, Vec<&clause::Model>>,
    above: Option<ClauseId>,
) -> Vec<Branch> {
    let rows = below.get(&above).map_or(&[][..], Vec::as_slice);
    rows.iter()
        .map(|row| Branch {
            clause: (*row).clone(),
            below: grow(below, Some(row.id)),
        })
        .collect()
}

impl Branch {
    /// The branch as nested list items.
    fn render(&self) -> Result<String, askama::Error> {
        BranchItem { branch: self }.render()
    }

    fn number(&self) -> &str {
        match self.clause.marker {
            Some(_) => &self.clause.address,
            None => "",
        }
    }
}

#[derive(Template)]
#[template(path = "plans/pages/branch.html")]
struct BranchItem<'a> {
    branch: &'a Branch,
}

fn short(asked: &Asked) -> String {
    words::short(&asked.duty.text, 220)
}
