//! MP3 by LAME, and back again to measure what a listener will get.

use mp3lame_encoder::{
    Bitrate, Builder, FlushNoGap, Mode, MonoPcm, Quality, max_required_buffer_size,
};
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use crate::resample::RATE;

/// LAME turns sound down to 0.95 at this bit rate; it is given so much more, in dB.
pub(crate) const SCALE_DB: f64 = 0.445;
/// LAME asks for this much room to write out its last frames.
const LAST_FRAMES: usize = 7200;

/// 128 kbit/s, one channel, constant rate: every receiver of a commune plays it.
pub(crate) fn encode(samples: &[f32]) -> Result<Vec<u8>, String> {
    let builder = Builder::new().ok_or("LAME has no memory left")?;
    let mut encoder = builder
        .with_num_channels(1)
        .and_then(|builder| builder.with_mode(Mode::Mono))
        .and_then(|builder| builder.with_sample_rate(RATE))
        .and_then(|builder| builder.with_brate(Bitrate::Kbps128))
        .and_then(|builder| builder.with_quality(Quality::Good))
        // The tag describes variable rates; without it the length follows from the size.
        .and_then(|builder| builder.with_to_write_vbr_tag(false))
        .and_then(Builder::build)
        .map_err(|error| error.to_string())?;
    let mut mp3 = Vec::with_capacity(max_required_buffer_size(samples.len()) + LAST_FRAMES);
    encoder
        .encode_to_vec(MonoPcm(samples), &mut mp3)
        .map_err(|error| error.to_string())?;
    mp3.reserve(LAST_FRAMES);
    encoder
        .flush_to_vec::<FlushNoGap>(&mut mp3)
        .map_err(|error| error.to_string())?;
    Ok(mp3)
}

/// The samples of an MP3 of one channel.
pub(crate) fn decode(mp3: &[u8]) -> Result<Vec<f32>, String> {
    let stream = MediaSourceStream::new(
        Box::new(std::io::Cursor::new(mp3.to_vec())),
        MediaSourceStreamOptions::default(),
    );
    let mut format = symphonia::default::get_probe()
        .probe(
            &Hint::new(),
            stream,
            FormatOptions::default(),
            MetadataOptions::default(),
        )
        .map_err(|error| error.to_string())?;
    let track = format
        .default_track(TrackType::Audio)
        .ok_or("no track of sound")?;
    let parameters = track
        .codec_params
        .as_ref()
        .and_then(|parameters| parameters.audio())
        .ok_or("no coding of sound")?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .map_err(|error| error.to_string())?;
    let mut samples = Vec::new();
    let mut part: Vec<f32> = Vec::new();
    while let Some(packet) = format.next_packet().map_err(|error| error.to_string())? {
        let sound = decoder.decode(&packet).map_err(|error| error.to_string())?;
        sound.copy_to_vec_interleaved(&mut part);
        samples.extend_from_slice(&part);
    }
    Ok(samples)
}
