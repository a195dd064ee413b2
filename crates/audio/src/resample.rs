//! Another sampling rate, and the quiet at both ends of a sentence cut away.

use audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

use crate::pcm::Pcm;

/// The rate of everything that is broadcast.
pub(crate) const RATE: u32 = 44_100;

/// Below this a voice is silent: −54 dB.
const SILENCE: f32 = 0.002;
/// What is left around the words, so that soft beginnings stay whole.
const EDGE_MS: usize = 15;
const CHUNK: usize = 1024;

/// The sound at [`RATE`].
pub(crate) fn resample(pcm: Pcm) -> Result<Vec<f32>, String> {
    if pcm.rate == RATE || pcm.samples.is_empty() {
        return Ok(pcm.samples);
    }
    let mut resampler =
        Fft::<f32>::new(pcm.rate as usize, RATE as usize, CHUNK, 1, FixedSync::Both)
            .map_err(|error| error.to_string())?;
    let frames = pcm.samples.len();
    let input =
        InterleavedSlice::new(&pcm.samples, 1, frames).map_err(|error| error.to_string())?;
    let output = resampler
        .process_all(&input, frames, None)
        .map_err(|error| error.to_string())?;
    Ok(output.take_data())
}

/// The words of a sentence without the silence a voice puts around them, its ends faded.
pub(crate) fn trimmed(mut samples: Vec<f32>) -> Vec<f32> {
    let edge = RATE as usize * EDGE_MS / 1000;
    let loud = |sample: &f32| sample.abs() > SILENCE;
    let (Some(first), Some(last)) = (
        samples.iter().position(loud),
        samples.iter().rposition(loud),
    ) else {
        return Vec::new();
    };
    samples.truncate((last + edge + 1).min(samples.len()));
    samples.drain(..first.saturating_sub(edge));
    fade(&mut samples, edge);
    samples
}

/// A ramp at both ends: what starts from silence does not click.
fn fade(samples: &mut [f32], length: usize) {
    let length = length.min(samples.len() / 2);
    let end = samples.len();
    for step in 0..length {
        #[allow(clippy::cast_precision_loss)] // a few hundred steps
        let level = step as f32 / length as f32;
        samples[step] *= level;
        samples[end - 1 - step] *= level;
    }
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // a test tone of a second
mod tests {
    use super::*;

    #[test]
    fn length_and_pitch_survive() {
        let rate = 22_050;
        let tone: Vec<f32> = (0..rate)
            .map(|step| (std::f32::consts::TAU * 440.0 * step as f32 / rate as f32).sin() * 0.5)
            .collect();
        let out = resample(Pcm {
            rate,
            samples: tone,
        })
        .unwrap();
        assert!(out.len().abs_diff(RATE as usize) < 4, "{}", out.len());
        let crossings = out
            .windows(2)
            .filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0)
            .count();
        assert!(crossings.abs_diff(440) <= 2, "{crossings}");
    }

    #[test]
    fn silence_around_words_is_cut() {
        let mut samples = vec![0.0; 44_100];
        samples[20_000..21_000].fill(0.5);
        let out = trimmed(samples);
        assert!(out.len() < 2_500 && out.len() >= 1_000);
        assert!(out[0].abs() < f32::EPSILON);
        assert!(trimmed(vec![0.0; 100]).is_empty());
    }
}
