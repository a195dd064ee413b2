//! The sound of a radio script: the only place that knows the voice.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use loa_audio::{AudioError, Espeak, Loudness, Sound, VoiceError, render};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity::{rendition, story, version};
use super::voices::Script;
use crate::app::App;
use crate::error::Failure;
use crate::ids::RenditionId;
use crate::jobs::Outcome;
use crate::lexicon::{self, InForce, Reading, in_force};

/// How often progress is noted while a sound is made.
const STEP: Duration = Duration::from_secs(2);
/// A newsreader's pace in words a minute: how [`Espeak`] speaks when nothing else is said.
const PACE: i64 = 155;

/// A sound with what is kept beside it.
struct Made {
    sound: Sound,
    voice: String,
    /// Its words, as they are kept.
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
        let Some(script) = rendition::Entity::find_by_id(id).one(&app.db).await? else {
            return Ok(None);
        };
        if script.sound_state != "rendering" {
            return Ok(None);
        }
        let lexicon = in_force(app).await?;
        match sound_of(app, &script, &lexicon).await? {
            // Unless the lexicon changed meanwhile: then its words are looked up once more.
            Ok(made) if finish(app, &script, &lexicon, &made).await? => return Ok(None),
            Ok(_) => {}
            Err(error) => return fail(app, &script, &error).await.map(Some),
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

/// The sound in the voice that the script asks for; progress is noted on the way.
async fn sound_of(
    app: &App,
    script: &rendition::Model,
    lexicon: &InForce,
) -> Result<Result<Made, AudioError>, Failure> {
    let config = &app.config.voice;
    let wanted = Script::of_row(app, script);
    let (program, name) = (config.program.clone(), wanted.voice.clone());
    let found = tokio::task::spawn_blocking(move || Espeak::find(program.as_deref(), &name))
        .await
        .map_err(anyhow::Error::from)?;
    let voice = match found {
        Ok(voice) => at_speed(voice, wanted.speed),
        Err(source) => {
            return Ok(Err(AudioError::Voice {
                number: 1,
                beginning: script.text.chars().take(20).collect(),
                source,
            }));
        }
    };
    let spoken = lexicon.speak(&script.text);
    let said = Reading::of(&script.text, &spoken, lexicon).to_json()?;
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
            return Ok(answer.map(|sound| Made {
                sound,
                voice: wanted.voice,
                said,
            }));
        }
        let percent = percent.load(Ordering::Relaxed).to_string();
        rendition::Entity::update_many()
            .col_expr(rendition::Column::SoundDetail, Expr::value(percent))
            .filter(unchanged(script))
            .exec(&app.db)
            .await?;
    }
}

/// At the usual speed nothing is changed, so that sentences said before are found again.
fn at_speed(voice: Espeak, percent: i64) -> Espeak {
    match u32::try_from(PACE * percent / 100) {
        Ok(pace) if percent != 100 => voice.with_pace(pace),
        _ => voice,
    }
}

/// Keeps the sound with its words; not when the lexicon has changed since they were looked up.
async fn finish(
    app: &App,
    script: &rendition::Model,
    lexicon: &InForce,
    Made { sound, voice, said }: &Made,
) -> Result<bool, Failure> {
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
    if !lexicon::hold(&transaction, lexicon.version).await? {
        return Ok(false);
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
        .col_expr(rendition::Column::Said, Expr::value(said))
        .filter(unchanged(script))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(true)
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
