//! The sound of a radio script: the only place that knows the voice.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use loa_audio::{AudioError, Espeak, Loudness, Sound, VoiceError, render};
use loa_speech::{Lexicon, speak};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity::{rendition, story, version};
use crate::app::App;
use crate::error::Failure;
use crate::ids::RenditionId;
use crate::jobs::Outcome;

/// How often progress is noted while a sound is made.
const STEP: Duration = Duration::from_secs(2);

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
    let Some(script) = rendition::Entity::find_by_id(id).one(&app.db).await? else {
        return Ok(None);
    };
    if script.sound_state != "rendering" {
        return Ok(None);
    }
    match sound_of(app, &script).await? {
        Ok((sound, voice)) => {
            finish(app, &script, &sound, &voice).await?;
            Ok(None)
        }
        Err(error) => {
            let fault = error.to_string();
            let state = [
                (rendition::Column::SoundState, "failed"),
                (rendition::Column::SoundDetail, advice(&error)),
            ];
            rendition::Entity::update_many()
                .col_expr(state[0].0, Expr::value(state[0].1))
                .col_expr(state[1].0, Expr::value(state[1].1))
                .filter(unchanged(&script))
                .exec(&app.db)
                .await?;
            Ok(Some(fault))
        }
    }
}

/// The sound in the configured voice, with the voice's name; progress is noted on the way.
async fn sound_of(
    app: &App,
    script: &rendition::Model,
) -> Result<Result<(Sound, String), AudioError>, Failure> {
    let config = &app.config.voice;
    let (program, name) = (config.program.clone(), config.name.clone());
    let found = tokio::task::spawn_blocking(move || Espeak::find(program.as_deref(), &name))
        .await
        .map_err(anyhow::Error::from)?;
    let voice = match found {
        Ok(voice) => voice,
        Err(source) => {
            return Ok(Err(AudioError::Voice {
                number: 1,
                beginning: script.text.chars().take(20).collect(),
                source,
            }));
        }
    };
    let spoken = speak(&script.text, Lexicon::builtin());
    let target = Loudness {
        lufs: config.lufs,
        ..Loudness::default()
    };
    let cache = app.config.data.join("voice-cache");
    let percent = AtomicUsize::new(0);
    let told = |done: usize, all: usize| {
        percent.store(done * 100 / Ord::max(all, 1), Ordering::Relaxed);
    };
    let mut rendering = pin!(render(&spoken, &voice, &cache, target, told));
    loop {
        if let Ok(answer) = tokio::time::timeout(STEP, &mut rendering).await {
            return Ok(answer.map(|sound| (sound, config.name.clone())));
        }
        let percent = percent.load(Ordering::Relaxed).to_string();
        rendition::Entity::update_many()
            .col_expr(rendition::Column::SoundDetail, Expr::value(percent))
            .filter(unchanged(script))
            .exec(&app.db)
            .await?;
    }
}

async fn finish(
    app: &App,
    script: &rendition::Model,
    sound: &Sound,
    voice: &str,
) -> Result<(), Failure> {
    let now = app.clock.now();
    let hash = app
        .files
        .keep(&app.db, &sound.mp3, "audio/mpeg", now)
        .await?;
    let milliseconds = i64::try_from(sound.duration_ms).map_err(anyhow::Error::from)?;
    let transaction = app.begin().await?;
    // Held, so that nobody approves between reading the script and its sound.
    if let Some(version) = version::Entity::find_by_id(script.version_id)
        .one(&transaction)
        .await?
    {
        story::Entity::find_by_id(version.story_id)
            .lock_exclusive()
            .one(&transaction)
            .await?;
    }
    rendition::Entity::update_many()
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
            Expr::value((sound.lufs * 10.0).round() / 10.0),
        )
        .col_expr(rendition::Column::Voice, Expr::value(voice))
        .filter(unchanged(script))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The script as it was when its sound was begun.
fn unchanged(script: &rendition::Model) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(rendition::Column::Id.eq(script.id))
        .add(rendition::Column::Text.eq(&script.text))
        .add(rendition::Column::SoundState.eq("rendering"))
}

/// Names the text that tells people what to do.
fn advice(error: &AudioError) -> &'static str {
    match error {
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
