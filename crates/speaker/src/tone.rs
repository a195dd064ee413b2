//! The test tone: a plain sound without words, so that somebody beside the loudspeaker hears that it
//! works.

use std::f32::consts::TAU;
use std::time::Duration;

use loa_air::Tone;

use crate::device::Device;
use crate::output::{Output, OutputError};
use crate::player::sixteen_bits;

const RATE: u32 = 22_050;
/// The tone by which lines are tested, in Hz.
const PITCH: f32 = 1_000.0;
/// A quarter of full scale, as loud as speech.
const LEVEL: f32 = 0.25;
/// It swells and fades for so long, so that nothing clicks.
const FADE: f32 = 0.05;
/// Handed over at a time.
const PIECE: Duration = Duration::from_millis(50);

/// Sounds it, unless something else wants the loudspeaker.
pub(crate) fn sound(
    device: &Device,
    output: &Output,
    tone: &Tone,
    wanted: impl Fn() -> bool,
) -> Result<(), OutputError> {
    let seconds = f32::from(tone.seconds);
    let gain = f32::from(device.volume()) / 100.0;
    let mut stream = output.open(&format!("tone-{}", tone.id), RATE, 1)?;
    let began = device.time.monotonic();
    let pieces = u32::from(tone.seconds) * 20;
    let frames = RATE / 20;
    for piece in 0..pieces {
        if wanted() {
            return stream.stop();
        }
        let samples = (piece * frames..(piece + 1) * frames)
            .flat_map(|frame| sixteen_bits(sample(frame, seconds) * gain).to_le_bytes());
        stream.write(&samples.collect::<Vec<u8>>())?;
        let until = (began + PIECE * (piece + 1)).saturating_sub(stream.lead());
        device
            .time
            .sleep(until.saturating_sub(device.time.monotonic()));
    }
    stream.finish()
}

#[expect(clippy::cast_precision_loss, reason = "at most 220500 frames")]
fn sample(frame: u32, seconds: f32) -> f32 {
    let at = frame as f32 / RATE as f32;
    let swell = (at / FADE).min((seconds - at) / FADE).clamp(0.0, 1.0);
    (at * PITCH * TAU).sin() * LEVEL * swell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_swells_stays_and_fades() {
        let peak = |from: u32, to: u32| {
            let all = (from..to).map(|frame| sample(frame, 2.0).abs());
            all.fold(0.0, f32::max)
        };
        assert!(peak(0, 50) < 0.02);
        assert!((peak(RATE / 2, RATE) - LEVEL).abs() < 0.01);
        assert!(peak(2 * RATE - 50, 2 * RATE) < 0.02);
    }
}
