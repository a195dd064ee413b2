//! The sound of a radio script: made, and kept with its words unless anything changed meanwhile.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use loa_audio::{AudioError, Tags, VoiceError};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use super::entity::{recording, rendition, rendition_recording, story, version};
use super::reader::{ReadAloud, Wish, read_script};
use super::recordings;
use super::voices::Script;
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{RenditionId, StoryId};
use crate::jobs::Outcome;
use crate::lexicon::{self, InForce, Reading, in_force};
use crate::units::UnitTree;

/// How often progress is noted while a sound is made.
const STEP: Duration = Duration::from_secs(2);

/// What a sound is made from; when any of it changes, another is made.
struct Source {
    script: rendition::Model,
    story: StoryId,
    title: String,
    /// Whose story it is.
    unit: String,
    recorded: BTreeMap<String, recording::Model>,
    lexicon: Arc<InForce>,
}

/// A sound with its words, as they are kept.
struct Made {
    read: ReadAloud,
    said: String,
}

/// Makes the sound of a radio script and keeps it, unless the script changed meanwhile: then
/// another job is on its way.
pub async fn render_sound(app: &App, id: RenditionId) -> Outcome {
    match make(app, id).await {
        Ok(None) => Outcome::Done,
        Ok(Some(fault)) => Outcome::Fail(fault),
        Err(error) => {
            let trouble = rendition::Entity::update_many()
                .col_expr(
                    rendition::Column::SoundDetail,
                    Expr::value("stories-sound-later"),
                )
                .filter(rendition::Column::Id.eq(id))
                .filter(rendition::Column::SoundState.eq("rendering"))
                .exec(&app.db)
                .await;
            let more = trouble.err().map(|error| format!("; {error}"));
            Outcome::Retry(format!("{error:#}{}", more.unwrap_or_default()))
        }
    }
}

async fn make(app: &App, id: RenditionId) -> Result<Option<String>, Failure> {
    loop {
        let Some(source) = Source::of(app, id).await? else {
            return Ok(None);
        };
        match source.sound(app).await? {
            // Unless what it was made from changed meanwhile: then it is made once more.
            Ok(made) if finish(app, &source, &made).await? => return Ok(None),
            Ok(_) => {}
            Err(error) => return fail(app, &source.script, &error).await.map(Some),
        }
    }
}

impl Source {
    /// Gathers it, while the sound is still to be made.
    async fn of(app: &App, id: RenditionId) -> Result<Option<Self>, Failure> {
        let Some(script) = rendition::Entity::find_by_id(id).one(&app.db).await? else {
            return Ok(None);
        };
        if script.sound_state != "rendering" {
            return Ok(None);
        }
        let version = version::Entity::find_by_id(script.version_id)
            .one(&app.db)
            .await?
            .ok_or(Failure::NotFound)?;
        let story = story::Entity::find_by_id(version.story_id)
            .one(&app.db)
            .await?
            .ok_or(Failure::NotFound)?;
        let tree = UnitTree::load(&app.db).await?;
        Ok(Some(Self {
            unit: tree.name(story.unit_id, local_day(version.created_at)),
            recorded: recordings::list(&app.db, story.id).await?,
            lexicon: in_force(app).await?,
            story: story.id,
            title: version.title,
            script,
        }))
    }

    /// The sound as the script asks for it; progress is noted on the way.
    async fn sound(&self, app: &App) -> Result<Result<Made, AudioError>, Failure> {
        let script = &self.script;
        let wanted = Script::of_row(app, script);
        let spoken = self.lexicon.speak(&script.text);
        let said = Reading::of(&script.text, &spoken, &self.lexicon).to_json()?;
        let wish = Wish {
            voice: &wanted.voice,
            speed: wanted.speed,
            tags: Tags {
                title: self.title.clone(),
                artist: self.unit.clone(),
                ..Tags::default()
            },
        };
        let percent = AtomicUsize::new(0);
        let told = |done: usize, all: usize| {
            percent.store(done * 100 / Ord::max(all, 1), Ordering::Relaxed);
        };
        let mut reading = pin!(read_script(
            app,
            (&script.text, &spoken),
            &self.recorded,
            wish,
            told
        ));
        loop {
            if let Ok(answer) = tokio::time::timeout(STEP, &mut reading).await {
                return Ok(answer?.map(|read| Made { read, said }));
            }
            let percent = percent.load(Ordering::Relaxed).to_string();
            rendition::Entity::update_many()
                .col_expr(rendition::Column::SoundDetail, Expr::value(percent))
                .filter(unchanged(script))
                .exec(&app.db)
                .await?;
        }
    }
}

async fn fail(app: &App, script: &rendition::Model, error: &AudioError) -> Result<String, Failure> {
    rendition::Entity::update_many()
        .col_expr(rendition::Column::SoundState, Expr::value("failed"))
        .col_expr(rendition::Column::SoundDetail, Expr::value(advice(error)))
        .filter(unchanged(script))
        .exec(&app.db)
        .await?;
    Ok(error.to_string())
}

/// Keeps the sound with its words; not when the title, the recordings or the lexicon have changed
/// since it was begun.
async fn finish(app: &App, source: &Source, Made { read, said }: &Made) -> Result<bool, Failure> {
    let script = &source.script;
    let now = app.clock.now();
    let hash = app
        .files
        .keep(&app.db, &read.sound.mp3, "audio/mpeg", now)
        .await?;
    let milliseconds = i64::try_from(read.sound.duration_ms).map_err(anyhow::Error::from)?;
    let transaction = app.begin().await?;
    // Held, so that nobody approves between reading the script and its sound.
    story::Entity::find_by_id(source.story)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let version = version::Entity::find_by_id(script.version_id)
        .one(&transaction)
        .await?;
    let same = version.is_none_or(|version| version.title == source.title)
        && recordings::list(&transaction, source.story).await? == source.recorded;
    if !same || !lexicon::hold(&transaction, source.lexicon.version).await? {
        return Ok(false);
    }
    let kept = rendition::Entity::update_many()
        .col_expr(rendition::Column::SoundState, Expr::value("ready"))
        .col_expr(
            rendition::Column::SoundDetail,
            Expr::value(Option::<String>::None),
        )
        .col_expr(rendition::Column::SoundSha256, Expr::value(hash))
        .col_expr(rendition::Column::SoundMs, Expr::value(milliseconds))
        // A tenth of a LU is what anybody can hear, and what both databases give back alike.
        .col_expr(
            rendition::Column::SoundLufs,
            Expr::value((read.sound.lufs * 10.0).round() / 10.0),
        )
        .col_expr(rendition::Column::Voice, Expr::value(&read.voice))
        .col_expr(
            rendition::Column::SoundNote,
            Expr::value(read.note.to_json()?),
        )
        .col_expr(rendition::Column::Said, Expr::value(said))
        .filter(unchanged(script))
        .exec(&transaction)
        .await?;
    if kept.rows_affected == 1 {
        keep_readers(&transaction, script.id, read).await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// Keeps which recordings are heard, each once: whoever made one does not approve it.
async fn keep_readers(
    transaction: &impl ConnectionTrait,
    id: RenditionId,
    read: &ReadAloud,
) -> Result<(), Failure> {
    rendition_recording::Entity::delete_many()
        .filter(rendition_recording::Column::RenditionId.eq(id))
        .exec(transaction)
        .await?;
    let heard: std::collections::BTreeSet<_> = read
        .note
        .recorded
        .iter()
        .map(|part| part.recording)
        .collect();
    if heard.is_empty() {
        return Ok(());
    }
    let rows = heard
        .into_iter()
        .map(|recording| rendition_recording::ActiveModel {
            rendition_id: Set(id),
            recording_id: Set(recording),
        });
    rendition_recording::Entity::insert_many(rows)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// The script as it was when its sound was begun.
fn unchanged(script: &rendition::Model) -> sea_orm::Condition {
    let voice = match &script.voice_wanted {
        Some(voice) => rendition::Column::VoiceWanted.eq(voice),
        None => rendition::Column::VoiceWanted.is_null(),
    };
    let speed = match script.speed {
        Some(speed) => rendition::Column::Speed.eq(speed),
        None => rendition::Column::Speed.is_null(),
    };
    sea_orm::Condition::all()
        .add(rendition::Column::Id.eq(script.id))
        .add(rendition::Column::Text.eq(&script.text))
        .add(voice)
        .add(speed)
        .add(rendition::Column::SoundState.eq("rendering"))
}

/// Names the text that tells people what to do.
pub(crate) fn advice(error: &AudioError) -> &'static str {
    match error {
        AudioError::NoVoice { tried } => tried
            .last()
            .map_or("stories-sound-voice-failed", |last| advice(&last.why)),
        AudioError::Voice { source, .. } => match source {
            VoiceError::ProgramMissing { .. } => "stories-sound-no-program",
            VoiceError::VoiceMissing { .. } => "stories-sound-no-voice",
            _ => "stories-sound-voice-failed",
        },
        AudioError::NothingToSay => "stories-sound-nothing",
        AudioError::Cache { .. } => "stories-sound-no-room",
        _ => "stories-sound-voice-failed",
    }
}
