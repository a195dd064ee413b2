//! Keeping what was written: the author's own draft changes in place, anything else becomes a new
//! version, so that what somebody reads, approved or sent out never changes under them.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};

use super::draft::{Choices, Draft, NotSaved};
use super::entity::{approval, story, version};
use super::life::submit_begun;
use super::parts::{make_anew, set_parts, set_script};
use super::story::{Seen, State, Story, radio};
use super::text;
use super::voices::Script;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{ClauseId, PersonId, SlotId, StoryId, UnitId};
use crate::jobs::{self, Job};

/// So far ahead of all others the sound of an urgent message stands in the queue.
const AHEAD: TimeDelta = TimeDelta::days(1);

/// Begins a story.
pub async fn create(app: &App, person: &Person, draft: &Draft) -> Result<StoryId, NotSaved> {
    let draft = draft.tidied(None);
    let errors = draft.faults(&Choices::of(app, person).await?);
    if !errors.none() {
        return Err(NotSaved::Fields(errors));
    }
    let transaction = app.begin().await?;
    let story = begin_in(app, &transaction, person, &draft, None).await?;
    transaction.commit().await?;
    Ok(story)
}

/// Begins a story that is urgent and has no faults, and sends it for approval: it needs no theme, and its
/// sound is made before all others.
pub async fn submit_urgent(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    draft: &Draft,
) -> Result<StoryId, Failure> {
    let draft = draft.tidied(None);
    let id = begin_in(app, transaction, person, &draft, None).await?;
    let version = super::story::newest(transaction, id).await?.id;
    if let Some(script) = radio(transaction, version).await? {
        let rendition = script.id;
        let due = app.clock.now() - AHEAD;
        jobs::enqueue(transaction, &Job::RenderSound { rendition }, due).await?;
    }
    submit_begun(app, transaction, person, id).await?;
    Ok(id)
}

/// Begins one whose draft has no faults, to be heard in a certain slot if its author may wish.
pub(super) async fn begin_in(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    draft: &Draft,
    wanted: Option<SlotId>,
) -> Result<StoryId, Failure> {
    let unit = draft.unit.ok_or(Failure::Invalid("stories-unit-missing"))?;
    let clause = draft.clause;
    let clause = clause.ok_or(Failure::Invalid("stories-clause-missing"))?;
    person.require(Right::Write, unit)?;
    let now = app.clock.now();
    let row = story::ActiveModel {
        unit_id: Set(unit),
        clause_id: Set(clause),
        slug: Set(free_slug(transaction, &draft.title, None).await?),
        wanted_slot_id: Set(wanted),
        state: Set(State::Draft.name().to_owned()),
        created_by: Set(person.id),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let story = row.insert(transaction).await?.id;
    new_version(app, transaction, (story, 1), person.id, draft).await?;
    note(app, transaction, person, "draft", story, 1).await?;
    Ok(story)
}

/// Keeps a new text of a story. `seen` is what the person began from; anything newer is a
/// conflict, and what they typed is theirs to send again.
pub async fn save(
    app: &App,
    person: &Person,
    id: StoryId,
    seen: &Seen,
    draft: &Draft,
) -> Result<(), NotSaved> {
    let story = super::get(app, person, id).await?;
    person.require(Right::Write, story.row.unit_id)?;
    let mut draft = draft.clone();
    if !story.approvals.is_empty() {
        draft.unit = Some(story.row.unit_id);
        draft.clause = Some(story.row.clause_id);
    }
    let draft = draft.tidied(Some(&story.draft()));
    let errors = draft.faults(&Choices::for_story(app, person, &story.row).await?);
    let (Some(unit), Some(clause), true) = (draft.unit, draft.clause, errors.none()) else {
        return Err(NotSaved::Fields(errors));
    };
    person.require(Right::Write, unit)?;

    let transaction = app.begin().await?;
    let held = lock(&transaction, id, seen).await?;
    let number = keep(app, &transaction, person, held, (unit, clause), &draft).await?;
    note(app, &transaction, person, "draft", id, number).await?;
    transaction.commit().await?;
    Ok(())
}

/// Goes on from a story's newest version with its text as it is, and has its sound made anew: in
/// place when it is the person's own draft, else as a version of theirs. Answers its number.
pub(super) async fn carry_on(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    story: &Story,
    held: (story::Model, version::Model),
) -> Result<i64, Failure> {
    let place = (story.row.unit_id, story.row.clause_id);
    let id = story.row.id;
    let number = keep(app, transaction, person, held, place, &story.draft()).await?;
    let newest = super::story::newest(transaction, id).await?;
    if let Some(script) = radio(transaction, newest.id).await? {
        make_anew(app, transaction, script.into()).await?;
    }
    Ok(number)
}

/// Writes a draft: in place when it is the person's own, else as a new version; answers its number.
async fn keep(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    (row, newest): (story::Model, version::Model),
    (unit, clause): (UnitId, ClauseId),
    draft: &Draft,
) -> Result<i64, Failure> {
    let id = row.id;
    let now = after(newest.updated_at, app.clock.now());
    let approved = approved_before(transaction, id).await?;
    // Unit and clause were frozen while this person was typing.
    if approved && (row.unit_id != unit || row.clause_id != clause) {
        return Err(Failure::Conflict("stories-changed"));
    }
    let in_place = row.state == State::Draft.name() && newest.author_id == person.id;
    let number = if in_place {
        newest.number
    } else {
        newest.number + 1
    };
    let slug = if approved {
        row.slug.clone()
    } else {
        free_slug(transaction, &draft.title, Some(id)).await?
    };
    let mut changed: story::ActiveModel = row.into();
    changed.unit_id = Set(unit);
    changed.clause_id = Set(clause);
    changed.slug = Set(slug);
    changed.state = Set(State::Draft.name().to_owned());
    changed.updated_at = Set(now);
    changed.update(transaction).await?;
    if in_place {
        change_version(app, transaction, newest, draft, now).await?;
    } else {
        new_version(app, transaction, (id, number), person.id, draft).await?;
    }
    Ok(number)
}

/// Makes the sound of the newest version's script anew, after a failure.
pub async fn render_again(app: &App, person: &Person, id: StoryId) -> Result<(), Failure> {
    let story = super::get(app, person, id).await?;
    if !person.may(Right::Write, story.row.unit_id) {
        person.require(Right::Approve, story.row.unit_id)?;
    }
    let transaction = app.begin().await?;
    lock(&transaction, id, &story.seen()).await?;
    match radio(&transaction, story.version.id).await? {
        Some(script) if script.sound_state == "failed" => {
            let wanted = Script::of_row(app, &script);
            set_script(app, &transaction, script.version_id, Some(&wanted)).await?;
        }
        _ => {}
    }
    transaction.commit().await?;
    Ok(())
}

/// The story and its newest version, held until the transaction ends; a conflict when they are no
/// longer what was seen.
pub(super) async fn lock(
    transaction: &impl ConnectionTrait,
    id: StoryId,
    seen: &Seen,
) -> Result<(story::Model, version::Model), Failure> {
    // SQLite has one writer at a time anyway.
    let row = story::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or(Failure::NotFound)?;
    let newest = super::story::newest(transaction, id).await?;
    if newest.id != seen.version || newest.updated_at != seen.updated_at {
        return Err(Failure::Conflict("stories-changed"));
    }
    Ok((row, newest))
}

/// Notes what became of a version of a story.
pub(super) async fn note(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    action: &str,
    story: StoryId,
    number: i64,
) -> Result<(), Failure> {
    let subject = ("story", story.0);
    audit::note(
        app,
        transaction,
        Some(person.id),
        action,
        subject,
        &number.to_string(),
    )
    .await
}

/// Now, but always after what was there: two saves within a millisecond are two saves.
fn after(before: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    Ord::max(now, before + TimeDelta::milliseconds(1))
}

async fn new_version(
    app: &App,
    transaction: &impl ConnectionTrait,
    (story, number): (StoryId, i64),
    author: PersonId,
    draft: &Draft,
) -> Result<(), Failure> {
    let now = app.clock.now();
    let row = version::ActiveModel {
        story_id: Set(story),
        number: Set(number),
        title: Set(draft.title.clone()),
        summary: Set(draft.summary.clone()),
        body: Set(draft.body.clone()),
        author_id: Set(author),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let version = row.insert(transaction).await?.id;
    set_parts(app, transaction, version, draft).await
}

async fn change_version(
    app: &App,
    transaction: &impl ConnectionTrait,
    row: version::Model,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let version = row.id;
    let renamed = row.title != draft.title;
    let mut changed: version::ActiveModel = row.into();
    changed.title = Set(draft.title.clone());
    changed.summary = Set(draft.summary.clone());
    changed.body = Set(draft.body.clone());
    changed.updated_at = Set(now);
    changed.update(transaction).await?;
    set_parts(app, transaction, version, draft).await?;
    // The sound says its title to whoever plays it.
    if renamed && let Some(script) = radio(transaction, version).await? {
        make_anew(app, transaction, script.into()).await?;
    }
    Ok(())
}

async fn approved_before(
    transaction: &impl ConnectionTrait,
    story: StoryId,
) -> Result<bool, Failure> {
    let versions = version::Entity::find()
        .filter(version::Column::StoryId.eq(story))
        .all(transaction)
        .await?;
    let ids = versions.into_iter().map(|version| version.id);
    let first = approval::Entity::find().filter(approval::Column::VersionId.is_in(ids));
    Ok(first.one(transaction).await?.is_some())
}

/// An address that no other story has.
async fn free_slug(
    transaction: &impl ConnectionTrait,
    title: &str,
    own: Option<StoryId>,
) -> Result<String, Failure> {
    // Two who name a story alike at the same moment must not both find the name free.
    loa_db::one_by_one(transaction, "stories.slug").await?;
    let base = text::slug(title);
    let taken: Vec<String> = story::Entity::find()
        .filter(story::Column::Slug.starts_with(&base))
        .all(transaction)
        .await?
        .into_iter()
        .filter(|row| Some(row.id) != own)
        .map(|row| row.slug)
        .collect();
    // One more name than are taken: one of them is free.
    let mut names = (1..=taken.len() + 1).map(|number| match number {
        1 => base.clone(),
        _ => format!("{base}-{number}"),
    });
    names
        .find(|slug| !taken.contains(slug))
        .ok_or_else(|| anyhow::anyhow!("no address is free").into())
}
