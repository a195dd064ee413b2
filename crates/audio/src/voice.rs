//! What a voice is, and how one fails.

use std::time::Duration;

use async_trait::async_trait;

use crate::pcm::{Pcm, WavError};

/// Says one sentence at a time.
#[async_trait]
pub trait Voice: Send + Sync {
    /// The sound of one sentence.
    async fn say(&self, sentence: &str) -> Result<Pcm, VoiceError>;

    /// Names the voice with everything that changes its sound (program, version, voice, speed):
    /// the cache keeps sentences under it.
    fn name(&self) -> &str;
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
}
