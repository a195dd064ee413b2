//! K-weighting and gating of ITU-R BS.1770-4: how loud each short stretch of a sound is to the ear.
//! With it a gain is judged without filtering the whole sound again.

use crate::resample::RATE;

/// Samples of a step, about a millisecond; a tenth of a second holds a whole number of them.
pub(crate) const STEP: usize = 45;
/// Steps of a tenth of a second, by which gating blocks move on.
const HOP: usize = RATE as usize / 10 / STEP;
/// Hops of a gating block of 400 ms.
const BLOCK: usize = 4;
/// Below this a block counts for nothing, in LUFS.
const ABSOLUTE_GATE: f64 = -70.0;
/// So far below the mean of the others a block is a pause, in LU.
const RELATIVE_GATE: f64 = -10.0;

/// The energy of each step after K-weighting; a last step that is not full is left out.
pub(crate) fn energies(samples: &[f32]) -> Vec<f64> {
    let [mut shelf, mut highpass] = k_weighting(f64::from(RATE));
    samples
        .chunks_exact(STEP)
        .map(|step| {
            step.iter()
                .map(|sample| highpass.next(shelf.next(f64::from(*sample))))
                .map(|weighted| weighted * weighted)
                .sum()
        })
        .collect()
}

/// Integrated loudness of steps, in LUFS; −∞ where no block of 400 ms is above the gate.
pub(crate) fn loudness(energies: impl Iterator<Item = f64>) -> f64 {
    let blocks = blocks(energies);
    let above = |gate: f64| mean(blocks.iter().copied().filter(|block| lufs(*block) > gate));
    let Some(ungated) = above(ABSOLUTE_GATE) else {
        return f64::NEG_INFINITY;
    };
    let relative = lufs(ungated) + RELATIVE_GATE;
    above(relative.max(ABSOLUTE_GATE)).map_or(f64::NEG_INFINITY, lufs)
}

/// Mean squares of the blocks of 400 ms, one beginning with every tenth of a second.
#[allow(clippy::cast_precision_loss)] // a few thousand samples
fn blocks(energies: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut hops = Vec::new();
    let (mut sum, mut steps) = (0.0, 0);
    for energy in energies {
        sum += energy;
        steps += 1;
        if steps == HOP {
            hops.push(sum);
            (sum, steps) = (0.0, 0);
        }
    }
    hops.windows(BLOCK)
        .map(|block| block.iter().sum::<f64>() / (BLOCK * HOP * STEP) as f64)
        .collect()
}

#[allow(clippy::cast_precision_loss)] // blocks of some hours
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0usize), |(sum, count), value| {
        (sum + value, count + 1)
    });
    (count > 0).then(|| sum / count as f64)
}

fn lufs(mean_square: f64) -> f64 {
    -0.691 + 10.0 * mean_square.log10()
}

/// A filter of second order.
struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
    state: [f64; 2],
}

impl Biquad {
    /// In direct form II, where each value waits for only two operations on the one before.
    fn next(&mut self, input: f64) -> f64 {
        let [last, before] = self.state;
        let now = (input - self.a[1] * before) - self.a[0] * last;
        self.state = [now, last];
        self.b[0] * now + (self.b[1] * last + self.b[2] * before)
    }
}

/// The two filters of BS.1770-4, annex 1, from their analogue form, for any sampling rate (at
/// 48 kHz they have the coefficients of its tables 1 and 2).
fn k_weighting(rate: f64) -> [Biquad; 2] {
    let (frequency, decibels, quality) = (
        1_681.974_450_955_533,
        3.999_843_853_973_347,
        0.707_175_236_955_419_6,
    );
    let k = (std::f64::consts::PI * frequency / rate).tan();
    let high = 10f64.powf(decibels / 20.0);
    let middle = high.powf(0.499_666_774_154_541_6);
    let a0 = 1.0 + k / quality + k * k;
    let shelf = Biquad {
        b: [
            (high + middle * k / quality + k * k) / a0,
            2.0 * (k * k - high) / a0,
            (high - middle * k / quality + k * k) / a0,
        ],
        a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / quality + k * k) / a0],
        state: [0.0; 2],
    };
    let (frequency, quality) = (38.135_470_876_024_44, 0.500_327_037_323_877_3);
    let k = (std::f64::consts::PI * frequency / rate).tan();
    let a0 = 1.0 + k / quality + k * k;
    let highpass = Biquad {
        b: [1.0, -2.0, 1.0],
        a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / quality + k * k) / a0],
        state: [0.0; 2],
    };
    [shelf, highpass]
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // test sounds of a few seconds
mod tests {
    use super::*;
    use crate::loudness::measure;

    #[test]
    fn the_filters_are_those_of_the_recommendation() {
        let [shelf, highpass] = k_weighting(48_000.0);
        let near = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-9, "{value}");
        near(shelf.b[0], 1.535_124_859_586_97);
        near(shelf.b[1], -2.691_696_189_406_38);
        near(shelf.b[2], 1.198_392_810_852_85);
        near(shelf.a[0], -1.690_659_293_182_41);
        near(shelf.a[1], 0.732_480_774_215_85);
        near(highpass.a[0], -1.990_047_454_833_98);
        near(highpass.a[1], 0.990_072_250_366_21);
    }

    #[test]
    fn it_agrees_with_the_meter() {
        // Tones of several pitches with pauses between them, so that both gates matter.
        for pitch in [60.0, 440.0, 3_000.0, 9_000.0] {
            let samples: Vec<f32> = (0..RATE as usize * 8)
                .map(|step| {
                    let time = step as f32 / RATE as f32;
                    let level = [0.4, 0.003, 0.1, 0.0][step / RATE as usize % 4];
                    (std::f32::consts::TAU * pitch * time).sin() * level
                })
                .collect();
            let ours = loudness(energies(&samples).into_iter());
            let meter = measure(&samples).unwrap().lufs;
            assert!((ours - meter).abs() < 0.01, "{pitch} Hz: {ours}, {meter}");
        }
    }

    #[test]
    fn silence_and_moments_have_no_loudness() {
        for samples in [vec![0.0; RATE as usize], vec![0.5; RATE as usize / 3]] {
            assert!(loudness(energies(&samples).into_iter()).is_infinite());
        }
    }
}
