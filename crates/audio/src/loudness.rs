//! Loudness after EBU R 128 (ITU-R BS.1770): measuring, and bringing sound to a target with its
//! true peak below a ceiling.

use ebur128::{EbuR128, Mode};
use serde::{Deserialize, Serialize};

use crate::resample::RATE;

/// What an outlet asks for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loudness {
    /// Integrated loudness, in LUFS.
    pub lufs: f64,
    /// The highest true peak, in dBTP.
    pub true_peak_db: f64,
}

impl Default for Loudness {
    /// −16 LUFS and −1 dBTP: speech over loudspeakers outdoors and on phones.
    fn default() -> Self {
        Self {
            lufs: -16.0,
            true_peak_db: -1.0,
        }
    }
}

/// Integrated loudness and true peak of one channel; the loudness of silence is −∞.
pub(crate) fn measure(samples: &[f32]) -> Result<Loudness, ebur128::Error> {
    let mut meter = EbuR128::new(1, RATE, Mode::I | Mode::TRUE_PEAK)?;
    meter.add_frames_f32(samples)?;
    Ok(Loudness {
        lufs: meter.loudness_global()?,
        true_peak_db: 20.0 * meter.true_peak(0)?.log10(),
    })
}

/// Passes after which the gain has settled or never will.
const PASSES: usize = 8;
/// Settled: a tenth of what is allowed.
const CLOSE: f64 = 0.05;

/// The sound at the target's loudness under a ceiling, in as many passes as the limiter makes
/// necessary: what it takes from the peaks must come back as gain.
pub(crate) fn normalised(samples: &[f32], target: Loudness) -> Result<Vec<f32>, ebur128::Error> {
    let before = measure(samples)?;
    if !before.lufs.is_finite() {
        // shorter than one gating block of 400 ms: only the peak can be kept
        return Ok(limited(samples, 1.0, amplitude(target.true_peak_db)));
    }
    let mut gain_db = target.lufs - before.lufs;
    let mut ceiling_db = target.true_peak_db;
    let mut out = Vec::new();
    for _ in 0..PASSES {
        out = limited(samples, amplitude(gain_db), amplitude(ceiling_db));
        let now = measure(&out)?;
        let (missing, over) = (
            target.lufs - now.lufs,
            now.true_peak_db - target.true_peak_db,
        );
        if missing.abs() < CLOSE && over <= 0.0 {
            break;
        }
        gain_db += missing;
        ceiling_db -= over.max(0.0);
    }
    Ok(out)
}

fn amplitude(decibels: f64) -> f32 {
    #[allow(clippy::cast_possible_truncation)] // sound is f32
    let value = 10f64.powf(decibels / 20.0) as f32;
    value
}

/// How long before a peak the limiter turns down: 5 ms.
const LOOK_AHEAD: usize = RATE as usize / 200;
/// How fast it comes back: 1/e in 60 ms.
#[allow(clippy::cast_precision_loss)] // 44,100 is exact in f32
const RELEASE: f32 = 1.0 / (0.06 * RATE as f32);

/// A look-ahead limiter: gain, then never above the ceiling, without a step in the gain.
fn limited(samples: &[f32], gain: f32, ceiling: f32) -> Vec<f32> {
    let needed: Vec<f32> = samples
        .iter()
        .map(|sample| (ceiling / (sample * gain).abs().max(ceiling)).min(1.0))
        .collect();
    let held = lowest_around(&needed);
    let mut level = 1.0f32;
    let released: Vec<f32> = held
        .into_iter()
        .map(|need| {
            level = need.min(level + (1.0 - level) * RELEASE);
            level
        })
        .collect();
    let smooth = averaged(&released);
    samples
        .iter()
        .zip(smooth)
        .map(|(sample, level)| (sample * gain * level).clamp(-ceiling, ceiling))
        .collect()
}

/// The lowest value within the look-ahead on both sides.
fn lowest_around(values: &[f32]) -> Vec<f32> {
    let mut window: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
    let mut out = Vec::with_capacity(values.len());
    let mut entered = 0;
    for at in 0..values.len() {
        while entered < values.len() && entered <= at + LOOK_AHEAD {
            while window
                .back()
                .is_some_and(|last| values[*last] >= values[entered])
            {
                window.pop_back();
            }
            window.push_back(entered);
            entered += 1;
        }
        while window.front().is_some_and(|first| *first + LOOK_AHEAD < at) {
            window.pop_front();
        }
        out.push(window.front().map_or(1.0, |first| values[*first]));
    }
    out
}

/// The mean within half the look-ahead on both sides: turns a step into a ramp that is down in time.
fn averaged(values: &[f32]) -> Vec<f32> {
    let reach = LOOK_AHEAD / 2;
    let mut sums = Vec::with_capacity(values.len() + 1);
    let mut sum = 0.0f64;
    sums.push(sum);
    for value in values {
        sum += f64::from(*value);
        sums.push(sum);
    }
    (0..values.len())
        .map(|at| {
            let (start, end) = (at.saturating_sub(reach), (at + reach + 1).min(values.len()));
            #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
            // a few hundred values near 1
            let mean = ((sums[end] - sums[start]) / (end - start) as f64) as f32;
            mean
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // test tones of a few seconds
mod tests {
    use super::*;

    /// Speech-like: bursts with peaks far above their mean.
    fn bursts() -> Vec<f32> {
        (0..RATE as usize * 6)
            .map(|step| {
                let time = step as f32 / RATE as f32;
                let syllable = (time * 4.0).fract();
                let spike = if syllable < 0.01 { 1.0 } else { 0.12 };
                (std::f32::consts::TAU * 180.0 * time).sin() * spike * (1.0 - syllable)
            })
            .collect()
    }

    #[test]
    fn loudness_is_met_and_the_peak_kept() {
        for lufs in [-14.0, -16.0, -23.0] {
            let target = Loudness {
                lufs,
                true_peak_db: -1.0,
            };
            let got = measure(&normalised(&bursts(), target).unwrap()).unwrap();
            assert!((got.lufs - lufs).abs() < 0.2, "{got:?}");
            assert!(got.true_peak_db <= -1.0 + 1e-3, "{got:?}");
        }
    }

    #[test]
    fn silence_stays_silence() {
        let out = normalised(&vec![0.0; 44_100], Loudness::default()).unwrap();
        assert!(out.iter().all(|sample| sample.abs() < f32::EPSILON));
    }
}
