//! The frames of an MP3 of ours (ISO 11172-3, section 2.4): counted and joined without decoding.

use crate::resample::RATE;

/// Samples of a frame.
const FRAME: usize = 1152;
/// Samples that LAME holds back at the end, where nothing follows that would push them out.
const HELD_BACK: usize = 224;
/// Bits a second.
const BIT_RATE: usize = 128_000;

/// Frames that LAME makes of so many samples. Those it holds back at the end, and its delay at the
/// beginning (1,105 samples with the decoder's), fall into the rest around every sound.
pub(crate) fn of_samples(samples: usize) -> usize {
    samples.saturating_sub(HELD_BACK) / FRAME
}

/// How long so many frames play, in milliseconds.
pub(crate) fn length_ms(frames: usize) -> u64 {
    (frames * FRAME) as u64 * 1000 / u64::from(RATE)
}

/// The frames alone, without the tag in front, and how many they are; why not, if the bytes are
/// anything but frames of 128 kbit/s, one channel and 44.1 kHz.
pub(crate) fn frames(mp3: &[u8]) -> Result<(&[u8], usize), String> {
    let body = &mp3[tag_length(mp3)..];
    let (mut at, mut count) = (0, 0);
    while at < body.len() {
        let Some(head) = body.get(at..at + 4) else {
            return Err(format!("it ends within frame {}", count + 1));
        };
        let length = frame_length(head).ok_or_else(|| {
            format!(
                "frame {} is not of 128 kbit/s, one channel and 44.1 kHz",
                count + 1
            )
        })?;
        at += length;
        count += 1;
        if at > body.len() {
            return Err(format!("it ends within frame {count}"));
        }
    }
    if count == 0 {
        return Err("it holds no sound".to_owned());
    }
    Ok((body, count))
}

/// Bytes of a frame of ours; nothing if it is another's.
fn frame_length(head: &[u8]) -> Option<usize> {
    // eleven bits of synchronisation, MPEG-1, layer III; whether there is a checksum is free
    let layer = head[0] == 0xFF && head[1] & 0xFE == 0xFA;
    let rate = head[2] & 0xFC == 0x90;
    let one_channel = head[3] & 0xC0 == 0xC0;
    let padding = usize::from(head[2] >> 1 & 1);
    (layer && rate && one_channel).then_some(FRAME / 8 * BIT_RATE / RATE as usize + padding)
}

/// Bytes of an `ID3v2` tag at the beginning.
fn tag_length(mp3: &[u8]) -> usize {
    let Some(head) = mp3.get(..10).filter(|head| head.starts_with(b"ID3")) else {
        return 0;
    };
    let size = head[6..10]
        .iter()
        .fold(0, |size, byte| size << 7 | usize::from(byte & 0x7F));
    let footer = if head[5] & 0x10 == 0 { 0 } else { 10 };
    (10 + size + footer).min(mp3.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mp3;

    #[test]
    fn the_frames_of_any_length_are_known_before() {
        // No sound of ours is shorter than its margins.
        for samples in (13_230..13_230 + 2 * FRAME)
            .step_by(191)
            .chain([44_100, 100_003])
        {
            let mut heard = 0;
            let mp3 = mp3::encode(&vec![0.1; samples], |part| {
                heard += part.len();
                Ok(())
            })
            .unwrap();
            let (body, count) = frames(&mp3).unwrap();
            assert_eq!(body.len(), mp3.len());
            assert_eq!(count, of_samples(samples), "{samples}");
            assert_eq!(heard, count * FRAME, "{samples}");
        }
    }

    #[test]
    fn what_is_not_ours_is_told() {
        assert!(frames(b"").unwrap_err().contains("no sound"));
        assert!(
            frames(b"hello, this is text")
                .unwrap_err()
                .contains("frame 1")
        );
        let mp3 = mp3::encode(&vec![0.1; 4000], |_| Ok(())).unwrap();
        assert!(
            frames(&mp3[..mp3.len() - 1])
                .unwrap_err()
                .contains("ends within")
        );
    }
}
