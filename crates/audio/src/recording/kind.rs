//! What kind of file it is, by its first bytes.

use super::RecordingError;

/// Kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Wav,
    Mp3,
    Mp4,
    Adts,
    Flac,
    Ogg,
    Matroska,
}

impl Kind {
    /// The ending by which symphonia knows it.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Mp3 => "mp3",
            Self::Mp4 => "m4a",
            Self::Adts => "aac",
            Self::Flac => "flac",
            Self::Ogg => "ogg",
            Self::Matroska => "webm",
        }
    }

    /// As browsers know it.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Wav => "audio/wav",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "audio/mp4",
            Self::Adts => "audio/aac",
            Self::Flac => "audio/flac",
            Self::Ogg => "audio/ogg",
            Self::Matroska => "audio/webm",
        }
    }
}

/// The kind; an error that names it where it is known and cannot be read.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, RecordingError> {
    let at = |place: usize, mark: &[u8]| {
        bytes
            .get(place..place + mark.len())
            .is_some_and(|part| part == mark)
    };
    let coding = |name: &str| {
        Err(RecordingError::Coding {
            coding: name.to_owned(),
        })
    };
    if at(0, b"RIFF") && at(8, b"WAVE") {
        return Ok(Kind::Wav);
    }
    if at(0, b"fLaC") {
        return Ok(Kind::Flac);
    }
    if at(0, b"OggS") {
        return Ok(Kind::Ogg);
    }
    if at(0, &[0x1A, 0x45, 0xDF, 0xA3]) {
        return Ok(Kind::Matroska);
    }
    if at(4, b"ftyp") {
        return Ok(Kind::Mp4);
    }
    if at(0, b"#!AMR") {
        return coding("AMR");
    }
    if at(0, &[0x30, 0x26, 0xB2, 0x75]) {
        return coding("WMA");
    }
    if at(0, b"caff") {
        return coding("CAF");
    }
    if at(0, b"FORM") {
        return coding("AIFF");
    }
    if at(0, b"RF64") || at(0, b"riff") {
        return coding("64-bit WAV");
    }
    if at(0, b"ID3") {
        return Ok(Kind::Mp3);
    }
    frame(bytes).ok_or(RecordingError::Unknown)
}

/// A file that begins with a frame of MPEG audio.
fn frame(bytes: &[u8]) -> Option<Kind> {
    let head = bytes.get(..4)?;
    if head[0] != 0xFF {
        return None;
    }
    if head[1] & 0xF6 == 0xF0 {
        return Some(Kind::Adts);
    }
    // eleven bits of synchronisation, a version and a layer that exist, a rate that exists
    let sync = head[1] & 0xE0 == 0xE0 && head[1] & 0x18 != 0x08 && head[1] & 0x06 != 0;
    let rates = head[2] & 0xF0 != 0xF0 && head[2] & 0x0C != 0x0C;
    (sync && rates).then_some(Kind::Mp3)
}
