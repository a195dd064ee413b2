//! What was done for each clause of a plan: who owes it, what was said, how far that went, and what
//! proves it. Clauses of which nothing is asked and for which nothing was done are left out.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use sea_orm::sea_query::{Alias, Expr};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::table::Cell;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::deliveries::State;
use crate::deliveries::entity::{delivery, release};
use crate::error::Failure;
use crate::evidence::entity::cell;
use crate::ids::{ClauseId, DutyId, PlanId, StoryId, ThemeId, VersionId};
use crate::plans::entity::{clause, duty, plan, theme};
use crate::stories::entity::{story, story_theme, version};
use crate::web::{Shell, Visitor};

/// So many stories of a clause are named; the others are counted.
const NAMED: usize = 5;

#[derive(Template, WebTemplate)]
#[template(path = "coverage/results.html")]
pub(super) struct ResultsPage {
    shell: Shell,
    plan: plan::Model,
    lines: Vec<Line>,
    /// Of how many clauses something is asked, and for how many of them something is proven.
    asked: usize,
    proven: usize,
}

/// A clause and what was done for it.
#[derive(Debug, Clone)]
struct Line {
    clause: clause::Model,
    theme: Option<ThemeId>,
    duties: Vec<DutyId>,
    stories: Vec<(StoryId, String)>,
    deliveries: BTreeMap<String, i64>,
    evidence: Cell,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<PlanId>,
) -> Result<ResultsPage, Failure> {
    let plan = crate::plans::get(&app, &person, id).await?;
    if plan.state == "draft" {
        return Err(Failure::NotFound);
    }
    let mut lines = lines(&app, &person, id).await?;
    lines.retain(|line| line.is_asked() || !line.stories.is_empty());
    let asked = lines.iter().filter(|line| line.is_asked());
    Ok(ResultsPage {
        shell: Shell::of(&visitor),
        plan,
        asked: asked.clone().count(),
        proven: asked.filter(|line| line.evidence.items > 0).count(),
        lines,
    })
}

async fn lines(app: &App, person: &Person, plan: PlanId) -> Result<Vec<Line>, Failure> {
    let clauses = clause::Entity::find()
        .filter(clause::Column::PlanId.eq(plan))
        .order_by_asc(clause::Column::Position)
        .all(&app.db)
        .await?;
    let themes = theme::Entity::find()
        .filter(theme::Column::PlanId.eq(plan))
        .all(&app.db)
        .await?;
    let duties: Vec<(DutyId, ClauseId)> = duty::Entity::find()
        .select_only()
        .columns([duty::Column::Id, duty::Column::ClauseId])
        .filter(duty::Column::PlanId.eq(plan))
        .order_by_asc(duty::Column::Position)
        .into_tuple()
        .all(&app.db)
        .await?;
    let stories = stories(app, person, &clauses, &themes).await?;
    let all: BTreeSet<StoryId> = stories
        .values()
        .flatten()
        .map(|(story, _)| *story)
        .collect();
    let deliveries = deliveries(app, &all).await?;
    let evidence = evidence(app, person, plan).await?;
    let line = |clause: clause::Model| {
        let theme = themes.iter().find(|theme| theme.clause_id == clause.id);
        let theme = theme.map(|theme| theme.id);
        let told = stories.get(&clause.id).cloned().unwrap_or_default();
        let mut states: BTreeMap<String, i64> = BTreeMap::new();
        for (state, count) in told
            .iter()
            .filter_map(|(story, _)| deliveries.get(story))
            .flatten()
        {
            *states.entry(state.clone()).or_default() += count;
        }
        Line {
            theme,
            duties: duties
                .iter()
                .filter(|(_, of)| *of == clause.id)
                .map(|(duty, _)| *duty)
                .collect(),
            stories: told,
            deliveries: states,
            evidence: theme
                .and_then(|theme| evidence.get(&theme).copied())
                .unwrap_or_default(),
            clause,
        }
    };
    Ok(clauses.into_iter().map(line).collect())
}

/// The stories a person may see, by clause: their own clause, or that of a theme they are about.
async fn stories(
    app: &App,
    person: &Person,
    clauses: &[clause::Model],
    themes: &[theme::Model],
) -> Result<BTreeMap<ClauseId, Vec<(StoryId, String)>>, Failure> {
    let rows = story::Entity::find()
        .filter(story::Column::ClauseId.is_in(clauses.iter().map(|clause| clause.id)))
        .filter(story::Column::UnitId.is_in(person.reach(Right::Read)))
        .order_by_desc(story::Column::Id)
        .all(&app.db)
        .await?;
    let newest: BTreeMap<StoryId, (VersionId, String)> = version::Entity::find()
        .select_only()
        .columns([
            version::Column::StoryId,
            version::Column::Id,
            version::Column::Title,
        ])
        .filter(version::Column::StoryId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(version::Column::Number)
        .into_tuple::<(StoryId, VersionId, String)>()
        .all(&app.db)
        .await?
        .into_iter()
        .map(|(story, version, title)| (story, (version, title)))
        .collect();
    let about = story_theme::Entity::find()
        .filter(story_theme::Column::VersionId.is_in(newest.values().map(|(version, _)| *version)))
        .all(&app.db)
        .await?;
    let mut found: BTreeMap<ClauseId, Vec<(StoryId, String)>> = BTreeMap::new();
    for row in rows {
        let Some((version, title)) = newest.get(&row.id) else {
            continue;
        };
        let of_themes = about.iter().filter(|about| about.version_id == *version);
        let places: BTreeSet<ClauseId> = of_themes
            .filter_map(|about| themes.iter().find(|theme| theme.id == about.theme_id))
            .map(|theme| theme.clause_id)
            .chain([row.clause_id])
            .collect();
        for place in places {
            found
                .entry(place)
                .or_default()
                .push((row.id, title.clone()));
        }
    }
    Ok(found)
}

/// How many deliveries of each story are in which state.
async fn deliveries(
    app: &App,
    stories: &BTreeSet<StoryId>,
) -> Result<BTreeMap<StoryId, Vec<(String, i64)>>, Failure> {
    let releases: BTreeMap<_, StoryId> = release::Entity::find()
        .filter(release::Column::StoryId.is_in(stories.iter().copied()))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|release| (release.id, release.story_id))
        .collect();
    let counted: Vec<(_, String, i64)> = delivery::Entity::find()
        .select_only()
        .columns([delivery::Column::ReleaseId, delivery::Column::State])
        .expr(Expr::col(delivery::Column::Id).count())
        .filter(delivery::Column::ReleaseId.is_in(releases.keys().copied()))
        .group_by(delivery::Column::ReleaseId)
        .group_by(delivery::Column::State)
        .into_tuple()
        .all(&app.db)
        .await?;
    let mut found: BTreeMap<StoryId, Vec<(String, i64)>> = BTreeMap::new();
    for (release, state, count) in counted {
        // A foreign key sees to it that the release is there.
        if let Some(story) = releases.get(&release) {
            found.entry(*story).or_default().push((state, count));
        }
    }
    Ok(found)
}

/// What is proven of each theme, over all years and channels, at outlets the person may see.
async fn evidence(
    app: &App,
    person: &Person,
    plan: PlanId,
) -> Result<BTreeMap<ThemeId, Cell>, Failure> {
    // PostgreSQL's sums of whole numbers are of another type than the numbers.
    let sum = |column: cell::Column| Expr::col(column).sum().cast_as(Alias::new("BIGINT"));
    let rows: Vec<(ThemeId, i64, i64, i64)> = cell::Entity::find()
        .select_only()
        .column(cell::Column::ThemeId)
        .expr(sum(cell::Column::Items))
        .expr(sum(cell::Column::Proofs))
        .expr(sum(cell::Column::Seconds))
        .filter(cell::Column::PlanId.eq(plan))
        .filter(cell::Column::UnitId.is_in(person.reach(Right::Read)))
        .group_by(cell::Column::ThemeId)
        .into_tuple()
        .all(&app.db)
        .await?;
    let cells = rows.into_iter().map(|(theme, items, proofs, seconds)| {
        let cell = Cell {
            items,
            proofs,
            seconds,
        };
        (theme, cell)
    });
    Ok(cells.collect())
}

impl ResultsPage {
    fn words(&self, line: &Line) -> String {
        let heading = line.clause.heading.as_deref();
        let text = heading.unwrap_or(&line.clause.text);
        crate::plans::words::short(text, 160)
    }

    /// The states of the deliveries, in the order of a delivery's life.
    fn states(&self, line: &Line) -> Vec<(String, String)> {
        State::all()
            .filter_map(|state| Some((state.name(), line.deliveries.get(state.name())?)))
            .map(|(state, count)| {
                let name = self.shell.t(&format!("deliveries-state-{state}"));
                (name, self.shell.lang.number(*count))
            })
            .collect()
    }

    fn evidence_link(&self, line: &Line) -> Option<String> {
        let theme = line.theme?;
        let plan = self.plan.id;
        Some(format!(
            "/evidence?plan={plan}&theme={theme}&unit=own&count=items"
        ))
    }

    fn minutes(&self, line: &Line) -> String {
        self.shell.lang.number((line.evidence.seconds + 30) / 60)
    }
}

impl Line {
    /// Whether the plan asks something here: to talk of it, or to do it.
    fn is_asked(&self) -> bool {
        self.theme.is_some() || !self.duties.is_empty()
    }

    fn named(&self) -> &[(StoryId, String)] {
        &self.stories[..self.stories.len().min(NAMED)]
    }

    fn more(&self) -> usize {
        self.stories.len().saturating_sub(NAMED)
    }
}
