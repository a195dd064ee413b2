//! MP3 by LAME, and back again to measure what a listener will get.

use std::sync::mpsc;

use mp3lame_encoder::{
    Bitrate, Builder, FlushNoGap, Mode, MonoPcm, Quality, max_required_buffer_size,
};
use symphonia::core::codecs::audio::well_known::CODEC_ID_MP3;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoderOptions};
use symphonia::core::packet::PacketRef;
use symphonia::core::units::{Duration, Timestamp};

use crate::resample::RATE;

/// LAME turns sound down to 0.95 at this bit rate; it is given so much more, in dB.
pub(crate) const SCALE_DB: f64 = 0.445;
/// LAME asks for this much room to write out its last frames.
const LAST_FRAMES: usize = 7200;

/// Frames encoded before they are handed on.
const FRAMES_AT_ONCE: usize = 64;
const FRAME: usize = 1152;

/// 128 kbit/s, one channel, constant rate: every receiver of a commune plays it. What a listener
/// will get is decoded and handed over on another core while the rest is being encoded.
pub(crate) fn encode(
    samples: &[f32],
    heard: impl FnMut(&[f32]) -> Result<(), String>,
) -> Result<Vec<u8>, String> {
    let (made, parts) = mpsc::channel();
    std::thread::scope(|scope| {
        let encoding = scope.spawn(move || encode_parts(samples, &made));
        let listened = hear(&parts, heard);
        // The encoder notices that nobody listens any more.
        drop(parts);
        let mp3 = encoding.join().map_err(|_| "LAME broke off")?;
        listened.and(mp3)
    })
}

fn encode_parts(samples: &[f32], made: &mpsc::Sender<Vec<u8>>) -> Result<Vec<u8>, String> {
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
    let mut mp3 = Vec::with_capacity(samples.len() / RATE as usize * 16_000 + 2 * LAST_FRAMES);
    let mut handed_on = 0;
    let mut hand_on = |mp3: &[u8]| {
        let sent = made.send(mp3[handed_on..].to_vec());
        handed_on = mp3.len();
        sent.map_err(|_| "nobody listens any more".to_owned())
    };
    for part in samples.chunks(FRAMES_AT_ONCE * FRAME) {
        mp3.reserve(max_required_buffer_size(part.len()));
        encoder
            .encode_to_vec(MonoPcm(part), &mut mp3)
            .map_err(|error| error.to_string())?;
        hand_on(&mp3)?;
    }
    mp3.reserve(LAST_FRAMES);
    encoder
        .flush_to_vec::<FlushNoGap>(&mut mp3)
        .map_err(|error| error.to_string())?;
    hand_on(&mp3)?;
    Ok(mp3)
}

/// Decodes frames of ours as they come and hands over their samples.
fn hear(
    parts: &mpsc::Receiver<Vec<u8>>,
    mut heard: impl FnMut(&[f32]) -> Result<(), String>,
) -> Result<(), String> {
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(
            AudioCodecParameters::new().for_codec(CODEC_ID_MP3),
            &AudioDecoderOptions::default(),
        )
        .map_err(|error| error.to_string())?;
    let mut samples: Vec<f32> = Vec::new();
    let mut coming: Vec<u8> = Vec::new();
    for part in parts {
        coming.extend(part);
        let mut rest = coming.as_slice();
        while let Some((frame, after)) = next_frame(rest) {
            let packet = PacketRef::new(0, Timestamp::ZERO, Duration::new(FRAME as u64), frame);
            let sound = decoder
                .decode_ref(&packet)
                .map_err(|error| error.to_string())?;
            sound.copy_to_vec_interleaved(&mut samples);
            heard(&samples)?;
            rest = after;
        }
        coming = rest.to_vec();
    }
    Ok(())
}

/// A whole frame and what follows it; at this bit rate only the padding bit changes its length.
fn next_frame(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let padding = usize::from(bytes.get(2)? >> 1 & 1);
    bytes.split_at_checked(FRAME / 8 * 128_000 / RATE as usize + padding)
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // test tones of a few seconds
mod tests {
    use symphonia::core::formats::probe::Hint;
    use symphonia::core::formats::{FormatOptions, TrackType};
    use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
    use symphonia::core::meta::MetadataOptions;

    use super::*;

    fn tone(samples: usize) -> Vec<f32> {
        (0..samples)
            .map(|step| (step as f32 * 0.06).sin() * 0.5)
            .collect()
    }

    /// The samples of a file, as any program reads it.
    fn decoded(mp3: &[u8]) -> Vec<f32> {
        let source = Box::new(std::io::Cursor::new(mp3.to_vec()));
        let mut format = symphonia::default::get_probe()
            .probe(
                &Hint::new(),
                MediaSourceStream::new(source, MediaSourceStreamOptions::default()),
                FormatOptions::default(),
                MetadataOptions::default(),
            )
            .unwrap();
        let track = format.default_track(TrackType::Audio).unwrap();
        let parameters = track.codec_params.as_ref().unwrap().audio().unwrap();
        let mut decoder = symphonia::default::get_codecs()
            .make_audio_decoder(parameters, &AudioDecoderOptions::default())
            .unwrap();
        let (mut all, mut part) = (Vec::new(), Vec::<f32>::new());
        while let Some(packet) = format.next_packet().unwrap() {
            decoder
                .decode(&packet)
                .unwrap()
                .copy_to_vec_interleaved(&mut part);
            all.extend_from_slice(&part);
        }
        all
    }

    #[test]
    fn what_is_heard_meanwhile_is_what_the_file_holds() {
        // the first is the shortest sound there is: its margins alone
        for samples in [13_230, 50_000, 3 * FRAMES_AT_ONCE * FRAME + 7] {
            let mut heard = Vec::new();
            let mp3 = encode(&tone(samples), |part| {
                heard.extend_from_slice(part);
                Ok(())
            })
            .unwrap();
            assert_eq!(heard, decoded(&mp3), "{samples}");
            // what LAME holds back at the end lies within the rest around every sound
            assert!(
                heard.len() + 2 * FRAME > samples,
                "{} of {samples}",
                heard.len()
            );
        }
    }

    #[test]
    fn the_parts_leave_no_seam() {
        let sent = tone(3 * FRAMES_AT_ONCE * FRAME);
        let mp3 = encode(&sent, |_| Ok(())).unwrap();
        let got = decoded(&mp3);
        // LAME and the decoder delay by a fixed number of samples
        let delay = (0..3000)
            .map(|delay| {
                let likeness = (10_000..12_000).map(|at| sent[at] * got[at + delay]);
                (likeness.sum::<f32>(), delay)
            })
            .max_by(|(one, _), (other, _)| one.total_cmp(other))
            .map(|(_, delay)| delay)
            .unwrap();
        let scale = 10f64.powf(-SCALE_DB / 20.0);
        for at in 5_000..sent.len() - 5_000 {
            let off = (f64::from(got[at + delay]) - f64::from(sent[at]) * scale).abs();
            assert!(off < 0.02, "{at}: {off}");
        }
    }

    #[test]
    fn a_listener_that_has_had_enough_ends_it() {
        let error = encode(&tone(500_000), |_| Err("enough".to_owned())).unwrap_err();
        assert_eq!(error, "enough");
    }
}
