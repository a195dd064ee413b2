//! Finished sounds one after the other in one file, without decoding them.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::frames;
use crate::tags::{Chapter, Tags};

/// A finished sound within a longer file.
#[derive(Clone, Copy, Debug)]
pub struct JoinPart<'a> {
    /// An MP3 of this crate: 128 kbit/s, one channel, 44.1 kHz. Its tags are left out.
    pub mp3: &'a [u8],
    /// The title of the chapter that begins with it; without one it belongs to the chapter before.
    pub title: Option<&'a str>,
}

/// Several sounds in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// MP3, 128 kbit/s, one channel, 44.1 kHz, with its tags in front.
    pub mp3: Vec<u8>,
    /// SHA-256 of the MP3, in hexadecimal.
    pub sha256: String,
    /// Length as it plays, in milliseconds.
    pub duration_ms: u64,
    /// One for each titled part.
    pub chapters: Vec<Chapter>,
}

/// Why sounds cannot be joined.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum JoinError {
    /// No part was given.
    #[error("there is nothing to join: no part was given")]
    Nothing,
    /// A part is no MP3 as this crate makes them.
    #[error("part {number} cannot be joined: {reason}; make it anew with render or master")]
    Foreign {
        /// Its place, from 1.
        number: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The tags could not be written.
    #[error("the tags could not be written: {0}")]
    Tags(String),
}

/// One file of several finished sounds: their frames stay as they are, so each sounds as it did
/// alone. Each part begins with a frame that needs nothing of those before it, as LAME starts anew
/// for every file.
pub fn join(parts: &[JoinPart<'_>], tags: &Tags) -> Result<Joined, JoinError> {
    if parts.is_empty() {
        return Err(JoinError::Nothing);
    }
    let mut body = Vec::with_capacity(parts.iter().map(|part| part.mp3.len()).sum());
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut count = 0;
    for (index, part) in parts.iter().enumerate() {
        let (frames, own) = frames::frames(part.mp3).map_err(|reason| JoinError::Foreign {
            number: index + 1,
            reason,
        })?;
        if let Some(title) = part.title {
            let start_ms = frames::length_ms(count);
            if let Some(before) = chapters.last_mut() {
                before.end_ms = start_ms;
            }
            chapters.push(Chapter {
                title: title.to_owned(),
                start_ms,
                end_ms: start_ms,
            });
        }
        body.extend_from_slice(frames);
        count += own;
    }
    let duration_ms = frames::length_ms(count);
    if let Some(last) = chapters.last_mut() {
        last.end_ms = duration_ms;
    }
    let mut mp3 = tags.id3(&chapters, duration_ms).map_err(JoinError::Tags)?;
    mp3.extend_from_slice(&body);
    Ok(Joined {
        sha256: hex::encode(Sha256::digest(&mp3)),
        duration_ms,
        chapters,
        mp3,
    })
}
