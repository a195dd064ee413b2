//! Why a file is no recording that can be used.

/// Why a file is no recording that can be used.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum RecordingError {
    /// Not a single byte.
    #[error("the file is empty; choose the recording again")]
    Empty,
    /// Larger than is read.
    #[error(
        "the file has {megabytes} MB, at most {limit} MB are taken; save it as MP3 or M4A, or cut it into parts"
    )]
    TooLarge {
        /// Its size.
        megabytes: usize,
        /// The most that is taken.
        limit: usize,
    },
    /// No sound file that is known.
    #[error(
        "this is no sound file that Loa can read; bring it as WAV, MP3, M4A, FLAC, OGG or WebM"
    )]
    Unknown,
    /// A known kind of file that cannot be decoded.
    #[error(
        "the sound is coded as {coding}, which Loa cannot read; save it as MP3, M4A (AAC-LC) or WAV"
    )]
    Coding {
        /// The coding's name.
        coding: String,
    },
    /// The file is damaged.
    #[error("the file is damaged ({reason}); copy or record it again")]
    Broken {
        /// What the decoder says.
        reason: String,
    },
    /// Nothing could be decoded from it.
    #[error("the file holds no sound; record it again")]
    NoSound,
    /// Longer than is taken.
    #[error("the recording is longer than {minutes} minutes; cut it into parts")]
    TooLong {
        /// The most that is taken.
        minutes: u32,
    },
    /// A rate that no recorder uses.
    #[error(
        "the recording has {rate} samples a second; 8,000 to 192,000 are taken, save it with 44,100 or 48,000"
    )]
    Rate {
        /// Samples a second.
        rate: u32,
    },
    /// Too many channels.
    #[error(
        "the recording has {channels} channels, at most 8 are taken; save it in mono or stereo"
    )]
    Channels {
        /// Its channels.
        channels: usize,
    },
}
