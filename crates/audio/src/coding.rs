//! The MP3 that keeps its target: what counts is the sound as decoded, not what went in.

use crate::loudness::{Levelling, Loudness, Meter};
use crate::mp3;

/// Encodings tried until the decoded peak keeps its ceiling.
const ENCODINGS: usize = 4;
/// Half of what is allowed is left to other meters.
const CLOSE_ENOUGH_LU: f64 = 0.2;
/// Room for what MP3 adds to a peak, in dB; more is taken where measuring shows the need.
const CODING_MARGIN_DB: f64 = 0.5;

/// Brought to the target and encoded, with loudness and peak as measured in the decoded sound.
pub(crate) fn encoded(samples: &[f32], target: Loudness) -> Result<(Vec<u8>, Loudness), String> {
    let sound = Levelling::of(samples);
    let mut aim = Loudness {
        lufs: target.lufs + mp3::SCALE_DB,
        true_peak_db: target.true_peak_db + mp3::SCALE_DB - CODING_MARGIN_DB,
    };
    let mut last = None;
    for _ in 0..ENCODINGS {
        let (mp3, got) = measured(&sound.at(aim))?;
        let over = got.true_peak_db - target.true_peak_db;
        let missing = if got.lufs.is_finite() {
            target.lufs - got.lufs
        } else {
            0.0
        };
        last = Some((mp3, got));
        if over <= 0.0 && missing.abs() <= CLOSE_ENOUGH_LU {
            break;
        }
        aim.lufs += missing;
        if over > 0.0 {
            aim.true_peak_db -= over + 0.1;
        }
    }
    last.ok_or_else(|| "nothing was encoded".to_owned())
}

fn measured(samples: &[f32]) -> Result<(Vec<u8>, Loudness), String> {
    let fault = |error: ebur128::Error| error.to_string();
    let mut meter = Meter::new().map_err(fault)?;
    let mp3 = mp3::encode(samples, |part| meter.hear(part).map_err(fault))?;
    Ok((mp3, meter.reading().map_err(fault)?))
}
