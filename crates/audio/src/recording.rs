//! Recordings as people bring them: from a phone, a browser, a studio.
//!
//! What a file says of itself (length, size of its parts) is never believed: only what was decoded
//! counts, and decoding stops at the limits.

mod error;
mod kind;
mod packets;

use audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

pub use error::RecordingError;

use crate::pcm::Pcm;

/// The largest file that is read: half an hour of stereo WAV at 48 kHz.
pub(crate) const MOST_BYTES: usize = 360 << 20;
/// The longest recording.
pub(crate) const MOST_MINUTES: u32 = 30;
/// Rates that a recording may have.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=192_000;
/// The rate at which the longest recording fills the memory that is allowed.
const USUAL_RATE: usize = 48_000;
/// Channels that are mixed into one.
pub(crate) const MOST_CHANNELS: usize = 8;

/// The sound of a recording, mixed to one channel at its own rate: WAV (8, 16, 24, 32 bit and
/// float), MP3, M4A and MP4 (AAC-LC, Opus), AAC, FLAC, Ogg (Vorbis, Opus, FLAC) and `WebM` (Opus,
/// Vorbis). The content decides, not a name. A file that breaks off gives what is there.
///
/// At most 360 MiB and 30 minutes, 8 to 192 kHz (above 48 kHz proportionately shorter), 8 channels.
pub fn decode(bytes: &[u8]) -> Result<Pcm, RecordingError> {
    if bytes.is_empty() {
        return Err(RecordingError::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(RecordingError::TooLarge {
            megabytes: bytes.len() >> 20,
            limit: MOST_BYTES >> 20,
        });
    }
    let kind = kind::of(bytes)?;
    // The decoders are others' work and read what strangers send: should one of them trip over a
    // file, the file is refused and nothing else happens.
    std::panic::catch_unwind(|| packets::decoded(bytes, kind)).unwrap_or_else(|_| {
        Err(RecordingError::Broken {
            reason: "the decoder gave up".to_owned(),
        })
    })
}

/// The media type of a file that [`decode`] reads, by its content (RFC 6838); none of any other.
#[must_use]
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    kind::of(bytes).ok().map(kind::Kind::media_type)
}

/// Samples that are allowed at a rate.
fn most_samples(rate: u32) -> usize {
    MOST_MINUTES as usize * 60 * USUAL_RATE.min(rate as usize)
}

/// The same sound at another rate.
pub(crate) fn at_rate(samples: &[f32], from: u32, to: u32) -> Result<Vec<f32>, String> {
    const CHUNK: usize = 1024;
    if from == to || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let mut resampler = Fft::<f32>::new(from as usize, to as usize, CHUNK, 1, FixedSync::Both)
        .map_err(|error| error.to_string())?;
    let input =
        InterleavedSlice::new(samples, 1, samples.len()).map_err(|error| error.to_string())?;
    let output = resampler
        .process_all(&input, samples.len(), None)
        .map_err(|error| error.to_string())?;
    Ok(output.take_data())
}
