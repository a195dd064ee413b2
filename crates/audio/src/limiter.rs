//! A look-ahead limiter: what is above the ceiling is turned down around it, without a step in the
//! gain. It decides once for every step of about a millisecond, from the true peaks of the steps.

use crate::resample::RATE;
use crate::weighting::STEP;

/// Steps before a peak in which the limiter turns down: 5 ms.
const LOOK_AHEAD: usize = RATE as usize / 200 / STEP + 1;
/// Steps on both sides over which a step in the gain becomes a ramp, which is down in time.
const SMOOTH: usize = LOOK_AHEAD / 2;
/// In what time the limiter comes back to 1/e, in seconds.
const RELEASE: f32 = 0.06;

/// The level of each step at which nothing rises above the ceiling, 1 where the sound stays as it is.
pub(crate) fn levels(peaks: &[f32], gain: f32, ceiling: f32) -> Vec<f32> {
    let mut levels: Vec<f32> = peaks
        .iter()
        .map(|peak| ceiling / (peak * gain).max(ceiling))
        .collect();
    let lowest = lowest_around(&levels);
    #[allow(clippy::cast_precision_loss)] // 44,100 is exact in f32
    let release = 1.0 - (-(STEP as f32) / (RELEASE * RATE as f32)).exp();
    let mut level = 1.0f32;
    for (out, need) in levels.iter_mut().zip(lowest) {
        level = need.min(level + (1.0 - level) * release);
        *out = level;
    }
    averaged(&levels)
}

/// The sound with gain and levels; between the middles of two steps the level moves in a line.
pub(crate) fn applied(samples: &[f32], gain: f32, levels: &[f32]) -> Vec<f32> {
    let mut out = Vec::with_capacity(samples.len());
    for (step, part) in samples.chunks(STEP).enumerate() {
        let here = levels[step];
        let before = f32::midpoint(levels[step.saturating_sub(1)], here);
        let after = f32::midpoint(here, levels[(step + 1).min(levels.len() - 1)]);
        let (first, second) = part.split_at(part.len().min(STEP / 2));
        ramp(first, gain * before, gain * here, STEP / 2, &mut out);
        ramp(second, gain * here, gain * after, STEP - STEP / 2, &mut out);
    }
    out
}

/// A part of a step with a level that moves from one value to another within so many samples.
#[allow(clippy::cast_precision_loss)] // a few samples
fn ramp(part: &[f32], from: f32, to: f32, length: usize, out: &mut Vec<f32>) {
    let slope = (to - from) / length as f32;
    out.extend(
        part.iter()
            .enumerate()
            .map(|(at, sample)| sample * (from + slope * at as f32)),
    );
}

/// The lowest value within the look-ahead on both sides.
fn lowest_around(values: &[f32]) -> Vec<f32> {
    (0..values.len())
        .map(|at| {
            let end = (at + LOOK_AHEAD + 1).min(values.len());
            values[at.saturating_sub(LOOK_AHEAD)..end]
                .iter()
                .fold(1.0, |lowest, value| value.min(lowest))
        })
        .collect()
}

/// The mean of the values on both sides.
fn averaged(values: &[f32]) -> Vec<f32> {
    (0..values.len())
        .map(|at| {
            let around = &values[at.saturating_sub(SMOOTH)..(at + SMOOTH + 1).min(values.len())];
            #[allow(clippy::cast_precision_loss)] // a handful
            let mean = around.iter().sum::<f32>() / around.len() as f32;
            mean
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::peaks::true_peaks;

    fn highest(samples: &[f32]) -> f32 {
        true_peaks(samples).into_iter().fold(0.0, f32::max)
    }

    proptest! {
        #[test]
        fn nothing_rises_above_the_ceiling(
            samples in prop::collection::vec(-1.0f32..1.0, 0..4000),
            gain in 0.1f32..30.0,
            ceiling in 0.05f32..1.0,
        ) {
            let levels = levels(&true_peaks(&samples), gain, ceiling);
            let out = applied(&samples, gain, &levels);
            prop_assert_eq!(out.len(), samples.len());
            for sample in &out {
                prop_assert!(sample.abs() <= ceiling * 1.0001, "{} above {}", sample, ceiling);
            }
            // Between the samples of noise the ramp itself adds a little.
            prop_assert!(highest(&out) <= ceiling * 1.03, "{} above {}", highest(&out), ceiling);
        }

        #[test]
        fn what_is_below_the_ceiling_stays_as_it_is(
            samples in prop::collection::vec(-0.2f32..0.2, 0..4000),
        ) {
            let levels = levels(&true_peaks(&samples), 1.0, 0.9);
            prop_assert_eq!(applied(&samples, 1.0, &levels), samples);
        }
    }

    #[test]
    fn the_gain_makes_no_step() {
        let mut samples = vec![0.1f32; RATE as usize];
        samples[20_000] = 1.0;
        let levels = levels(&true_peaks(&samples), 1.0, 0.25);
        let out = applied(&samples, 1.0, &levels);
        assert!(out[20_000] <= 0.25 && out[20_000] > 0.2, "{}", out[20_000]);
        for (at, pair) in out.windows(2).enumerate() {
            if !(19_998..20_002).contains(&at) {
                assert!((pair[1] - pair[0]).abs() < 0.001, "{at}: {pair:?}");
            }
        }
        // a fifth of a second later it is as before
        assert!((out[29_000] - 0.1).abs() < 0.005, "{}", out[29_000]);
    }
}
