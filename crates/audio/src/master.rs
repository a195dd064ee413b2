//! The last step: one loudness, one peak, and the files with their tags.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::coding;
use crate::frames;
use crate::layout::{self, Layout};
use crate::loudness::Loudness;
use crate::ogg_opus;
use crate::pcm::Pcm;
use crate::resample::{resample, trimmed};
use crate::sound::{AudioError, Sound};
use crate::tags::Tags;

/// What is made of the sound at the end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Master {
    /// Loudness and true peak; −16 LUFS and −1 dBTP when nothing is said.
    pub target: Loudness,
    /// What players show.
    pub tags: Tags,
    /// Whether Opus is made beside the MP3.
    pub opus: bool,
}

/// A sound alone, as a recording that is a whole story: its quiet ends cut, brought to the target,
/// encoded and tagged. It has no sentences and no chapters.
pub fn master(pcm: &Pcm, master: &Master) -> Result<Sound, AudioError> {
    if pcm.is_silent() {
        return Err(AudioError::SilentRecording {
            beginning: master.tags.title.chars().take(40).collect(),
        });
    }
    let samples = trimmed(resample(pcm.clone()).map_err(AudioError::Sound)?);
    let layout = Layout {
        samples: layout::framed(&samples),
        sentences: Vec::new(),
        chapters: Vec::new(),
    };
    finished(layout, master)
}

/// The files of what was laid out.
pub(crate) fn finished(layout: Layout, master: &Master) -> Result<Sound, AudioError> {
    let Layout {
        samples,
        sentences,
        chapters,
    } = layout;
    let (body, measured) = coding::encoded(&samples, master.target).map_err(AudioError::Sound)?;
    let (_, count) = frames::frames(&body).map_err(AudioError::Sound)?;
    let duration_ms = frames::length_ms(count);
    let mut mp3 = master
        .tags
        .id3(&chapters, duration_ms)
        .map_err(AudioError::Sound)?;
    mp3.extend_from_slice(&body);
    let opus = if master.opus {
        Some(ogg_opus::encoded(
            &samples,
            master.target,
            &master.tags,
            &chapters,
        )?)
    } else {
        None
    };
    Ok(Sound {
        sha256: hex::encode(Sha256::digest(&mp3)),
        duration_ms,
        lufs: measured.lufs,
        true_peak_db: measured.true_peak_db,
        mp3,
        sentences,
        chapters,
        opus,
    })
}
