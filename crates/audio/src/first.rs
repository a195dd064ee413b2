//! Several voices in turn: one bulletin has one voice, and is made in time.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use crate::master::Master;
use crate::render::finish;
use crate::say::say_all;
use crate::sound::{AudioError, Sound};
use crate::take::Take;
use crate::voice::Voice;

/// A sound, with who says it and why the others do not.
#[derive(Debug)]
pub struct Rendered {
    /// The sound.
    pub sound: Sound,
    /// The place of its voice among those given, from 0.
    pub voice: usize,
    /// The voices before it.
    pub passed_over: Vec<PassedOver>,
}

/// A voice that did not say the text.
#[derive(Debug)]
pub struct PassedOver {
    /// Its name, as [`Voice::name`] gives it.
    pub voice: String,
    /// Why it did not.
    pub why: AudioError,
}

/// Renders with the first of the voices that says every sentence within `patience`. Each is given
/// the whole text: sentences of two voices are never mixed. The last has all the time it needs (its
/// own limits hold), for there is nobody after it. `progress` begins anew with each voice.
///
/// A fault that no voice can help (no words, a silent recording, an unusable cache) ends the search.
pub async fn render_first(
    takes: &[Take],
    voices: &[&dyn Voice],
    patience: Duration,
    cache: &Path,
    master: &Master,
    progress: impl FnMut(usize, usize) + Send,
) -> Result<Rendered, AudioError> {
    let progress = Mutex::new(progress);
    let mut passed_over = Vec::new();
    for (index, voice) in voices.iter().enumerate() {
        let saying = say_all(takes, *voice, cache, &progress);
        let said = if index + 1 == voices.len() {
            saying.await
        } else {
            let late = |_| AudioError::OutOfPatience {
                voice: voice.name().to_owned(),
                seconds: patience.as_secs(),
            };
            tokio::time::timeout(patience, saying)
                .await
                .unwrap_or_else(|error| Err(late(error)))
        };
        match said {
            Ok(sounds) => {
                return Ok(Rendered {
                    sound: finish(takes, sounds, master).await?,
                    voice: index,
                    passed_over,
                });
            }
            Err(
                why @ (AudioError::Voice { .. }
                | AudioError::Silent { .. }
                | AudioError::OutOfPatience { .. }),
            ) => {
                tracing::warn!(audio.voice = voice.name(), %why, "a voice is passed over");
                passed_over.push(PassedOver {
                    voice: voice.name().to_owned(),
                    why,
                });
            }
            Err(error) => return Err(error),
        }
    }
    Err(AudioError::NoVoice { tried: passed_over })
}
