//! Sounds one after the other in one file: as long as they are, without a click, with chapters that
//! players find.

use std::process::{Command, Stdio};

use loa_audio::{
    Espeak, Jingle, JoinError, JoinPart, Loudness, Master, Sound, Tags, Take, decode, jingle, join,
    master, render,
};
use loa_speech::{Lexicon, speak};

async fn said(text: &str, wish: &Master) -> Sound {
    let voice = Espeak::find(None, "vi").expect("espeak-ng");
    let cache = tempfile::tempdir().expect("a folder");
    let takes = Take::all(&speak(text, Lexicon::builtin()));
    render(&takes, &voice, cache.path(), wish, |_, _| {})
        .await
        .expect("a sound")
}

async fn parts() -> Vec<(Sound, Option<&'static str>)> {
    let wish = Master::default();
    let notes = master(&jingle(Jingle::Chime), &wish).expect("a jingle");
    vec![
        (
            said("Đây là Đài Truyền thanh xã Một.", &wish).await,
            Some("Mở đầu"),
        ),
        (notes.clone(), None),
        (
            said("Xã trả kết quả tại nhà từ ngày 5/5.", &wish).await,
            Some("Tin một"),
        ),
        (notes, None),
        (said("Nước sạch về ba thôn.", &wish).await, Some("Tin hai")),
    ]
}

#[tokio::test]
async fn what_is_joined_is_as_long_as_its_parts_and_has_chapters() {
    let parts = parts().await;
    let list: Vec<JoinPart<'_>> = parts
        .iter()
        .map(|(sound, title)| JoinPart {
            mp3: &sound.mp3,
            title: *title,
        })
        .collect();
    let tags = Tags {
        title: "Bản tin".into(),
        ..Tags::default()
    };
    let joined = join(&list, &tags).expect("joined");
    assert_eq!(
        joined,
        join(&list, &tags).expect("joined"),
        "the same bytes again"
    );
    let sum: u64 = parts.iter().map(|(sound, _)| sound.duration_ms).sum();
    assert!(
        joined.duration_ms.abs_diff(sum) <= 30,
        "{} for {sum}",
        joined.duration_ms
    );
    let titles: Vec<_> = joined
        .chapters
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(titles, ["Mở đầu", "Tin một", "Tin hai"]);
    assert_eq!(joined.chapters[0].start_ms, 0);
    assert_eq!(joined.chapters[2].end_ms, joined.duration_ms);

    // What is decoded is the parts: as long, and with no louder step than they have.
    let whole = decode(&joined.mp3).expect("sound");
    assert!(whole.duration_ms().abs_diff(joined.duration_ms) <= 60);
    let step = |mp3: &[u8]| {
        let pcm = decode(mp3).expect("sound").to_wav();
        let samples = pcm[44..].chunks_exact(2);
        let samples: Vec<i32> = samples
            .map(|two| i32::from(i16::from_le_bytes([two[0], two[1]])))
            .collect();
        samples
            .windows(2)
            .map(|two| (two[1] - two[0]).abs())
            .max()
            .unwrap_or(0)
    };
    let loudest = parts
        .iter()
        .map(|(sound, _)| step(&sound.mp3))
        .max()
        .unwrap_or(0);
    assert!(
        step(&joined.mp3) <= loudest + 64,
        "{} against {loudest}",
        step(&joined.mp3)
    );

    let Some(seen) = chapters(&joined.mp3) else {
        println!("skipped: ffprobe is not here to read the chapters");
        return;
    };
    let told: Vec<_> = joined
        .chapters
        .iter()
        .map(|one| (one.start_ms, one.title.clone()))
        .collect();
    assert_eq!(seen, told);
}

#[tokio::test]
async fn what_is_not_ours_is_not_joined() {
    assert_eq!(join(&[], &Tags::default()), Err(JoinError::Nothing));
    let sound = said("Xin chào.", &Master::default()).await;
    let part = |mp3| JoinPart { mp3, title: None };
    let foreign = join(
        &[part(&sound.mp3), part(b"ID3 but no sound")],
        &Tags::default(),
    );
    let error = foreign.expect_err("no MP3").to_string();
    assert!(error.starts_with("part 2 cannot be joined"), "{error}");
}

#[tokio::test]
async fn opus_is_as_long_as_the_mp3_and_as_loud() {
    let wish = Master {
        opus: true,
        target: Loudness {
            lufs: -18.0,
            ..Loudness::default()
        },
        ..Master::default()
    };
    let sound = said("Nước sạch về ba thôn, bà con phấn khởi.", &wish).await;
    let opus = sound.opus.as_ref().expect("Opus");
    assert_eq!(&opus[..4], b"OggS");
    let (one, other) = (
        decode(opus).expect("Opus"),
        decode(&sound.mp3).expect("MP3"),
    );
    assert!(one.duration_ms().abs_diff(other.duration_ms()) <= 80);
    let again = master(&one, &wish).expect("a sound");
    assert!((again.lufs + 18.0).abs() < 0.5, "{}", again.lufs);
    let measured = Command::new("ffmpeg")
        .args([
            "-hide_banner",
            "-loglevel",
            "error",
            "-i",
            "-",
            "-f",
            "null",
            "-",
        ])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut measured) = measured else {
        println!("skipped: ffmpeg is not here to decode Opus");
        return;
    };
    let mut input = measured.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, opus).expect("written");
    drop(input);
    let done = measured.wait_with_output().expect("ended");
    assert!(
        done.status.success() && done.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Start and title of each chapter, as ffprobe reads them.
fn chapters(mp3: &[u8]) -> Option<Vec<(u64, String)>> {
    let file = tempfile::Builder::new().suffix(".mp3").tempfile().ok()?;
    std::fs::write(file.path(), mp3).ok()?;
    let output = Command::new("ffprobe")
        .args([
            "-loglevel",
            "error",
            "-show_chapters",
            "-print_format",
            "json",
        ])
        .arg(file.path())
        .output()
        .ok()?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let chapters = report["chapters"].as_array()?.iter().map(|one| {
        let start: f64 = one["start_time"]
            .as_str()
            .unwrap_or("-1")
            .parse()
            .unwrap_or(-1.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // some minutes
        let start = (start * 1000.0).round() as u64;
        (
            start,
            one["tags"]["title"].as_str().unwrap_or_default().to_owned(),
        )
    });
    Some(chapters.collect())
}
