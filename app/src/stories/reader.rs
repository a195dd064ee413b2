//! Who reads a script: people where they recorded it, else the voice it asks for, and this machine's
//! own voice when a speech server does not answer in time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use loa_audio::{
    AudioError, Espeak, Loudness, Master, Server, Sound, Tags, Take, Voice, VoiceError, master,
    render_first,
};
use loa_speech::Spoken;

use super::entity::recording;
use super::note::{Instead, Recorded, SoundNote};
use super::passages::passages;
use super::recordings;
use super::voices::{SERVER, own_voice};
use crate::app::App;
use crate::config::{Config, SpeechServerConfig};
use crate::error::Failure;

/// How a script is to be read.
pub(crate) struct Wish<'a> {
    /// A voice by its name.
    pub(crate) voice: &'a str,
    /// Percent of a newsreader's pace.
    pub(crate) speed: i64,
    /// What the file says of itself.
    pub(crate) tags: Tags,
}

/// A sound, and who reads in it.
pub(crate) struct ReadAloud {
    pub(crate) sound: Sound,
    pub(crate) voice: String,
    pub(crate) note: SoundNote,
}

/// Reads a script aloud, in people's own voices where they recorded it.
pub(super) async fn read_script(
    app: &App,
    (script, spoken): (&str, &Spoken),
    recorded: &BTreeMap<String, recording::Model>,
    wish: Wish<'_>,
    told: impl Fn(usize, usize) + Send,
) -> Result<Result<ReadAloud, AudioError>, Failure> {
    if let Some(row) = recorded.get(&recordings::whole(script)) {
        let pcm = recordings::sound(app, row).await?;
        let finished = mastered(app, wish.tags);
        let sound = tokio::task::spawn_blocking(move || master(&pcm, &finished))
            .await
            .map_err(anyhow::Error::from)?;
        let note = SoundNote {
            recorded: vec![heard(row, None)],
            ..SoundNote::default()
        };
        return Ok(sound.map(|sound| ReadAloud {
            sound,
            voice: wish.voice.to_owned(),
            note,
        }));
    }
    let mut takes = Vec::new();
    let mut note = SoundNote::default();
    let parts = passages(script, spoken);
    for (index, (sentence, part)) in spoken.sentences().into_iter().zip(parts).enumerate() {
        takes.push(match recorded.get(&part.written) {
            Some(row) => {
                note.recorded.push(heard(row, Some(index + 1)));
                Take::Play {
                    recording: Arc::new(recordings::sound(app, row).await?),
                    text: sentence.text,
                    source: sentence.source,
                    pause: sentence.pause,
                }
            }
            None => Take::Say(sentence),
        });
    }
    let read = read_takes(app, &takes, wish, told).await?;
    Ok(read.map(|mut read| {
        read.note.recorded = note.recorded;
        read
    }))
}

/// Has takes read by the voice that is wished for; the whole by this machine's own voice when a
/// speech server fails, so that one script has one voice.
pub(crate) async fn read_takes(
    app: &App,
    takes: &[Take],
    wish: Wish<'_>,
    told: impl Fn(usize, usize) + Send,
) -> Result<Result<ReadAloud, AudioError>, Failure> {
    let voices = match voices(&app.config, wish.voice, wish.speed).await {
        Ok(voices) => voices,
        Err(source) => {
            return Ok(Err(AudioError::Voice {
                number: 1,
                beginning: String::new(),
                source,
            }));
        }
    };
    let finished = mastered(app, wish.tags);
    let cache = app.config.data.join("voice-cache");
    let all: Vec<&dyn Voice> = voices.all.iter().map(|(_, voice)| &**voice).collect();
    let rendered = render_first(takes, &all, voices.patience, &cache, &finished, told).await;
    Ok(rendered.map(|rendered| {
        let (name, _) = &voices.all[rendered.voice];
        let why = match rendered.passed_over.first() {
            Some(passed) => Some(late_or_failed(&passed.why)),
            None if name != wish.voice => Some("stories-instead-gone"),
            None => None,
        };
        ReadAloud {
            sound: rendered.sound,
            voice: name.clone(),
            note: SoundNote {
                instead: why.map(|why| Instead {
                    voice: wish.voice.to_owned(),
                    why: why.to_owned(),
                }),
                recorded: Vec::new(),
            },
        }
    }))
}

/// Voices in the order in which they are tried, with their names.
pub(crate) struct Voices {
    pub(crate) all: Vec<(String, Box<dyn Voice>)>,
    /// How long one has when another waits behind it.
    pub(crate) patience: Duration,
}

/// The voice of a name, and behind a speech server's this machine's own, if it has one.
pub(crate) async fn voices(config: &Config, name: &str, speed: i64) -> Result<Voices, VoiceError> {
    let (data, config) = (&config.data, &config.voice);
    let mut all: Vec<(String, Box<dyn Voice>)> = Vec::new();
    let mut own = name;
    if let Some(voice) = name.strip_prefix(SERVER) {
        own = own_voice(config);
        if let Some(server) = &config.server {
            let server = speech_server(data, server, voice, speed)?;
            all.push((name.to_owned(), Box::new(server)));
        }
    }
    match espeak(config.program.clone(), own, speed).await {
        Ok(voice) => all.push((own.to_owned(), Box::new(voice))),
        // A machine without a voice of its own has the server's.
        Err(error) if all.is_empty() => return Err(error),
        Err(error) => {
            tracing::warn!(error.cause = %error, "no voice stands behind the speech server");
        }
    }
    let seconds = config
        .server
        .as_ref()
        .map_or(0, |server| server.patience_seconds);
    Ok(Voices {
        all,
        patience: Duration::from_secs(seconds),
    })
}

fn heard(row: &recording::Model, sentence: Option<usize>) -> Recorded {
    Recorded {
        recording: row.id,
        by: row.made_by,
        original: row.original_sha256.clone(),
        from_ms: row.from_ms,
        to_ms: row.to_ms,
        sentence,
    }
}

fn mastered(app: &App, tags: Tags) -> Master {
    Master {
        target: Loudness {
            lufs: app.config.voice.lufs,
            ..Loudness::default()
        },
        tags,
        ..Master::default()
    }
}

fn late_or_failed(error: &AudioError) -> &'static str {
    match error {
        AudioError::OutOfPatience { .. }
        | AudioError::Voice {
            source: VoiceError::ServerTimedOut { .. },
            ..
        } => "stories-instead-late",
        _ => "stories-instead-failed",
    }
}

fn speech_server(
    data: &Path,
    config: &SpeechServerConfig,
    voice: &str,
    speed: i64,
) -> Result<Server, VoiceError> {
    let server = Server::new(&config.url, &config.model, voice)?
        .with_speed(u32::try_from(speed).unwrap_or(100))
        .with_limit(Duration::from_secs(config.timeout_seconds))
        .with_attempts(config.attempts);
    let Some(file) = &config.key_file else {
        return Ok(server);
    };
    let file = data.join(file);
    let key = std::fs::read_to_string(&file).map_err(|source| VoiceError::Run {
        program: format!("whose key is in {} (voice.server.key_file)", file.display()),
        source,
    })?;
    Ok(server.with_key(&key))
}

async fn espeak(program: Option<PathBuf>, name: &str, speed: i64) -> Result<Espeak, VoiceError> {
    let name = name.to_owned();
    let voice = tokio::task::spawn_blocking(move || Espeak::find(program.as_deref(), &name))
        .await
        .map_err(|error| VoiceError::Run {
            program: "espeak-ng".to_owned(),
            source: std::io::Error::other(error),
        })??;
    // At the usual speed nothing is changed, so that sentences said before are found again.
    Ok(match u32::try_from(speed) {
        Ok(percent) if percent != 100 => voice.with_speed(percent),
        _ => voice,
    })
}
