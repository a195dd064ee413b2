//! The sounds of the histories.

use std::sync::OnceLock;

use mp3lame_encoder::{Builder, FlushNoGap, MonoPcm, max_required_buffer_size};
use sha2::{Digest, Sha256};

/// Sounds of one and two seconds.
pub(super) const LENGTHS: [u64; 2] = [1_000, 2_000];

/// Real MP3, made once.
pub(super) fn sounds() -> &'static [(String, Vec<u8>)] {
    static SOUNDS: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    SOUNDS.get_or_init(|| {
        let made = LENGTHS.iter().map(|length| mp3(*length));
        made.map(|bytes| (hex::encode(Sha256::digest(&bytes)), bytes))
            .collect()
    })
}

fn mp3(milliseconds: u64) -> Vec<u8> {
    let frames = usize::try_from(milliseconds * 8).unwrap();
    let samples: Vec<i16> = (0..frames)
        .map(|step| if step / 8 % 2 == 0 { 8_000 } else { -8_000 })
        .collect();
    let builder = Builder::new().unwrap().with_num_channels(1).unwrap();
    let builder = builder.with_sample_rate(8_000).unwrap();
    let mut encoder = builder.build().unwrap();
    let mut mp3 = Vec::with_capacity(max_required_buffer_size(samples.len()) + 7_200);
    encoder.encode_to_vec(MonoPcm(&samples), &mut mp3).unwrap();
    mp3.reserve(7_200);
    encoder.flush_to_vec::<FlushNoGap>(&mut mp3).unwrap();
    mp3
}
