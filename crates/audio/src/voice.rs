//! What a voice is, and how one fails.

use std::time::Duration;

use async_trait::async_trait;
use loa_speech::Language;

use crate::pcm::{Pcm, WavError};
use crate::recording::RecordingError;

/// Says sentences.
#[async_trait]
pub trait Voice: Send + Sync {
    /// The sound of one sentence, in the language given, or in Vietnamese. A voice that lacks the
    /// language says the words as well as it can: nothing may be left out.
    async fn say(&self, sentence: &str, language: Option<&Language>) -> Result<Pcm, VoiceError>;

    /// Names the voice with everything that changes its sound (program, version, voice, speed):
    /// the cache keeps sentences under it and their language.
    fn name(&self) -> &str;

    /// How many sentences it takes at the same time.
    fn at_once(&self) -> usize {
        2
    }
}

/// Why a voice gave no sound.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// The program of the voice is not on this machine.
    #[error(
        "the voice program {program} was not found; install it (Debian, Ubuntu: apt-get install espeak-ng) or set the path of the program"
    )]
    ProgramMissing {
        /// The program that was looked for.
        program: String,
    },
    /// The program is there, the voice is not.
    #[error(
        "{program} has no voice \"{voice}\"; it has: {available}. Install the Vietnamese voices (Debian, Ubuntu: apt-get install espeak-ng-data) or choose one of these"
    )]
    VoiceMissing {
        /// The program that was asked.
        program: String,
        /// The voice that was asked for.
        voice: String,
        /// The Vietnamese voices it has.
        available: String,
    },
    /// The program could not be started or did not take the text.
    #[error("the voice program {program} could not be run: {source}")]
    Run {
        /// The program.
        program: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The program ended with an error.
    #[error("the voice program {program} failed ({status}): {message}")]
    Failed {
        /// The program.
        program: String,
        /// Its exit status.
        status: String,
        /// The first line it wrote to standard error.
        message: String,
    },
    /// The program did not finish in time and was ended.
    #[error("the voice program {program} gave no answer within {} ms and was stopped", limit.as_millis())]
    TimedOut {
        /// The program.
        program: String,
        /// The time it had.
        limit: Duration,
    },
    /// What came back is no sound.
    #[error("the voice program {program} did not answer with sound: {source}")]
    NotSound {
        /// The program.
        program: String,
        /// What is wrong with the answer.
        source: WavError,
    },
    /// The address of a speech server cannot be used.
    #[error(
        "the address of the speech server cannot be used ({reason}): write it as https://host/v1"
    )]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// The speech server could not be reached, or the connection broke.
    #[error(
        "the speech server {server} could not be reached: {reason}. Check its address and that it is running"
    )]
    Unreachable {
        /// Its host.
        server: String,
        /// What the connection says.
        reason: String,
    },
    /// The speech server did not answer a sentence in time.
    #[error("the speech server {server} gave no whole answer within {} ms", limit.as_millis())]
    ServerTimedOut {
        /// Its host.
        server: String,
        /// The time it had.
        limit: Duration,
    },
    /// The speech server refused.
    #[error("the speech server {server} answered {status}{}: {message}", advice(*status))]
    Refused {
        /// Its host.
        server: String,
        /// The HTTP status.
        status: u16,
        /// The beginning of its answer.
        message: String,
    },
    /// The speech server's answer is longer than any sentence.
    #[error(
        "the speech server {server} answered with more than {limit} bytes for one sentence; it was cut off"
    )]
    AnswerTooLong {
        /// Its host.
        server: String,
        /// The most that is taken.
        limit: usize,
    },
    /// The speech server's answer is no sound.
    #[error("the speech server {server} did not answer with sound: {source}")]
    NotRecording {
        /// Its host.
        server: String,
        /// What is wrong with the answer.
        source: RecordingError,
    },
    /// The voice answered a sentence with silence.
    #[error("the voice {voice} answered \"{beginning}\" with silence")]
    Silent {
        /// The voice.
        voice: String,
        /// The first words of the sentence.
        beginning: String,
    },
}

/// What to do about a refusal.
fn advice(status: u16) -> &'static str {
    match status {
        401 | 403 => " (check the key)",
        404 | 405 => " (check the address and the model)",
        400 | 422 => " (check the model and the voice)",
        429 => " (too many requests)",
        _ => "",
    }
}
