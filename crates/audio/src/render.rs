//! From takes to the finished sound.

use std::path::Path;
use std::sync::Mutex;

use crate::layout;
use crate::master::{Master, finished};
use crate::pcm::Pcm;
use crate::say::say_all;
use crate::sound::{AudioError, Sound};
use crate::take::Take;
use crate::voice::Voice;

/// Says every sentence ([`Voice::at_once`], or from the cache), joins them with the recordings and
/// brings the whole to the target. `progress` is told sentences done and in all. The same takes,
/// voice and master give the same bytes.
pub async fn render(
    takes: &[Take],
    voice: &dyn Voice,
    cache: &Path,
    master: &Master,
    progress: impl FnMut(usize, usize) + Send,
) -> Result<Sound, AudioError> {
    let sounds = say_all(takes, voice, cache, &Mutex::new(progress)).await?;
    finish(takes, sounds, master).await
}

/// How long the takes will play once rendered, in milliseconds: exactly, from the sounds of the
/// sentences (said now, or kept in the cache), before anything is normalised or encoded.
pub async fn length(
    takes: &[Take],
    voice: &dyn Voice,
    cache: &Path,
    progress: impl FnMut(usize, usize) + Send,
) -> Result<u64, AudioError> {
    let sounds = say_all(takes, voice, cache, &Mutex::new(progress)).await?;
    let takes = takes.to_vec();
    blocking(move || layout::length_ms(&takes, sounds)).await
}

pub(crate) async fn finish(
    takes: &[Take],
    sounds: Vec<Pcm>,
    master: &Master,
) -> Result<Sound, AudioError> {
    let (takes, master) = (takes.to_vec(), master.clone());
    blocking(move || finished(layout::laid_out(&takes, sounds, master.target)?, &master)).await
}

/// Off the threads that answer requests.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AudioError> + Send + 'static,
) -> Result<T, AudioError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| AudioError::Sound(error.to_string()))?
}
