//! Opus in Ogg (RFC 6716, RFC 7845): small files for phones.

use std::borrow::Cow;

use ebur128::{EbuR128, Mode};
use ogg::{PacketWriteEndInfo, PacketWriter};
use opus::{Application, Bitrate, Channels, Encoder, Signal};

use crate::loudness::{Levelling, Loudness};
use crate::recording;
use crate::resample::RATE;
use crate::sound::AudioError;
use crate::tags::{Chapter, Tags, one_line};

/// The rate of every Opus stream.
const OPUS_RATE: u32 = 48_000;
/// 20 ms, as nearly every encoder sends.
const FRAME: usize = 960;
/// For one channel of speech with jingles.
const BITS_A_SECOND: i32 = 40_000;
/// No frame of 20 ms is longer at that rate.
const LONGEST_PACKET: usize = 1275;
/// Frames on a page: a second.
const FRAMES_A_PAGE: usize = 50;
/// Always the same, so that the same sound gives the same bytes: "Loa" and a zero.
const SERIAL: u32 = 0x4C6F_6100;
/// Encodings tried until the decoded peak keeps its ceiling.
const ENCODINGS: usize = 5;
/// Room for what Opus adds to a peak, in dB.
const CODING_MARGIN_DB: f64 = 1.0;
/// Half of what is allowed is left to other meters.
const CLOSE_ENOUGH_LU: f64 = 0.2;

/// The sound at the target as it will be when decoded.
pub(crate) fn encoded(
    samples: &[f32],
    target: Loudness,
    tags: &Tags,
    chapters: &[Chapter],
) -> Result<Vec<u8>, AudioError> {
    let fault = |error: ebur128::Error| AudioError::Sound(error.to_string());
    let sound = Levelling::of(samples);
    let mut aim = Loudness {
        lufs: target.lufs,
        true_peak_db: target.true_peak_db - CODING_MARGIN_DB,
    };
    let mut last = Vec::new();
    for _ in 0..ENCODINGS {
        let ready =
            recording::at_rate(&sound.at(aim), RATE, OPUS_RATE).map_err(AudioError::Sound)?;
        last = file(&ready, tags, chapters).map_err(AudioError::Sound)?;
        let decoded =
            recording::decode(&last).map_err(|error| AudioError::Sound(error.to_string()))?;
        let got = measured(&decoded.samples).map_err(fault)?;
        let over = got.true_peak_db - target.true_peak_db;
        let missing = if got.lufs.is_finite() {
            target.lufs - got.lufs
        } else {
            0.0
        };
        if over <= 0.0 && missing.abs() <= CLOSE_ENOUGH_LU {
            break;
        }
        aim.lufs += missing;
        if over > 0.0 {
            aim.true_peak_db -= over + 0.1;
        }
    }
    Ok(last)
}

/// Loudness at the rate of Opus.
fn measured(samples: &[f32]) -> Result<Loudness, ebur128::Error> {
    let mut meter = EbuR128::new(1, OPUS_RATE, Mode::I | Mode::TRUE_PEAK)?;
    meter.add_frames_f32(samples)?;
    Ok(Loudness {
        lufs: meter.loudness_global()?,
        true_peak_db: 20.0 * meter.true_peak(0)?.log10(),
    })
}

/// The Ogg file: head, tags, and pages of a second.
fn file(samples: &[f32], tags: &Tags, chapters: &[Chapter]) -> Result<Vec<u8>, String> {
    let fault = |error: opus::Error| error.to_string();
    let mut encoder = Encoder::new(OPUS_RATE, Channels::Mono, Application::Audio).map_err(fault)?;
    encoder
        .set_bitrate(Bitrate::Bits(BITS_A_SECOND))
        .map_err(fault)?;
    encoder.set_vbr(true).map_err(fault)?;
    encoder.set_signal(Signal::Voice).map_err(fault)?;
    let skip = u16::try_from(encoder.get_lookahead().map_err(fault)?).unwrap_or(312);

    let mut writer = PacketWriter::new(Vec::new());
    let mut write = |packet: Vec<u8>, end: PacketWriteEndInfo, granule: u64| {
        writer
            .write_packet(Cow::Owned(packet), SERIAL, end, granule)
            .map_err(|error| error.to_string())
    };
    write(head(skip), PacketWriteEndInfo::EndPage, 0)?;
    write(comments(tags, chapters), PacketWriteEndInfo::EndPage, 0)?;
    // What the encoder looks ahead is given back to it as silence at the end.
    let all = samples.len() + usize::from(skip);
    let frames = all.div_ceil(FRAME).max(1);
    let mut frame = vec![0.0; FRAME];
    for index in 0..frames {
        frame.fill(0.0);
        let begin = (index * FRAME).min(samples.len());
        let part = &samples[begin..(begin + FRAME).min(samples.len())];
        frame[..part.len()].copy_from_slice(part);
        let packet = encoder
            .encode_vec_float(&frame, LONGEST_PACKET)
            .map_err(fault)?;
        if index + 1 == frames {
            // Less than the frames hold: the player leaves the rest away (RFC 7845, section 4.4).
            write(packet, PacketWriteEndInfo::EndStream, all as u64)?;
        } else {
            let end = if (index + 1) % FRAMES_A_PAGE == 0 {
                PacketWriteEndInfo::EndPage
            } else {
                PacketWriteEndInfo::NormalPacket
            };
            write(packet, end, ((index + 1) * FRAME) as u64)?;
        }
    }
    Ok(writer.into_inner())
}

/// The identification header (RFC 7845, section 5.1).
fn head(skip: u16) -> Vec<u8> {
    let mut head = b"OpusHead".to_vec();
    head.extend_from_slice(&[1, 1]); // version, channels
    head.extend_from_slice(&skip.to_le_bytes());
    head.extend_from_slice(&OPUS_RATE.to_le_bytes());
    head.extend_from_slice(&[0, 0, 0]); // no gain, channels of the simplest order
    head
}

/// The comment header (RFC 7845, section 5.2), with chapters as the Vorbis chapter extension
/// writes them.
fn comments(tags: &Tags, chapters: &[Chapter]) -> Vec<u8> {
    let mut all = Vec::new();
    let mut comment = |name: &str, words: &str| {
        let words = one_line(words);
        if !words.is_empty() {
            all.push(format!("{name}={words}"));
        }
    };
    comment("TITLE", &tags.title);
    comment("ARTIST", &tags.artist);
    comment("ALBUM", &tags.album);
    comment("LANGUAGE", &tags.language);
    if let Some(date) = tags.date {
        comment("DATE", &date.to_string());
    }
    for (number, chapter) in chapters.iter().enumerate().take(1000) {
        comment(&format!("CHAPTER{number:03}"), &clock(chapter.start_ms));
        comment(&format!("CHAPTER{number:03}NAME"), &chapter.title);
    }
    let mut packet = b"OpusTags".to_vec();
    let mut text = |words: &str| {
        packet.extend_from_slice(&u32::try_from(words.len()).unwrap_or(0).to_le_bytes());
        packet.extend_from_slice(words.as_bytes());
    };
    text("Loa");
    let count = u32::try_from(all.len()).unwrap_or(0);
    packet.extend_from_slice(&count.to_le_bytes());
    for comment in &all {
        packet.extend_from_slice(&u32::try_from(comment.len()).unwrap_or(0).to_le_bytes());
        packet.extend_from_slice(comment.as_bytes());
    }
    packet
}

/// `HH:MM:SS.mmm`.
fn clock(ms: u64) -> String {
    format!(
        "{:02}:{:02}:{:02}.{:03}",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1000 % 60,
        ms % 1000
    )
}
