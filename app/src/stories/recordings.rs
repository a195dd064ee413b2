//! People who read a script themselves, instead of the voice.
//!
//! A recording says certain words of its story, and is heard wherever a script of the story has just
//! these words: the whole script or one sentence. So a sentence that is left as it was keeps its
//! recording in the next version, and one that was changed is read by the voice again.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use loa_audio::{Pcm, RecordingError, decode};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set,
};

use super::entity::recording;
use super::passages::on_one_line;
use super::story::{Seen, Story};
use super::write::{carry_on, lock, note};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{RecordingId, StoryId};

/// Largest file that is taken, in bytes.
pub(crate) const LARGEST: usize = 48 * 1024 * 1024;
/// Shortest stretch that is heard, in milliseconds.
const SHORTEST_MS: i64 = 200;
/// Stretches of a waveform.
const PEAKS: usize = 240;

/// A file somebody sent, looked into.
pub struct Sent {
    bytes: Vec<u8>,
    name: String,
    media_type: &'static str,
    length_ms: i64,
    peaks: String,
}

impl Sent {
    /// Looks into a file; answers the name of a text when it holds nothing that can be heard.
    pub async fn read(bytes: Vec<u8>, name: &str) -> Result<Result<Self, &'static str>, Failure> {
        let name = super::text::tidy_line(name).chars().take(120).collect();
        tokio::task::spawn_blocking(move || {
            let pcm = decode(&bytes).map_err(|error| fault(&error))?;
            let length_ms = i64::try_from(pcm.duration_ms()).unwrap_or(i64::MAX);
            if pcm.is_silent() || length_ms < SHORTEST_MS {
                return Err("recordings-silent");
            }
            Ok(Self {
                media_type: loa_audio::media_type(&bytes).ok_or("recordings-unread")?,
                length_ms,
                peaks: drawn(&pcm.peaks(PEAKS)),
                bytes,
                name,
            })
        })
        .await
        .map_err(|error| Failure::Internal(error.into()))
    }
}

impl Sent {
    /// Keeps the file as it came.
    pub(super) async fn keep(&self, app: &App) -> Result<String, Failure> {
        let now = app.clock.now();
        app.files
            .keep(&app.db, &self.bytes, self.media_type, now)
            .await
    }

    /// The row of a recording of some words of a story, whole.
    pub(super) fn of(
        &self,
        story: StoryId,
        text: &str,
        original: String,
        person: &Person,
        now: DateTime<Utc>,
    ) -> recording::ActiveModel {
        recording::ActiveModel {
            story_id: Set(story),
            text: Set(text.to_owned()),
            name: Set(self.name.clone()),
            media_type: Set(self.media_type.to_owned()),
            original_sha256: Set(original),
            length_ms: Set(self.length_ms),
            from_ms: Set(0),
            to_ms: Set(self.length_ms),
            peaks: Set(self.peaks.clone()),
            made_by: Set(person.id),
            made_at: Set(now),
            ..Default::default()
        }
    }
}

/// Names the text that tells people what to do.
fn fault(error: &RecordingError) -> &'static str {
    match error {
        RecordingError::TooLong { .. } => "recordings-long",
        RecordingError::NoSound => "recordings-silent",
        _ => "recordings-unread",
    }
}

/// Keeps a recording of some words of a story's newest version; an older recording of the same words
/// gives way. Whoever records goes on from what somebody else wrote: that becomes a version of theirs,
/// so that another person approves it.
pub(super) async fn add(
    app: &App,
    person: &Person,
    story: &Story,
    seen: &Seen,
    text: &str,
    sent: &Sent,
) -> Result<RecordingId, Failure> {
    person.require(Right::Write, story.row.unit_id)?;
    let id = story.row.id;
    let original = sent.keep(app).await?;
    let transaction = app.begin().await?;
    let (row, newest) = lock(&transaction, id, seen).await?;
    if let Some(older) = of_text(&transaction, id, text).await? {
        take_away(app, &transaction, older).await?;
    }
    let kept = sent.of(id, text, original, person, app.clock.now());
    let recording = kept.insert(&transaction).await?.id;
    let number = carry_on(app, &transaction, person, story, (row, newest)).await?;
    note(app, &transaction, person, "recording", id, number).await?;
    transaction.commit().await?;
    Ok(recording)
}

/// Sets what is heard of a recording. Nothing of the original is lost.
pub(super) async fn trim(
    app: &App,
    person: &Person,
    story: &Story,
    seen: &Seen,
    id: RecordingId,
    (from_ms, to_ms): (i64, i64),
) -> Result<(), Failure> {
    person.require(Right::Write, story.row.unit_id)?;
    let transaction = app.begin().await?;
    let (row, newest) = lock(&transaction, story.row.id, seen).await?;
    let older = find(&transaction, story.row.id, id).await?;
    if from_ms < 0 || to_ms > older.length_ms || to_ms - from_ms < SHORTEST_MS {
        return Err(Failure::Invalid("recordings-range"));
    }
    // A new row: what an approved sound was made from stays as it was.
    let trimmed = recording::ActiveModel {
        id: sea_orm::NotSet,
        from_ms: Set(from_ms),
        to_ms: Set(to_ms),
        made_by: Set(person.id),
        made_at: Set(app.clock.now()),
        ..older.clone().into()
    };
    take_away(app, &transaction, older).await?;
    trimmed.insert(&transaction).await?;
    let number = carry_on(app, &transaction, person, story, (row, newest)).await?;
    note(
        app,
        &transaction,
        person,
        "recording-trimmed",
        story.row.id,
        number,
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes a recording away; the voice reads again.
pub(super) async fn remove(
    app: &App,
    person: &Person,
    story: &Story,
    seen: &Seen,
    id: RecordingId,
) -> Result<(), Failure> {
    person.require(Right::Write, story.row.unit_id)?;
    let transaction = app.begin().await?;
    let (row, newest) = lock(&transaction, story.row.id, seen).await?;
    let gone = find(&transaction, story.row.id, id).await?;
    take_away(app, &transaction, gone).await?;
    let number = carry_on(app, &transaction, person, story, (row, newest)).await?;
    note(
        app,
        &transaction,
        person,
        "recording-removed",
        story.row.id,
        number,
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// A recording of a story; 404 when it was taken away.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    story: StoryId,
    id: RecordingId,
) -> Result<recording::Model, Failure> {
    recording::Entity::find_by_id(id)
        .one(connection)
        .await?
        .filter(|row| row.story_id == story && row.removed_at.is_none())
        .ok_or(Failure::NotFound)
}

/// The recordings of a story by the words they say.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    story: StoryId,
) -> Result<BTreeMap<String, recording::Model>, Failure> {
    let rows = recording::Entity::find()
        .filter(recording::Column::StoryId.eq(story))
        .filter(recording::Column::RemovedAt.is_null())
        .order_by_asc(recording::Column::Id)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.text.clone(), row))
        .collect())
}

/// What is heard of a recording.
pub(super) async fn sound(app: &App, row: &recording::Model) -> Result<Pcm, Failure> {
    let bytes = app.files.get(&row.original_sha256).await?;
    let (from, to) = (row.from_ms, row.to_ms);
    let cut = move || {
        let pcm = decode(&bytes)?;
        Ok::<_, RecordingError>(pcm.cut(
            u64::try_from(from).unwrap_or(0),
            u64::try_from(to).unwrap_or(0),
        ))
    };
    let pcm = tokio::task::spawn_blocking(cut)
        .await
        .map_err(anyhow::Error::from)?;
    Ok(pcm.map_err(anyhow::Error::from)?)
}

/// How a whole script is known by.
pub(super) fn whole(script: &str) -> String {
    on_one_line(script)
}

async fn of_text(
    connection: &impl ConnectionTrait,
    story: StoryId,
    text: &str,
) -> Result<Option<recording::Model>, Failure> {
    Ok(recording::Entity::find()
        .filter(recording::Column::StoryId.eq(story))
        .filter(recording::Column::Text.eq(text))
        .filter(recording::Column::RemovedAt.is_null())
        .one(connection)
        .await?)
}

async fn take_away(
    app: &App,
    connection: &impl ConnectionTrait,
    row: recording::Model,
) -> Result<(), Failure> {
    let mut gone: recording::ActiveModel = row.into();
    gone.removed_at = Set(Some(app.clock.now()));
    gone.update(connection).await?;
    Ok(())
}

/// One letter a stretch, from `a` (silent) to `z` (full).
fn drawn(peaks: &[f32]) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 25
    let letter = |peak: &f32| char::from(b'a' + (peak.clamp(0.0, 1.0) * 25.0).round() as u8);
    peaks.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waveform_is_a_letter_a_stretch() {
        assert_eq!(drawn(&[0.0, 0.5, 1.0, 7.0]), "anzz");
    }
}
