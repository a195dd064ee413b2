//! Sound as samples: one channel, and its WAV form as voices and the cache use it.

/// Below this nothing is heard: −54 dB.
const AUDIBLE: f32 = 0.002;

/// One channel of sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Pcm {
    /// Samples in a second.
    pub rate: u32,
    /// Samples between −1 and 1.
    pub samples: Vec<f32>,
}

/// Why bytes are no WAV sound.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum WavError {
    /// No RIFF/WAVE header.
    #[error("it is not a WAV file")]
    NotWav,
    /// The header breaks off.
    #[error("the WAV header is cut off")]
    CutOff,
    /// Another coding than 16-bit PCM, or an impossible rate.
    #[error(
        "the WAV format is not 16-bit PCM at 8 to 192 kHz (coding {coding}, {bits} bits, {channels} channels, {rate} Hz)"
    )]
    Format {
        /// The coding's number in the header.
        coding: u16,
        /// Bits of a sample.
        bits: u16,
        /// Channels.
        channels: u16,
        /// Samples in a second.
        rate: u32,
    },
    /// Not a single sample.
    #[error("it holds no sound")]
    Empty,
    /// More than a sentence can be.
    #[error("it is longer than any sentence")]
    TooLong,
}

impl Pcm {
    /// Length in milliseconds.
    #[must_use]
    pub fn duration_ms(&self) -> u64 {
        self.samples.len() as u64 * 1000 / u64::from(self.rate.max(1))
    }

    /// The part between two moments, counted from the beginning; what lies outside is left out.
    #[must_use]
    pub fn cut(&self, from_ms: u64, to_ms: u64) -> Self {
        let place = |ms: u64| {
            let samples = u128::from(ms) * u128::from(self.rate) / 1000;
            usize::try_from(samples).map_or(self.samples.len(), |at| at.min(self.samples.len()))
        };
        let (from, to) = (place(from_ms), place(to_ms));
        Self {
            rate: self.rate,
            samples: self.samples[from.min(to)..to].to_vec(),
        }
    }

    /// The greatest amplitude (0 to 1) of each of `count` equal parts, for a waveform.
    #[must_use]
    pub fn peaks(&self, count: usize) -> Vec<f32> {
        let all = self.samples.len();
        (0..count)
            .map(|part| {
                let from = part * all / count;
                let to = ((part + 1) * all / count).max(from + 1).min(all);
                self.samples[from.min(to)..to]
                    .iter()
                    .fold(0.0f32, |peak, sample| peak.max(sample.abs()))
                    .min(1.0)
            })
            .collect()
    }

    /// Whether nothing in it can be heard: nowhere above −54 dB.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        !self.samples.iter().any(|sample| sample.abs() > AUDIBLE)
    }

    /// Reads 16-bit WAV. A data length that is too great (as espeak-ng writes when it does not know
    /// the end) is cut to what is there; several channels are averaged into one.
    pub fn from_wav(bytes: &[u8]) -> Result<Self, WavError> {
        if bytes.len() < 12 || &bytes[..4] != b"RIFF" || &bytes[8..12] != b"WAVE" {
            return Err(WavError::NotWav);
        }
        let mut format = None;
        let mut at = 12;
        loop {
            let head = bytes.get(at..at + 8).ok_or(WavError::CutOff)?;
            let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
            let body = &bytes[at + 8..];
            match &head[..4] {
                b"fmt " => format = Some(Format::read(body)?),
                b"data" => {
                    let format = format.ok_or(WavError::CutOff)?;
                    return format.samples(&body[..length.min(body.len())]);
                }
                _ => {}
            }
            // chunks are padded to even lengths
            at = at
                .saturating_add(8)
                .saturating_add(length)
                .saturating_add(length % 2);
        }
    }

    /// Writes 16-bit WAV of one channel.
    #[must_use]
    pub fn to_wav(&self) -> Vec<u8> {
        let length = u32::try_from(self.samples.len() * 2).unwrap_or(u32::MAX);
        let mut bytes = Vec::with_capacity(44 + self.samples.len() * 2);
        bytes.extend_from_slice(b"RIFF");
        bytes.extend_from_slice(&length.saturating_add(36).to_le_bytes());
        bytes.extend_from_slice(b"WAVEfmt ");
        bytes.extend_from_slice(&16u32.to_le_bytes());
        bytes.extend_from_slice(&1u16.to_le_bytes());
        bytes.extend_from_slice(&1u16.to_le_bytes());
        bytes.extend_from_slice(&self.rate.to_le_bytes());
        bytes.extend_from_slice(&self.rate.saturating_mul(2).to_le_bytes());
        bytes.extend_from_slice(&2u16.to_le_bytes());
        bytes.extend_from_slice(&16u16.to_le_bytes());
        bytes.extend_from_slice(b"data");
        bytes.extend_from_slice(&length.to_le_bytes());
        for sample in &self.samples {
            #[allow(clippy::cast_possible_truncation)] // clamped to the range of i16
            let value = (sample * 32768.0).round().clamp(-32768.0, 32767.0) as i16;
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        bytes
    }
}

#[derive(Clone, Copy)]
struct Format {
    channels: usize,
    rate: u32,
}

impl Format {
    fn read(body: &[u8]) -> Result<Self, WavError> {
        let half = |at: usize| {
            body.get(at..at + 2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .ok_or(WavError::CutOff)
        };
        let (coding, channels, bits) = (half(0)?, half(2)?, half(14)?);
        let rate = u32::from(half(4)?) | u32::from(half(6)?) << 16;
        // 0xFFFE is the extensible header of the same samples
        let known = matches!(coding, 1 | 0xFFFE)
            && bits == 16
            && (1..=8).contains(&channels)
            && (8000..=192_000).contains(&rate);
        if known {
            Ok(Self {
                channels: usize::from(channels),
                rate,
            })
        } else {
            Err(WavError::Format {
                coding,
                bits,
                channels,
                rate,
            })
        }
    }

    fn samples(self, data: &[u8]) -> Result<Pcm, WavError> {
        #[allow(clippy::cast_precision_loss)] // at most 8 channels
        let scale = 1.0 / (32768.0 * self.channels as f32);
        let samples: Vec<f32> = data
            .chunks_exact(2 * self.channels)
            .map(|frame| {
                frame
                    .chunks_exact(2)
                    .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])))
                    .sum::<f32>()
                    * scale
            })
            .collect();
        if samples.is_empty() {
            Err(WavError::Empty)
        } else {
            Ok(Pcm {
                rate: self.rate,
                samples,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wav_goes_there_and_back() {
        let pcm = Pcm {
            rate: 22050,
            samples: vec![0.0, 0.5, -0.5, -1.0],
        };
        assert_eq!(Pcm::from_wav(&pcm.to_wav()).unwrap(), pcm);
    }

    #[test]
    fn garbage_is_named() {
        assert_eq!(Pcm::from_wav(b"hello"), Err(WavError::NotWav));
        assert_eq!(Pcm::from_wav(b"RIFF....WAVEfmt "), Err(WavError::CutOff));
        let silent = Pcm {
            rate: 22050,
            samples: Vec::new(),
        };
        assert_eq!(Pcm::from_wav(&silent.to_wav()), Err(WavError::Empty));
        let mut strange = Pcm {
            rate: 22050,
            samples: vec![0.0],
        }
        .to_wav();
        strange[34] = 8;
        assert!(matches!(
            Pcm::from_wav(&strange),
            Err(WavError::Format { bits: 8, .. })
        ));
    }
}
