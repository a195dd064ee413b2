//! A story's life: submitted, returned with a reason, approved by another person, released,
//! withdrawn.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::entity::{approval, rendition, review, story, version};
use super::frozen::Frozen;
use super::note::SoundNote;
use super::parts::set_script;
use super::story::{Seen, State, get, radio};
use super::voices::Script;
use super::write::{lock, note};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{StoryId, VersionId};

/// Longest reason, in characters.
const REASON_LIMIT: usize = 4000;

/// Asks a second person to look at the newest version.
pub async fn submit(app: &App, person: &Person, id: StoryId, seen: &Seen) -> Result<(), Failure> {
    let story = get(app, person, id).await?;
    person.require(Right::Write, story.row.unit_id)?;
    let transaction = app.begin().await?;
    let (row, newest) = lock(&transaction, id, seen).await?;
    submit_in(app, &transaction, person, row, newest).await?;
    transaction.commit().await?;
    Ok(())
}

/// Sends for approval what was begun in the same transaction.
pub(super) async fn submit_begun(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    id: StoryId,
) -> Result<(), Failure> {
    let row = story::Entity::find_by_id(id).one(transaction).await?;
    let newest = super::story::newest(transaction, id).await?;
    submit_in(
        app,
        transaction,
        person,
        row.ok_or(Failure::NotFound)?,
        newest,
    )
    .await
}

async fn submit_in(
    app: &App,
    transaction: &impl ConnectionTrait,
    person: &Person,
    row: story::Model,
    newest: version::Model,
) -> Result<(), Failure> {
    let id = row.id;
    if row.state != State::Draft.name() {
        return Err(Failure::Conflict("stories-not-draft"));
    }
    // A sound that failed is tried once more: the voice may have been installed meanwhile.
    if let Some(script) = radio(transaction, newest.id).await? {
        let script = Script::of_row(app, &script);
        set_script(app, transaction, newest.id, Some(&script)).await?;
    }
    let number = newest.number;
    let mut changed: version::ActiveModel = newest.into();
    changed.submitted_at = Set(Some(app.clock.now()));
    changed.update(transaction).await?;
    set_state(app, transaction, row, State::Submitted).await?;
    note(app, transaction, person, "submission", id, number).await
}

/// Sends the newest version back to its author, with a reason.
pub async fn return_(
    app: &App,
    person: &Person,
    id: StoryId,
    seen: &Seen,
    reason: &str,
) -> Result<(), Failure> {
    let story = get(app, person, id).await?;
    person.require(Right::Approve, story.row.unit_id)?;
    let reason = super::text::tidy(reason);
    if reason.is_empty() {
        return Err(Failure::Invalid("stories-reason-missing"));
    }
    if reason.chars().count() > REASON_LIMIT {
        return Err(Failure::Invalid("stories-reason-long"));
    }
    let transaction = app.begin().await?;
    let (row, newest) = lock(&transaction, id, seen).await?;
    if row.state != State::Submitted.name() {
        return Err(Failure::Conflict("stories-not-submitted"));
    }
    let review = review::ActiveModel {
        version_id: Set(newest.id),
        person_id: Set(person.id),
        reason: Set(reason),
        at: Set(app.clock.now()),
        ..Default::default()
    };
    review.insert(&transaction).await?;
    set_state(app, &transaction, row, State::Draft).await?;
    note(app, &transaction, person, "return", id, newest.number).await?;
    transaction.commit().await?;
    Ok(())
}

/// Approves the newest version: freezes it with its themes, its page, its script and its sound.
/// `heard` says that the person listened to the sound that `seen` names; a version without a radio
/// script has none, and never goes to loudspeakers.
pub async fn approve(
    app: &App,
    person: &Person,
    id: StoryId,
    seen: &Seen,
    heard: bool,
) -> Result<VersionId, Failure> {
    let consent = if heard {
        Consent::Heard
    } else {
        Consent::NotHeard
    };
    approve_as(app, person, id, seen, consent).await
}

/// The same by a rule: the person said beforehand, and another with them, what may be said without asking
/// again. What `seen` names is the text as the rule wrote it; whatever somebody changed in it is refused.
pub async fn approve_by_rule(
    app: &App,
    person: &Person,
    id: StoryId,
    seen: &Seen,
) -> Result<VersionId, Failure> {
    approve_as(app, person, id, seen, Consent::ByRule).await
}

/// What an approver knows of the sound.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Consent {
    Heard,
    NotHeard,
    /// Nobody had heard it when the rule was made.
    ByRule,
}

async fn approve_as(
    app: &App,
    person: &Person,
    id: StoryId,
    seen: &Seen,
    consent: Consent,
) -> Result<VersionId, Failure> {
    let story = get(app, person, id).await?;
    if story.version.author_id == person.id {
        return Err(Failure::Forbidden("stories-own"));
    }
    person.require(Right::Approve, story.row.unit_id)?;
    let transaction = app.begin().await?;
    let (row, newest) = lock(&transaction, id, seen).await?;
    if row.state != State::Submitted.name() {
        return Err(Failure::Conflict("stories-not-submitted"));
    }
    if let Some(script) = radio(&transaction, newest.id).await? {
        match script.sound_state.as_str() {
            "ready" if consent == Consent::ByRule && is_recorded(&script)? => {
                return Err(Failure::Conflict("stories-changed"));
            }
            "ready" if consent == Consent::ByRule => {}
            "ready" if script.sound_sha256 != seen.sound => {
                return Err(Failure::Conflict("stories-sound-changed"));
            }
            "ready" if consent == Consent::NotHeard => {
                return Err(Failure::Invalid("stories-not-heard"));
            }
            "ready" if is_heard_in(&script, person)? => {
                return Err(Failure::Forbidden("stories-recorded-own"));
            }
            "ready" => {}
            "failed" => return Err(Failure::Conflict("stories-sound-failed")),
            _ => return Err(Failure::Conflict("stories-sound-coming")),
        }
    }
    let frozen = Frozen::of(&transaction, newest.id).await?;
    let frozen = serde_json::to_string(&frozen)?;
    let row_approval = approval::ActiveModel {
        version_id: Set(newest.id),
        author_id: Set(newest.author_id),
        approver_id: Set(person.id),
        sha256: Set(sha256(frozen.as_bytes())),
        frozen: Set(frozen),
        at: Set(app.clock.now()),
    };
    row_approval.insert(&transaction).await?;
    set_state(app, &transaction, row, State::Approved).await?;
    note(app, &transaction, person, "approval", id, newest.number).await?;
    transaction.commit().await?;
    Ok(newest.id)
}

/// Whether anybody is heard in a sound, and not a voice alone.
fn is_recorded(script: &rendition::Model) -> Result<bool, Failure> {
    let note = SoundNote::from_json(script.sound_note.as_deref())?;
    Ok(!note.recorded.is_empty())
}

/// Whether a person is heard in a sound; the database refuses their approval too.
fn is_heard_in(script: &rendition::Model, person: &Person) -> Result<bool, Failure> {
    let note = SoundNote::from_json(script.sound_note.as_deref())?;
    Ok(note.recorded.iter().any(|part| part.by == person.id))
}

/// Notes that the approved version went out. A newer draft stays a draft.
pub async fn mark_released(
    connection: &impl ConnectionTrait,
    story: StoryId,
) -> Result<(), Failure> {
    mark(
        connection,
        story,
        &[State::Approved, State::Withdrawn],
        State::Released,
    )
    .await
}

/// Notes that the story was taken back everywhere. A newer draft or version in review stays.
pub async fn mark_withdrawn(
    connection: &impl ConnectionTrait,
    story: StoryId,
) -> Result<(), Failure> {
    mark(
        connection,
        story,
        &[State::Approved, State::Released],
        State::Withdrawn,
    )
    .await
}

async fn mark(
    connection: &impl ConnectionTrait,
    story: StoryId,
    from: &[State],
    to: State,
) -> Result<(), Failure> {
    story::Entity::update_many()
        .col_expr(story::Column::State, Expr::value(to.name()))
        .filter(story::Column::Id.eq(story))
        .filter(story::Column::State.is_in(from.iter().map(|state| state.name())))
        .exec(connection)
        .await?;
    Ok(())
}

async fn set_state(
    app: &App,
    transaction: &impl ConnectionTrait,
    row: story::Model,
    state: State,
) -> Result<(), Failure> {
    let mut changed: story::ActiveModel = row.into();
    changed.state = Set(state.name().to_owned());
    changed.updated_at = Set(app.clock.now());
    changed.update(transaction).await?;
    Ok(())
}
