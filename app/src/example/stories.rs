//! The example's stories, each as far in its life as its file says.

use anyhow::{Context, bail};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::person;
use super::programme::{Programme, StoryFile};
use crate::app::App;
use crate::deliveries::{self, Choice};
use crate::ids::{ClauseId, OutletId, PlanId, StoryId, ThemeId};
use crate::outlets::entity::outlet;
use crate::plans::entity::{clause, theme};
use crate::stories::{self, Draft, State};
use crate::units::UnitTree;
use crate::{jobs, stories::entity::version};

/// How far a story is to come, in order.
const STATES: [&str; 4] = ["draft", "submitted", "approved", "released"];

pub(super) async fn write(app: &App, programme: &Programme, plan: PlanId) -> anyhow::Result<()> {
    let mut begun = Vec::new();
    for name in &programme.stories {
        let file = StoryFile::read(name)?;
        let told = || format!("the story {name} of the example");
        let wanted = STATES.iter().position(|state| *state == file.head.state);
        let Some(wanted) = wanted else {
            bail!("{}: '{}' is not a state", told(), file.head.state);
        };
        let id = written(app, &file, plan).await.with_context(told)?;
        begun.push((file, id, wanted));
    }
    // All sounds at once, before anything is released: what is released wants to be fetched as
    // proof, and nobody answers yet.
    jobs::run_due(app).await?;
    for (file, id, wanted) in begun {
        let told = || format!("the story '{}' of the example", file.head.title);
        // Without a voice nobody can hear it, so nobody approves it; it stays a draft.
        if is_hearable(app, &file, id).await.with_context(told)? {
            bring(app, programme, &file, id, wanted)
                .await
                .with_context(told)?;
        }
    }
    Ok(())
}

/// The story, new or as an earlier start left it.
async fn written(app: &App, file: &StoryFile, plan: PlanId) -> anyhow::Result<StoryId> {
    let known = version::Entity::find()
        .filter(version::Column::Title.eq(&file.head.title))
        .one(&app.db)
        .await?;
    if let Some(version) = known {
        return Ok(version.story_id);
    }
    let mut themes: Vec<ThemeId> = Vec::new();
    for address in &file.head.themes {
        let clause = clause_at(app, plan, address).await?;
        let row = theme::Entity::find()
            .filter(theme::Column::ClauseId.eq(clause))
            .one(&app.db)
            .await?
            .with_context(|| format!("{address} is not a theme"))?;
        themes.push(row.id);
    }
    let tree = UnitTree::load(&app.db).await?;
    let draft = Draft {
        title: file.head.title.clone(),
        summary: file.head.summary.clone(),
        body: file.body.clone(),
        script: Some(String::new()),
        unit: tree.by_key(&file.head.unit_key),
        clause: Some(clause_at(app, plan, &file.head.clause).await?),
        themes,
        ..Draft::default()
    };
    let author = person(app, &file.head.author).await?;
    Ok(stories::create(app, &author, &draft).await?)
}

/// Whether it has its sound.
async fn is_hearable(app: &App, file: &StoryFile, id: StoryId) -> anyhow::Result<bool> {
    let author = person(app, &file.head.author).await?;
    let story = stories::get(app, &author, id).await?;
    Ok(story.seen().sound.is_some())
}

async fn bring(
    app: &App,
    programme: &Programme,
    file: &StoryFile,
    id: StoryId,
    wanted: usize,
) -> anyhow::Result<()> {
    let author = person(app, &file.head.author).await?;
    let approver = person(app, &programme.approver).await?;
    loop {
        let story = stories::get(app, &author, id).await?;
        let state = story.row.state.clone();
        let reached = STATES.iter().position(|known| *known == state);
        if reached.is_none_or(|reached| reached >= wanted) {
            return Ok(());
        }
        if state == State::Draft.name() {
            stories::submit(app, &author, id, &story.seen()).await?;
        } else if state == State::Submitted.name() {
            stories::approve(app, &approver, id, &story.seen(), true).await?;
        } else {
            let outlet = portal(app).await?;
            let to = [Choice { outlet, slot: None }];
            deliveries::release(app, &approver, id, &to)
                .await
                .map_err(crate::error::Failure::from)?;
        }
    }
}

async fn clause_at(app: &App, plan: PlanId, address: &str) -> anyhow::Result<ClauseId> {
    let row = clause::Entity::find()
        .filter(clause::Column::PlanId.eq(plan))
        .filter(clause::Column::Address.eq(address))
        .one(&app.db)
        .await?;
    Ok(row
        .with_context(|| format!("the plan has no clause {address}"))?
        .id)
}

async fn portal(app: &App) -> anyhow::Result<OutletId> {
    let row = outlet::Entity::find()
        .filter(outlet::Column::Kind.eq("portal"))
        .one(&app.db)
        .await?;
    Ok(row.context("the example has no portal")?.id)
}
