//! A finished sound, and why there is none.

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::first::PassedOver;
use crate::tags::Chapter;
use crate::voice::VoiceError;

/// A finished sound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sound {
    /// MP3, 128 kbit/s, one channel, 44.1 kHz, with its tags in front.
    pub mp3: Vec<u8>,
    /// SHA-256 of the MP3, in hexadecimal.
    pub sha256: String,
    /// Length of the MP3 as it plays, in milliseconds.
    pub duration_ms: u64,
    /// Integrated loudness of the MP3 as decoded.
    pub lufs: f64,
    /// True peak of the MP3 as decoded.
    pub true_peak_db: f64,
    /// Where each sentence and each recording lies.
    pub sentences: Vec<SentenceSound>,
    /// The chapters that were asked for with [`Take::Chapter`](crate::Take::Chapter).
    pub chapters: Vec<Chapter>,
    /// Opus in Ogg, one channel, 48 kHz, with the same tags; where it was asked for.
    #[serde(default)]
    pub opus: Option<Vec<u8>>,
}

/// A sentence or a recording within a sound.
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
    /// A recording holds nothing that can be heard.
    #[error("the recording \"{beginning}\" is silent; record it again, nearer to the microphone")]
    SilentRecording {
        /// The first words of its text.
        beginning: String,
    },
    /// A voice did not say the whole text in the time it had.
    #[error("the voice {voice} did not say the whole text within {} s", seconds)]
    OutOfPatience {
        /// The voice's name.
        voice: String,
        /// The time it had.
        seconds: u64,
    },
    /// None of the voices said the text.
    #[error("no voice could say it: {}", reasons(tried))]
    NoVoice {
        /// Each with its reason, in the order they were tried.
        tried: Vec<PassedOver>,
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

fn reasons(tried: &[PassedOver]) -> String {
    if tried.is_empty() {
        return "none was given".to_owned();
    }
    tried
        .iter()
        .map(|passed| passed.why.to_string())
        .collect::<Vec<_>>()
        .join("; ")
}
