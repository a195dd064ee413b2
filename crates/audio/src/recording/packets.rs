//! Packets out of their container, decoded and mixed to one channel.

use std::io::Cursor;

use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;

use super::kind::Kind;
use super::{MOST_CHANNELS, MOST_MINUTES, RATES, RecordingError, most_samples};
use crate::pcm::Pcm;

/// Damaged packets in a row after which a file is given up.
const MOST_DAMAGED: usize = 200;

pub(super) fn decoded(bytes: &[u8], kind: Kind) -> Result<Pcm, RecordingError> {
    let stream = MediaSourceStream::new(
        Box::new(Cursor::new(bytes.to_vec())),
        MediaSourceStreamOptions::default(),
    );
    let mut hint = Hint::new();
    hint.with_extension(kind.ending());
    let mut format = symphonia::default::get_probe()
        .probe(
            &hint,
            stream,
            FormatOptions::default(),
            MetadataOptions::default(),
        )
        .map_err(|error| broken(&error))?;
    let track = format
        .default_track(TrackType::Audio)
        .ok_or(RecordingError::NoSound)?;
    let id = track.id;
    let parameters = track
        .codec_params
        .as_ref()
        .and_then(|parameters| parameters.audio())
        .ok_or(RecordingError::NoSound)?;
    let mut decoder = Decoder::of(parameters)?;
    let mut sound = Pcm {
        rate: 0,
        samples: Vec::new(),
    };
    let mut damaged = 0;
    loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) => packet,
            // A file that breaks off gives what is there.
            Ok(None) | Err(Error::IoError(_) | Error::ResetRequired) => break,
            Err(error) if sound.samples.is_empty() => return Err(broken(&error)),
            Err(_) => break,
        };
        if packet.track_id != id {
            continue;
        }
        match decoder.add(&packet, &mut sound) {
            Ok(()) => damaged = 0,
            Err(Error::DecodeError(_) | Error::IoError(_)) if damaged < MOST_DAMAGED => {
                damaged += 1;
            }
            Err(error) => return Err(broken(&error)),
        }
        check(&sound, decoder.channels())?;
    }
    if sound.samples.is_empty() {
        return Err(RecordingError::NoSound);
    }
    // Floats may be anything; what is no number would silence all that follows.
    for sample in &mut sound.samples {
        *sample = if sample.is_finite() {
            sample.clamp(-1.0, 1.0)
        } else {
            0.0
        };
    }
    Ok(sound)
}

fn check(sound: &Pcm, channels: usize) -> Result<(), RecordingError> {
    if sound.samples.is_empty() {
        return Ok(());
    }
    if channels > MOST_CHANNELS {
        return Err(RecordingError::Channels { channels });
    }
    if !RATES.contains(&sound.rate) {
        return Err(RecordingError::Rate { rate: sound.rate });
    }
    if sound.samples.len() > most_samples(sound.rate) {
        return Err(RecordingError::TooLong {
            minutes: MOST_MINUTES,
        });
    }
    Ok(())
}

/// A decoder of symphonia, or libopus, which symphonia lacks.
enum Decoder {
    Symphonia {
        decoder: Box<dyn AudioDecoder>,
        interleaved: Vec<f32>,
        channels: usize,
    },
    Opus {
        decoder: opus::Decoder,
        /// Samples still to be left away at the beginning.
        skip: usize,
        frame: Vec<f32>,
    },
}

/// The rate at which Opus is decoded.
const OPUS_RATE: u32 = 48_000;
/// The longest packet of Opus: 120 ms.
const LONGEST_OPUS: usize = OPUS_RATE as usize * 120 / 1000;

impl Decoder {
    fn of(parameters: &AudioCodecParameters) -> Result<Self, RecordingError> {
        if let Some(channels) = &parameters.channels
            && channels.count() > MOST_CHANNELS
        {
            return Err(RecordingError::Channels {
                channels: channels.count(),
            });
        }
        if let Some(rate) = parameters.sample_rate
            && !RATES.contains(&rate)
        {
            return Err(RecordingError::Rate { rate });
        }
        if parameters.codec == CODEC_ID_OPUS {
            return Self::opus(parameters.extra_data.as_deref().unwrap_or_default());
        }
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(parameters, &AudioDecoderOptions::default())
            .map_err(|error| match error {
                Error::Unsupported(what) => RecordingError::Coding {
                    coding: what.to_owned(),
                },
                error => broken(&error),
            })?;
        Ok(Self::Symphonia {
            decoder,
            interleaved: Vec::new(),
            channels: 0,
        })
    }

    /// `head` is the identification header (RFC 7845, section 5.1).
    fn opus(head: &[u8]) -> Result<Self, RecordingError> {
        let half = |at: usize| {
            head.get(at..at + 2)
                .map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
        };
        if head.get(18).is_some_and(|family| *family != 0) {
            return Err(RecordingError::Coding {
                coding: "Opus with more than two channels".to_owned(),
            });
        }
        let fault = |error: opus::Error| RecordingError::Broken {
            reason: error.to_string(),
        };
        // libopus mixes two channels into one itself.
        let mut decoder = opus::Decoder::new(OPUS_RATE, opus::Channels::Mono).map_err(fault)?;
        let gain = i32::from(half(16).cast_signed());
        decoder.set_gain(gain).map_err(fault)?;
        Ok(Self::Opus {
            decoder,
            skip: usize::from(half(10)),
            frame: vec![0.0; LONGEST_OPUS],
        })
    }

    fn channels(&self) -> usize {
        match self {
            Self::Symphonia { channels, .. } => *channels,
            Self::Opus { .. } => 1,
        }
    }

    /// Adds the sound of a packet.
    fn add(&mut self, packet: &Packet, sound: &mut Pcm) -> Result<(), Error> {
        match self {
            Self::Symphonia {
                decoder,
                interleaved,
                channels,
            } => {
                let decoded = decoder.decode(packet)?;
                let rate = decoded.spec().rate();
                *channels = decoded.spec().channels().count();
                if sound.rate == 0 {
                    sound.rate = rate;
                }
                if rate != sound.rate {
                    return Err(Error::Unsupported("a rate that changes within the file"));
                }
                decoded.copy_to_vec_interleaved(interleaved);
                mix(interleaved, *channels, &mut sound.samples);
                Ok(())
            }
            Self::Opus {
                decoder,
                skip,
                frame,
            } => {
                sound.rate = OPUS_RATE;
                let count = decoder
                    .decode_float(&packet.data, frame, false)
                    .map_err(|_| Error::DecodeError("opus: damaged packet"))?;
                let cut = usize::try_from(packet.trim_end.get()).unwrap_or(0);
                let end = count.saturating_sub(cut);
                let begin = (*skip).min(end);
                *skip -= begin;
                sound.samples.extend_from_slice(&frame[begin..end]);
                Ok(())
            }
        }
    }
}

/// The mean of the channels.
fn mix(interleaved: &[f32], channels: usize, samples: &mut Vec<f32>) {
    if channels <= 1 {
        samples.extend_from_slice(interleaved);
        return;
    }
    #[allow(clippy::cast_precision_loss)] // at most 8 channels are used
    let scale = 1.0 / channels as f32;
    samples.extend(
        interleaved
            .chunks_exact(channels)
            .map(|frame| frame.iter().sum::<f32>() * scale),
    );
}

fn broken(error: &Error) -> RecordingError {
    RecordingError::Broken {
        reason: error.to_string(),
    }
}
