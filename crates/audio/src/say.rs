//! The sounds of the sentences: said by the voice, several at once, or taken from the cache.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::future::try_join_all;
use loa_speech::Sentence;

use crate::cache;
use crate::pcm::Pcm;
use crate::sound::AudioError;
use crate::take::Take;
use crate::voice::Voice;

/// More at once than this helps no machine.
const MOST_AT_ONCE: usize = 64;

/// The sentences' sounds in their order. `progress` is told sentences done and in all.
pub(crate) async fn say_all(
    takes: &[Take],
    voice: &dyn Voice,
    cache: &Path,
    progress: &Mutex<impl FnMut(usize, usize) + Send>,
) -> Result<Vec<Pcm>, AudioError> {
    if takes.iter().all(|take| matches!(take, Take::Chapter(_))) {
        return Err(AudioError::NothingToSay);
    }
    let sentences: Vec<&Sentence> = takes.iter().filter_map(Take::sentence).collect();
    std::fs::create_dir_all(cache).map_err(|source| AudioError::Cache {
        folder: cache.to_owned(),
        source,
    })?;
    let waiting: Mutex<VecDeque<usize>> = Mutex::new((0..sentences.len()).collect());
    let said: Mutex<Vec<Option<Pcm>>> = Mutex::new(vec![None; sentences.len()]);
    let done = Mutex::new(0);
    let worker = || async {
        loop {
            let Some(index) = lock(&waiting).pop_front() else {
                return Ok(());
            };
            let pcm = say(sentences[index], index, voice, cache).await?;
            lock(&said)[index] = Some(pcm);
            let mut done = lock(&done);
            *done += 1;
            (lock(progress))(*done, sentences.len());
        }
    };
    let workers = voice.at_once().clamp(1, MOST_AT_ONCE).min(sentences.len());
    try_join_all((0..workers).map(|_| worker())).await?;
    let sounds = said
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .into_iter()
        .collect::<Option<Vec<Pcm>>>()
        .ok_or_else(|| AudioError::Sound("a sentence was left out".to_owned()))?;
    if !sounds.is_empty() && sounds.iter().all(Pcm::is_silent) {
        return Err(AudioError::Silent {
            voice: voice.name().to_owned(),
        });
    }
    Ok(sounds)
}

async fn say(
    sentence: &Sentence,
    index: usize,
    voice: &dyn Voice,
    cache: &Path,
) -> Result<Pcm, AudioError> {
    let file = cache::file(cache, voice.name(), sentence);
    if let Some(pcm) = cache::find(&file) {
        return Ok(pcm);
    }
    let pcm = voice
        .say(&sentence.text, sentence.language.as_ref())
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

pub(crate) fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
