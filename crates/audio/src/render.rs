//! From words to the finished sound.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use loa_speech::{Pause, Sentence, Spoken};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cache;
use crate::loudness::{Loudness, measure, normalised};
use crate::mp3;
use crate::pcm::Pcm;
use crate::resample::{RATE, resample, trimmed};
use crate::voice::{Voice, VoiceError};

/// A finished sound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sound {
    /// MP3, 128 kbit/s, one channel, 44.1 kHz.
    pub mp3: Vec<u8>,
    /// SHA-256 of the MP3, in hexadecimal.
    pub sha256: String,
    /// Length in milliseconds.
    pub duration_ms: u64,
    /// Integrated loudness of the MP3 as decoded.
    pub lufs: f64,
    /// True peak of the MP3 as decoded.
    pub true_peak_db: f64,
    /// Where each sentence lies.
    pub sentences: Vec<SentenceSound>,
}

/// A sentence within a sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceSound {
    /// The words said.
    pub text: String,
    /// The bytes of the source they came from.
    pub source: Range<usize>,
    /// Where it begins.
    pub start_ms: u64,
    /// How long it lasts, without the rest after it.
    pub duration_ms: u64,
}

/// Why no sound came of the words.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// The text holds no words.
    #[error("there is nothing to say: the text holds no words")]
    NothingToSay,
    /// A sentence could not be said.
    #[error("sentence {number} (\"{beginning}\") could not be said: {source}")]
    Voice {
        /// The sentence's place, from 1.
        number: usize,
        /// Its first words.
        beginning: String,
        /// What the voice says.
        source: VoiceError,
    },
    /// The voice answered with silence only: never to be broadcast as a bulletin.
    #[error("the voice {voice} gave only silence; try it on a short sentence")]
    Silent {
        /// The voice's name.
        voice: String,
    },
    /// The cache folder cannot be used.
    #[error("the cache folder {} cannot be used: {source}", folder.display())]
    Cache {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A fault of resampling, measuring or encoding.
    #[error("the sound could not be made: {0}")]
    Sound(String),
}

/// Rest before the first word and after the last.
const MARGIN_MS: u64 = 150;
/// Encodings tried until the decoded peak keeps its ceiling.
const ENCODINGS: usize = 4;
/// Half of what is allowed is left to other meters.
const CLOSE_ENOUGH_LU: f64 = 0.2;
/// Room for what MP3 adds to a peak, in dB; more is taken where measuring shows the need.
const CODING_MARGIN_DB: f64 = 0.5;

/// Says every sentence (two at a time, or from the cache), joins them and brings the whole to the
/// target. `progress` is told sentences done and in all. The same words, voice and target give the
/// same bytes.
pub async fn render(
    spoken: &Spoken,
    voice: &dyn Voice,
    cache: &Path,
    target: Loudness,
    progress: impl FnMut(usize, usize) + Send,
) -> Result<Sound, AudioError> {
    let sentences = spoken.sentences();
    if sentences.is_empty() {
        return Err(AudioError::NothingToSay);
    }
    let unusable = |source| AudioError::Cache {
        folder: cache.to_owned(),
        source,
    };
    std::fs::create_dir_all(cache).map_err(unusable)?;
    let sounds = say_all(&sentences, voice, cache, progress).await?;
    let name = voice.name().to_owned();
    tokio::task::spawn_blocking(move || finish(sentences, sounds, &name, target))
        .await
        .map_err(|error| AudioError::Sound(error.to_string()))?
}

/// The sentences' sounds in their order.
async fn say_all(
    sentences: &[Sentence],
    voice: &dyn Voice,
    cache: &Path,
    progress: impl FnMut(usize, usize) + Send,
) -> Result<Vec<Pcm>, AudioError> {
    let waiting: Mutex<VecDeque<usize>> = Mutex::new((0..sentences.len()).collect());
    let said: Mutex<Vec<Option<Pcm>>> = Mutex::new(vec![None; sentences.len()]);
    let progress = Mutex::new((0, progress));
    let worker = || async {
        loop {
            let Some(index) = lock(&waiting).pop_front() else {
                return Ok(());
            };
            let pcm = say(&sentences[index], index, voice, cache).await?;
            lock(&said)[index] = Some(pcm);
            let mut progress = lock(&progress);
            progress.0 += 1;
            let done = progress.0;
            (progress.1)(done, sentences.len());
        }
    };
    // Two at once: one program start is hidden behind the other's speaking.
    tokio::try_join!(worker(), worker())?;
    said.into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .into_iter()
        .collect::<Option<Vec<Pcm>>>()
        .ok_or_else(|| AudioError::Sound("a sentence was left out".to_owned()))
}

async fn say(
    sentence: &Sentence,
    index: usize,
    voice: &dyn Voice,
    cache: &Path,
) -> Result<Pcm, AudioError> {
    let file = cache::file(cache, voice.name(), &sentence.text);
    if let Some(pcm) = cache::find(&file) {
        return Ok(pcm);
    }
    let pcm = voice
        .say(&sentence.text)
        .await
        .map_err(|source| AudioError::Voice {
            number: index + 1,
            beginning: sentence.text.chars().take(40).collect(),
            source,
        })?;
    cache::keep(cache, &file, &pcm).map_err(|source| AudioError::Cache {
        folder: cache.to_owned(),
        source,
    })?;
    // What is read back is what was kept, so that the first rendering equals the next.
    Ok(cache::find(&file).unwrap_or(pcm))
}

fn finish(
    sentences: Vec<Sentence>,
    sounds: Vec<Pcm>,
    voice: &str,
    target: Loudness,
) -> Result<Sound, AudioError> {
    let (samples, sentences) = joined(sentences, sounds)?;
    if samples.iter().all(|sample| *sample == 0.0) {
        return Err(AudioError::Silent {
            voice: voice.to_owned(),
        });
    }
    let (mp3, measured) = encoded(&samples, target)?;
    Ok(Sound {
        sha256: hex::encode(Sha256::digest(&mp3)),
        duration_ms: milliseconds(samples.len()),
        lufs: measured.lufs,
        true_peak_db: measured.true_peak_db,
        mp3,
        sentences,
    })
}

/// One sentence after the other with the rests between them.
fn joined(
    sentences: Vec<Sentence>,
    sounds: Vec<Pcm>,
) -> Result<(Vec<f32>, Vec<SentenceSound>), AudioError> {
    let mut samples = silence(MARGIN_MS);
    let mut places = Vec::with_capacity(sentences.len());
    let count = sentences.len();
    for (index, (sentence, sound)) in sentences.into_iter().zip(sounds).enumerate() {
        let words = trimmed(resample(sound).map_err(AudioError::Sound)?);
        places.push(SentenceSound {
            text: sentence.text,
            source: sentence.source,
            start_ms: milliseconds(samples.len()),
            duration_ms: milliseconds(words.len()),
        });
        samples.extend_from_slice(&words);
        if index + 1 < count {
            samples.extend(silence(rest_ms(sentence.pause)));
        }
    }
    samples.extend(silence(MARGIN_MS));
    Ok((samples, places))
}

/// Encoded so that the decoded sound, not only what went in, keeps the target.
fn encoded(samples: &[f32], target: Loudness) -> Result<(Vec<u8>, Loudness), AudioError> {
    let fault = |error: ebur128::Error| AudioError::Sound(error.to_string());
    let mut aim = Loudness {
        lufs: target.lufs + mp3::SCALE_DB,
        true_peak_db: target.true_peak_db + mp3::SCALE_DB - CODING_MARGIN_DB,
    };
    let mut last = None;
    for _ in 0..ENCODINGS {
        let mp3 =
            mp3::encode(&normalised(samples, aim).map_err(fault)?).map_err(AudioError::Sound)?;
        let got = measure(&mp3::decode(&mp3).map_err(AudioError::Sound)?).map_err(fault)?;
        let over = got.true_peak_db - target.true_peak_db;
        let missing = if got.lufs.is_finite() {
            target.lufs - got.lufs
        } else {
            0.0
        };
        last = Some((mp3, got));
        if over <= 0.0 && missing.abs() <= CLOSE_ENOUGH_LU {
            break;
        }
        aim.lufs += missing;
        if over > 0.0 {
            aim.true_peak_db -= over + 0.1;
        }
    }
    last.ok_or_else(|| AudioError::Sound("nothing was encoded".to_owned()))
}

/// The rest after a sentence.
fn rest_ms(pause: Pause) -> u64 {
    match pause {
        Pause::None | Pause::Short => 200,
        Pause::Long => 300,
        Pause::Sentence | Pause::Question | Pause::Exclamation => 420,
        Pause::Paragraph => 750,
    }
}

fn silence(milliseconds: u64) -> Vec<f32> {
    vec![0.0; usize::try_from(milliseconds * u64::from(RATE) / 1000).unwrap_or(0)]
}

fn milliseconds(samples: usize) -> u64 {
    samples as u64 * 1000 / u64::from(RATE)
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
