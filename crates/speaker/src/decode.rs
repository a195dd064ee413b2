//! A sound file, block by block: never the whole sound in memory.

use std::fs::File;
use std::path::Path;

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

/// A sound that cannot be decoded.
#[derive(Debug, thiserror::Error)]
#[error("the sound cannot be decoded: {0}")]
pub struct DecodeError(String);

/// A sound being decoded.
pub struct Decoding {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
}

/// Some of it.
#[derive(Default)]
pub struct Block {
    /// Interleaved samples between -1 and 1.
    pub samples: Vec<f32>,
    /// Samples a second in each channel.
    pub rate: u32,
    /// How many channels.
    pub channels: u16,
}

impl Decoding {
    /// Opens a sound.
    pub fn open(path: &Path) -> Result<Self, DecodeError> {
        let failed = |error: &dyn std::fmt::Display| DecodeError(error.to_string());
        let file = File::open(path).map_err(|error| failed(&error))?;
        let stream = MediaSourceStream::new(Box::new(file), MediaSourceStreamOptions::default());
        let format = symphonia::default::get_probe()
            .probe(
                &Hint::new(),
                stream,
                FormatOptions::default(),
                MetadataOptions::default(),
            )
            .map_err(|error| failed(&error))?;
        let track = format
            .default_track(TrackType::Audio)
            .ok_or_else(|| failed(&"no sound in it"))?;
        let coding = track
            .codec_params
            .as_ref()
            .and_then(|coding| coding.audio());
        let coding = coding.ok_or_else(|| failed(&"of an unknown coding"))?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(coding, &AudioDecoderOptions::default())
            .map_err(|error| failed(&error))?;
        Ok(Self {
            track: track.id,
            format,
            decoder,
        })
    }

    /// The next block, into `block`; `false` at the end.
    pub fn next(&mut self, block: &mut Block) -> Result<bool, DecodeError> {
        let failed = |error: symphonia::core::errors::Error| DecodeError(error.to_string());
        while let Some(packet) = self.format.next_packet().map_err(failed)? {
            if packet.track_id != self.track {
                continue;
            }
            let sound = self.decoder.decode(&packet).map_err(failed)?;
            let spec = sound.spec();
            block.rate = spec.rate();
            block.channels = u16::try_from(spec.channels().count()).unwrap_or(u16::MAX);
            sound.copy_to_vec_interleaved(&mut block.samples);
            if !block.samples.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
