//! Sentences already said, kept as WAV files under the hash of voice, language and words.

use std::path::{Path, PathBuf};

use loa_speech::Sentence;
use sha2::{Digest, Sha256};

use crate::pcm::Pcm;

/// Where the sound of a sentence is kept.
pub(crate) fn file(folder: &Path, voice: &str, sentence: &Sentence) -> PathBuf {
    let mut hash = Sha256::new();
    hash.update(voice.as_bytes());
    hash.update([0]);
    if let Some(language) = &sentence.language {
        hash.update([1]);
        hash.update(language.tag().as_bytes());
        hash.update([0]);
    }
    hash.update(sentence.text.as_bytes());
    folder.join(format!("{}.wav", hex::encode(hash.finalize())))
}

/// A sentence said before; a broken file counts as none and is written anew.
pub(crate) fn find(file: &Path) -> Option<Pcm> {
    let bytes = std::fs::read(file).ok()?;
    Pcm::from_wav(&bytes)
        .inspect_err(|error| tracing::warn!(audio.file = %file.display(), %error, "a cached sentence is broken and is said again"))
        .ok()
}

/// Keeps a sentence: whole or not at all.
pub(crate) fn keep(folder: &Path, file: &Path, pcm: &Pcm) -> std::io::Result<()> {
    let mut partial = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut partial, &pcm.to_wav())?;
    partial
        .persist(file)
        .map(|_| ())
        .map_err(|error| error.error)
}
