//! Recordings as phones, browsers and studios make them, coded by the real ffmpeg; and files that
//! are none.

use std::path::Path;
use std::process::{Command, Stdio};

use loa_audio::{Master, RecordingError, decode, master, media_type};
use proptest::prelude::*;

/// Name, ffmpeg's arguments and the media type.
const FORMATS: [(&str, &[&str], &str); 12] = [
    (
        "phone.m4a",
        &["-c:a", "aac", "-b:a", "96k", "-ar", "44100", "-ac", "2"],
        "audio/mp4",
    ),
    (
        "mono.m4a",
        &["-c:a", "aac", "-ar", "16000", "-ac", "1"],
        "audio/mp4",
    ),
    (
        "studio.flac",
        &["-c:a", "flac", "-ar", "96000", "-ac", "2"],
        "audio/flac",
    ),
    (
        "small.flac",
        &["-c:a", "flac", "-ar", "8000", "-ac", "1"],
        "audio/flac",
    ),
    (
        "song.mp3",
        &[
            "-c:a",
            "libmp3lame",
            "-b:a",
            "192k",
            "-ar",
            "48000",
            "-ac",
            "2",
        ],
        "audio/mpeg",
    ),
    (
        "voice.mp3",
        &[
            "-c:a",
            "libmp3lame",
            "-b:a",
            "48k",
            "-ar",
            "22050",
            "-ac",
            "1",
        ],
        "audio/mpeg",
    ),
    (
        "vorbis.ogg",
        &["-c:a", "libvorbis", "-ar", "44100", "-ac", "2"],
        "audio/ogg",
    ),
    (
        "opus.ogg",
        &["-c:a", "libopus", "-b:a", "32k", "-ac", "1"],
        "audio/ogg",
    ),
    (
        "browser.webm",
        &["-c:a", "libopus", "-b:a", "64k", "-ac", "1"],
        "audio/webm",
    ),
    (
        "plain.wav",
        &["-c:a", "pcm_s16le", "-ar", "44100", "-ac", "2"],
        "audio/wav",
    ),
    (
        "fine.wav",
        &["-c:a", "pcm_s24le", "-ar", "48000", "-ac", "1"],
        "audio/wav",
    ),
    (
        "float.wav",
        &["-c:a", "pcm_f32le", "-ar", "48000", "-ac", "2"],
        "audio/wav",
    ),
];

/// Three seconds of a tone at half of full scale.
const TONE: &str = "sine=frequency=440:duration=3,volume=12dB";
const TONE_MS: u64 = 3000;

/// A file of ffmpeg; none when ffmpeg is not here.
fn made(folder: &Path, name: &str, arguments: &[&str]) -> Option<Vec<u8>> {
    let file = folder.join(name);
    let run = Command::new("ffmpeg")
        .args([
            "-hide_banner",
            "-loglevel",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            TONE,
        ])
        .args(arguments)
        .arg(&file)
        .stdin(Stdio::null())
        .output();
    let Ok(run) = run else {
        println!("{name}: skipped, ffmpeg is not here");
        return None;
    };
    assert!(
        run.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    Some(std::fs::read(file).unwrap())
}

#[test]
fn what_people_bring_is_read_as_long_and_as_loud_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut levels = Vec::new();
    for (name, arguments, kind) in FORMATS {
        let Some(bytes) = made(folder.path(), name, arguments) else {
            return;
        };
        assert_eq!(media_type(&bytes), Some(kind), "{name}");
        let sound = decode(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let length = sound.duration_ms();
        // AAC begins and ends with whole frames, of 64 ms each at 16 kHz.
        let more = if kind == "audio/mp4" { 128 } else { 50 };
        assert!(length.abs_diff(TONE_MS) <= more, "{name}: {length} ms");
        let peaks = sound.peaks(30);
        let middle = &peaks[5..25];
        let level = middle.iter().sum::<f32>() / 20.0;
        let channels: u8 = if arguments.ends_with(&["-ac", "2"]) {
            2
        } else {
            1
        };
        levels.push((name, level, channels));
        // What is made of it can be broadcast.
        let mastered = master(&sound, &Master::default()).unwrap();
        assert!(
            (mastered.lufs + 16.0).abs() < 0.5,
            "{name}: {} LUFS",
            mastered.lufs
        );
        assert!(mastered.duration_ms.abs_diff(length) < 400, "{name}");
    }
    // ffmpeg's tone has an eighth of full scale, here made four times as much; two channels share
    // its power.
    for (name, level, channels) in levels {
        let right = 0.5 / f32::from(channels).sqrt();
        assert!(
            (level / right - 1.0).abs() < 0.08,
            "{name}: {level} beside {right}"
        );
    }
}

#[test]
fn a_file_that_breaks_off_gives_what_is_there_or_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for (name, arguments, _) in FORMATS {
        let Some(bytes) = made(folder.path(), name, arguments) else {
            return;
        };
        for part in [1, 4, 40, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            match decode(&bytes[..part]) {
                Ok(sound) => assert!(sound.duration_ms() <= TONE_MS + 60, "{name} at {part}"),
                Err(error) => assert!(!error.to_string().is_empty(), "{name} at {part}"),
            }
        }
    }
}

#[test]
fn what_is_no_sound_is_told() {
    assert_eq!(decode(b""), Err(RecordingError::Empty));
    for bytes in [
        &b"Kinh thua ba con"[..],
        b"%PDF-1.7\n1 0 obj\n",
        b"PK\x03\x04\x14\x00\x00\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR",
        b"<html><body>404</body></html>",
    ] {
        assert_eq!(decode(bytes), Err(RecordingError::Unknown));
        assert_eq!(media_type(bytes), None);
    }
    // A header that claims hours, and nothing behind it.
    let mut wav = b"RIFF\x24\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data\x00\xff\xff\x7f".to_vec();
    assert!(decode(&wav).is_err());
    wav.extend([0, 1].repeat(44_100));
    let sound = decode(&wav).expect("what is there");
    assert_eq!(sound.duration_ms(), 1000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever a stranger sends, it ends with a sound or with words.
    #[test]
    fn nothing_that_is_sent_ends_the_program(
        start in 0_usize..6,
        garbage in proptest::collection::vec(any::<u8>(), 0..4000),
    ) {
        let head: &[u8] = [
            &b"RIFF\x24\0\0\0WAVEfmt "[..],
            b"OggS\0\x02\0\0\0\0\0\0\0\0",
            b"fLaC\0\0\0\x22",
            b"\0\0\0\x18ftypM4A \0\0\0\0",
            b"\x1a\x45\xdf\xa3",
            b"ID3\x04\0\0\0\0\0\x0a",
        ][start];
        if let Err(error) = decode(&[head, &garbage].concat()) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
