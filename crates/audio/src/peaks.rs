//! True peaks after ITU-R BS.1770-4, annex 2: what stands between the samples, four times oversampled.

use crate::weighting::STEP;

/// Samples on which a value between two of them depends.
const TAPS: usize = 12;
/// Those before the first of the two, and it.
const BEFORE: usize = TAPS / 2;
/// Values computed between two samples; the fourth is the sample.
const BETWEEN: usize = 3;

/// The highest amplitude within each step, and between its last sample and the next.
pub(crate) fn true_peaks(samples: &[f32]) -> Vec<f32> {
    let filter = filter();
    // What lies before and after the sound is silence.
    let mut padded = vec![0.0; BEFORE - 1];
    padded.extend_from_slice(samples);
    padded.resize(samples.len().next_multiple_of(STEP) + TAPS - 1, 0.0);
    (0..samples.len().div_ceil(STEP))
        .map(|step| peak_of(&padded[step * STEP..][..STEP + TAPS - 1], &filter))
        .collect()
}

/// The peak of a step, of which the taps before and after are given as well.
fn peak_of(around: &[f32], filter: &[[f32; TAPS]; BETWEEN]) -> f32 {
    let mut peak = highest(&around[BEFORE - 1..][..STEP]);
    for phase in filter {
        let mut between = [0.0f32; STEP];
        for (tap, weight) in phase.iter().enumerate() {
            for (value, sample) in between.iter_mut().zip(&around[tap..][..STEP]) {
                *value += weight * sample;
            }
        }
        peak = peak.max(highest(&between));
    }
    peak
}

fn highest(values: &[f32]) -> f32 {
    values
        .iter()
        .fold(0.0, |highest, value| highest.max(value.abs()))
}

/// The windowed sinc of the meter (crate `ebur128`), so that both see the same peaks.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // small numbers, f32 sound
fn filter() -> [[f32; TAPS]; BETWEEN] {
    let mut filter = [[0.0; TAPS]; BETWEEN];
    for (phase, weights) in filter.iter_mut().enumerate() {
        let offset = (phase + 1) as f64 / (BETWEEN + 1) as f64;
        for (tap, weight) in weights.iter_mut().enumerate() {
            // from the place between the samples to the tap, in samples
            let distance = offset - (tap as f64 - (BEFORE as f64 - 1.0));
            let angle = std::f64::consts::PI * distance;
            let window = 0.5 * (1.0 + (angle / BEFORE as f64).cos());
            *weight = (window * angle.sin() / angle) as f32;
        }
    }
    filter
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // test tones of a second
mod tests {
    use super::*;
    use crate::loudness::measure;
    use crate::resample::RATE;

    #[test]
    fn a_peak_between_samples_is_seen_as_the_meter_sees_it() {
        for pitch in [997.0, 7_350.0, 11_025.0, 16_000.0] {
            // at 11,025 Hz every sample lies 3 dB under the peak
            let mut samples: Vec<f32> = (0..RATE as usize)
                .map(|step| {
                    let phase = std::f32::consts::TAU * (pitch * step as f32 / RATE as f32 + 0.125);
                    phase.sin() * 0.5
                })
                .collect();
            // the meter sees what follows the last sample only when more comes
            samples.extend([0.0; TAPS]);
            let ours = true_peaks(&samples).into_iter().fold(0.0, f32::max);
            let meter = 10f64.powf(measure(&samples).unwrap().true_peak_db / 20.0);
            assert!(
                (f64::from(ours) - meter).abs() < 1e-3,
                "{pitch} Hz: {ours}, {meter}"
            );
        }
    }

    #[test]
    fn every_step_has_its_own_peak() {
        let mut samples = vec![0.0; STEP * 3 + 1];
        samples[STEP + 3] = -0.75;
        let peaks = true_peaks(&samples);
        assert_eq!(peaks.len(), 4);
        assert!((peaks[1] - 0.75).abs() < 1e-3, "{peaks:?}");
        assert!(peaks[3] < 0.01, "{peaks:?}");
        assert!(true_peaks(&[]).is_empty());
    }
}
