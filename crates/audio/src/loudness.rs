//! Loudness after EBU R 128 (ITU-R BS.1770): measuring, and bringing sound to a target with its
//! true peak below a ceiling.

use ebur128::{EbuR128, Mode};
use serde::{Deserialize, Serialize};

use crate::limiter;
use crate::peaks::true_peaks;
use crate::resample::RATE;
use crate::weighting::{energies, loudness};

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
    let mut meter = Meter::new()?;
    meter.hear(samples)?;
    meter.reading()
}

/// A measurement that goes on while the sound comes.
pub(crate) struct Meter(EbuR128);

impl Meter {
    pub(crate) fn new() -> Result<Self, ebur128::Error> {
        EbuR128::new(1, RATE, Mode::I | Mode::TRUE_PEAK).map(Self)
    }

    pub(crate) fn hear(&mut self, samples: &[f32]) -> Result<(), ebur128::Error> {
        self.0.add_frames_f32(samples)
    }

    pub(crate) fn reading(&self) -> Result<Loudness, ebur128::Error> {
        Ok(Loudness {
            lufs: self.0.loudness_global()?,
            true_peak_db: 20.0 * self.0.true_peak(0)?.log10(),
        })
    }
}

/// Passes after which the gain has settled or never will.
const PASSES: usize = 40;
/// Settled, in LU: a small part of what is allowed.
const CLOSE: f64 = 0.01;
/// What the limiter takes comes back as gain, up to so many dB: a sound of clicks alone would ask
/// for ever more.
const MOST_MAKE_UP_DB: f64 = 30.0;

/// A sound looked at once, so that it can be brought to any target.
pub(crate) struct Levelling<'a> {
    samples: &'a [f32],
    energies: Vec<f64>,
    peaks: Vec<f32>,
}

impl<'a> Levelling<'a> {
    pub(crate) fn of(samples: &'a [f32]) -> Self {
        let (energies, peaks) = std::thread::scope(|scope| {
            let peaks = scope.spawn(|| true_peaks(samples));
            (energies(samples), peaks.join())
        });
        Self {
            samples,
            energies,
            // A thread that could not be finished leaves the work to this one.
            peaks: peaks.unwrap_or_else(|_| true_peaks(samples)),
        }
    }

    /// The sound at the target's loudness under its ceiling.
    pub(crate) fn at(&self, target: Loudness) -> Vec<f32> {
        let ceiling = amplitude(target.true_peak_db);
        let levels_at = |gain_db| limiter::levels(&self.peaks, amplitude(gain_db), ceiling);
        let before = loudness(self.energies.iter().copied());
        if !before.is_finite() {
            // silence, or shorter than one gating block of 400 ms: only the peak can be kept
            return limiter::applied(self.samples, 1.0, &levels_at(0.0));
        }
        let wanted_db = target.lufs - before;
        let mut gain_db = wanted_db;
        let mut levels = levels_at(gain_db);
        for _ in 0..PASSES {
            let missing = target.lufs - (self.loudness_at(&levels) + gain_db);
            let next = (gain_db + missing).min(wanted_db + MOST_MAKE_UP_DB);
            if (next - gain_db).abs() < CLOSE {
                break;
            }
            gain_db = next;
            levels = levels_at(gain_db);
        }
        limiter::applied(self.samples, amplitude(gain_db), &levels)
    }

    /// The loudness with these levels. They move so slowly that weighting after or before them is
    /// the same to a hundredth of a LU.
    fn loudness_at(&self, levels: &[f32]) -> f64 {
        let with = |(energy, level): (&f64, &f32)| energy * f64::from(level * level);
        loudness(self.energies.iter().zip(levels).map(with))
    }
}

fn amplitude(decibels: f64) -> f32 {
    #[allow(clippy::cast_possible_truncation)] // sound is f32
    let value = 10f64.powf(decibels / 20.0) as f32;
    value
}

#[cfg(test)]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)] // test tones of a few seconds
mod tests {
    use proptest::prelude::*;

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
            let got = measure(&Levelling::of(&bursts()).at(target)).unwrap();
            assert!((got.lufs - lufs).abs() < 0.2, "{got:?}");
            assert!(got.true_peak_db <= -1.0 + 1e-3, "{got:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Quiet, loud, peaky, short, or mostly silence.
        #[test]
        fn any_sound_is_brought_to_the_target(
            seconds in 0.05f32..6.0,
            loudness in 0.002f32..0.9,
            peak in 1.0f32..6.0,
            spoken in 0.2f32..1.0,
            pitch in 90.0f32..2_000.0,
        ) {
            let samples: Vec<f32> = (0..RATE as usize)
                .cycle()
                .take((seconds * RATE as f32) as usize)
                .enumerate()
                .map(|(at, within)| {
                    let time = at as f32 / RATE as f32;
                    let silent = within as f32 > spoken * RATE as f32;
                    let level = if silent { 0.0 } else { loudness };
                    let spike = if (time * 4.0).fract() < 0.01 { peak } else { 1.0 };
                    let wave = (std::f32::consts::TAU * pitch * time).sin();
                    (wave * level * spike).clamp(-1.0, 1.0)
                })
                .collect();
            let target = Loudness::default();
            let out = Levelling::of(&samples).at(target);
            prop_assert_eq!(out.len(), samples.len());
            let got = measure(&out).unwrap();
            prop_assert!(got.true_peak_db <= target.true_peak_db + 0.1, "{:?}", got);
            if got.lufs.is_finite() {
                prop_assert!((got.lufs - target.lufs).abs() < 0.2, "{:?}", got);
            }
        }
    }

    #[test]
    fn silence_stays_silence() {
        let out = Levelling::of(&vec![0.0; 44_100]).at(Loudness::default());
        assert!(out.iter().all(|sample| sample.abs() < f32::EPSILON));
    }
}
