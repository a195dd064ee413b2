//! What a person writes, and what is wrong with it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use loa_speech::{MarkupProblemKind, markup_problems};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};

use super::entity::{story, story_theme, version};
use super::text::{script_of, tidy, tidy_line};
use super::voices::{is_speed, offered};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{ClauseId, PlanId, ThemeId, UnitId};
use crate::plans::entity::{clause, plan, plan_channel, theme};
use crate::units::UnitTree;
use crate::web::Errors;

/// Longest texts, in characters.
pub const TITLE_LIMIT: usize = 200;
const SUMMARY_LIMIT: usize = 600;
const BODY_LIMIT: usize = 100_000;
/// About 20 minutes on the air.
const SCRIPT_LIMIT: usize = 20_000;

/// The text of a version and what it serves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// One sentence.
    pub title: String,
    /// What a reader in a hurry must know; may be empty.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// What is read on the air. Nothing: it does not go on the air. Empty: title, summary and
    /// body are read, and stay what is read until somebody writes a script by hand.
    pub script: Option<String>,
    /// Who reads it; as configured when nothing is said.
    pub voice: Option<String>,
    /// How fast, in percent of a newsreader's pace; as configured when nothing is said.
    pub speed: Option<i64>,
    /// Whose story it is. Fixed by the first approval.
    pub unit: Option<UnitId>,
    /// The clause it serves. Fixed by the first approval.
    pub clause: Option<ClauseId>,
    /// The themes it talks about, of the same plan.
    pub themes: Vec<ThemeId>,
}

/// Why a draft was not kept. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    /// Fields are wrong.
    #[error("the story is not complete: {}", .0.all().iter().map(|(field, text)| format!("{field} ({text})")).collect::<Vec<_>>().join(", "))]
    Fields(Errors),
    /// Anything else.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for NotSaved {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failure(error.into())
    }
}

/// What a person may choose from when writing.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Units they write for, by today's names.
    pub units: Vec<(UnitId, String)>,
    /// Live plans with what can be served.
    pub plans: Vec<PlanChoice>,
    /// Voices that can read a script.
    pub voices: Vec<String>,
}

/// A live plan.
#[derive(Debug, Clone)]
pub struct PlanChoice {
    /// The plan.
    pub id: PlanId,
    /// Its title.
    pub title: String,
    /// Its clauses, in the document's order.
    pub clauses: Vec<clause::Model>,
    /// Its themes with the addresses of their clauses.
    pub themes: Vec<(theme::Model, String)>,
}

impl Choices {
    /// What this person may choose from today.
    pub async fn of(app: &App, person: &Person) -> Result<Self, Failure> {
        let today = local_day(app.clock.now());
        let tree = UnitTree::load(&app.db).await?;
        let rows = plan::Entity::find()
            .filter(plan::Column::State.eq("live"))
            .order_by_asc(plan::Column::Id)
            .all(&app.db)
            .await?;
        let mut plans = Vec::with_capacity(rows.len());
        for row in rows {
            plans.push(plan_choice(app, row, None).await?);
        }
        Ok(Self {
            units: units(&tree, person, today),
            plans,
            voices: offered(&app.config.voice),
        })
    }

    /// The same, with what a story already has although it is no longer there to choose.
    pub async fn for_story(
        app: &App,
        person: &Person,
        story: &story::Model,
    ) -> Result<Self, Failure> {
        let mut choices = Self::of(app, person).await?;
        if !choices.units.iter().any(|(unit, _)| *unit == story.unit_id) {
            let tree = UnitTree::load(&app.db).await?;
            let name = tree.name(story.unit_id, local_day(story.created_at));
            choices.units.push((story.unit_id, name));
        }
        let clause = clause::Entity::find_by_id(story.clause_id)
            .one(&app.db)
            .await?;
        let plan = clause.ok_or(Failure::NotFound)?.plan_id;
        let row = plan::Entity::find_by_id(plan).one(&app.db).await?;
        let row = row.ok_or(Failure::NotFound)?;
        choices.plans.retain(|choice| choice.id != plan);
        choices
            .plans
            .push(plan_choice(app, row, Some(story)).await?);
        choices.plans.sort_by_key(|choice| choice.id);
        Ok(choices)
    }

    /// The clause that a story for loudspeakers serves when nobody says which: the one that names
    /// loudspeakers as a channel, else the first of the first plan.
    pub async fn clause_on_air(
        &self,
        connection: &impl ConnectionTrait,
    ) -> Result<Option<ClauseId>, Failure> {
        let live: Vec<PlanId> = self.plans.iter().map(|plan| plan.id).collect();
        let channel = plan_channel::Entity::find()
            .filter(plan_channel::Column::PlanId.is_in(live))
            .filter(plan_channel::Column::Kind.eq("loudspeaker"))
            .filter(plan_channel::Column::EndedAt.is_null())
            .order_by_asc(plan_channel::Column::Id)
            .limit(1)
            .one(connection)
            .await?;
        let first = self.plans.first().and_then(|plan| plan.clauses.first());
        Ok(channel
            .map(|channel| channel.clause_id)
            .or(first.map(|clause| clause.id)))
    }

    /// The plan a clause belongs to.
    pub fn plan_of(&self, clause: ClauseId) -> Option<&PlanChoice> {
        self.plans
            .iter()
            .find(|plan| plan.clauses.iter().any(|row| row.id == clause))
    }
}

impl Draft {
    /// The same as it will be kept. A script that nobody wrote by hand follows the text.
    #[must_use]
    pub fn tidied(&self, before: Option<&Self>) -> Self {
        let mut draft = Self {
            title: tidy_line(&self.title),
            summary: tidy(&self.summary),
            body: tidy(&self.body),
            script: self.script.as_deref().map(tidy),
            ..self.clone()
        };
        let unwritten = before.map(Self::made_script);
        let made = draft.made_script();
        if let Some(script) = &mut draft.script
            && (script.is_empty() || Some(&*script) == unwritten.as_ref())
        {
            *script = made;
        }
        draft.themes.sort();
        draft.themes.dedup();
        draft
    }

    /// What would be read if nobody wrote a script.
    pub fn made_script(&self) -> String {
        script_of(&self.title, &self.summary, &self.body)
    }

    /// What is wrong with it.
    pub fn faults(&self, choices: &Choices) -> Errors {
        let mut errors = self.urgent_faults(choices);
        errors.require(!self.themes.is_empty(), "themes", "stories-themes-missing");
        errors
    }

    /// The same of an urgent message: a warning of a storm is about no theme.
    pub fn urgent_faults(&self, choices: &Choices) -> Errors {
        let mut errors = Errors::default();
        let fits = |text: &str, limit: usize| text.chars().count() <= limit;
        errors.require(!self.title.is_empty(), "title", "stories-title-missing");
        errors.require(
            fits(&self.title, TITLE_LIMIT),
            "title",
            "stories-title-long",
        );
        errors.require(
            fits(&self.summary, SUMMARY_LIMIT),
            "summary",
            "stories-summary-long",
        );
        errors.require(!self.body.is_empty(), "body", "stories-body-missing");
        errors.require(fits(&self.body, BODY_LIMIT), "body", "stories-body-long");
        let script = self.script.as_deref().unwrap_or_default();
        errors.require(fits(script, SCRIPT_LIMIT), "script", "stories-script-long");
        if let Some(problem) = markup_problems(script).first() {
            errors.add("script", mark_fault(problem.kind));
        }
        let known = |voice: &String| choices.voices.contains(voice);
        errors.require(
            self.voice.as_ref().is_none_or(known),
            "voice",
            "stories-voice-unknown",
        );
        errors.require(
            self.speed.is_none_or(is_speed),
            "speed",
            "stories-speed-unknown",
        );
        let unit = self
            .unit
            .filter(|unit| choices.units.iter().any(|(id, _)| id == unit));
        errors.require(unit.is_some(), "unit", "stories-unit-missing");
        let plan = self.clause.and_then(|clause| choices.plan_of(clause));
        errors.require(plan.is_some(), "clause", "stories-clause-missing");
        if let Some(plan) = plan {
            let known: BTreeSet<ThemeId> = plan.themes.iter().map(|(theme, _)| theme.id).collect();
            let own = self.themes.iter().all(|theme| known.contains(theme));
            errors.require(own, "themes", "stories-themes-foreign");
        }
        errors
    }
}

/// What is wrong with an author's own reading, and what to do.
pub(crate) fn mark_fault(kind: MarkupProblemKind) -> &'static str {
    match kind {
        MarkupProblemKind::Unclosed => "stories-mark-unclosed",
        MarkupProblemKind::Nested => "stories-mark-nested",
        MarkupProblemKind::NoBar => "stories-mark-no-bar",
        MarkupProblemKind::TwoBars => "stories-mark-two-bars",
        MarkupProblemKind::Empty => "stories-mark-empty",
        MarkupProblemKind::Language => "stories-mark-language",
    }
}

fn units(tree: &UnitTree, person: &Person, today: NaiveDate) -> Vec<(UnitId, String)> {
    let mut units = tree.choices(person.reach(Right::Write), today);
    // Their own unit first: most write for no other.
    let posts = person.posts(Right::Write);
    units.sort_by_key(|(unit, _)| !posts.contains(unit));
    units
}

/// What of a plan is in force, and what a story has of it that no longer is.
async fn plan_choice(
    app: &App,
    row: plan::Model,
    story: Option<&story::Model>,
) -> Result<PlanChoice, Failure> {
    let own = Query::select()
        .column(story_theme::Column::ThemeId)
        .from(story_theme::Entity)
        .inner_join(
            version::Entity,
            Expr::col((version::Entity, version::Column::Id))
                .equals((story_theme::Entity, story_theme::Column::VersionId)),
        )
        .and_where(version::Column::StoryId.eq(story.map(|story| story.id)))
        .to_owned();
    let own_clause = story.map(|story| story.clause_id);
    let clauses = clause::Entity::find()
        .filter(clause::Column::PlanId.eq(row.id))
        .filter(
            clause::Column::EndedAt
                .is_null()
                .or(clause::Column::Id.eq(own_clause)),
        )
        .order_by_asc(clause::Column::Position)
        .all(&app.db)
        .await?;
    let themes = theme::Entity::find()
        .filter(theme::Column::PlanId.eq(row.id))
        .filter(
            theme::Column::EndedAt
                .is_null()
                .or(theme::Column::Id.in_subquery(own)),
        )
        .order_by_asc(theme::Column::Position)
        .all(&app.db)
        .await?
        .into_iter()
        .map(|theme| {
            let clause = clauses.iter().find(|clause| clause.id == theme.clause_id);
            let address = clause.map(|clause| clause.address.clone());
            (theme, address.unwrap_or_default())
        })
        .collect();
    Ok(PlanChoice {
        id: row.id,
        title: row.title,
        clauses,
        themes,
    })
}
