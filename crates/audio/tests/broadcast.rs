//! With the real espeak-ng: what comes out may go on the air.

use std::process::{Command, Stdio};

use loa_audio::{AudioError, Espeak, Loudness, Master, Sound, Take, render};
use loa_speech::{Lexicon, Spoken, speak};

const BULLETIN: &str = "UBND tỉnh Hà Nam ban hành Kế hoạch số 128/KH-UBND ngày 30/3/2021.\n\
    Kính mời bà con theo dõi. Từ 7h30 đến 11h30, bộ phận một cửa nhận hồ sơ; điện thoại 0226.3851.234.\n\
    Xin cảm ơn!";

fn espeak(voice: &str) -> Espeak {
    Espeak::find(None, voice)
        .expect("these tests need espeak-ng with its Vietnamese voices: apt-get install espeak-ng")
}

fn bulletin() -> Spoken {
    speak(BULLETIN, Lexicon::builtin())
}

async fn rendered(spoken: &Spoken, cache: &std::path::Path, target: Loudness) -> Sound {
    let master = Master {
        target,
        ..Master::default()
    };
    render(&Take::all(spoken), &espeak("vi"), cache, &master, |_, _| ())
        .await
        .unwrap()
}

#[tokio::test]
async fn loudness_and_peak_are_the_outlets() {
    let cache = tempfile::tempdir().unwrap();
    for lufs in [-16.0, -23.0] {
        let target = Loudness {
            lufs,
            true_peak_db: -1.0,
        };
        let sound = rendered(&bulletin(), cache.path(), target).await;
        assert!((sound.lufs - lufs).abs() <= 0.5, "{} LUFS", sound.lufs);
        assert!(sound.true_peak_db <= -1.0, "{} dBTP", sound.true_peak_db);
        match ffmpeg_measures(&sound.mp3) {
            Some((measured, peak)) => {
                assert!((measured - lufs).abs() <= 0.5, "ffmpeg: {measured} LUFS");
                assert!(peak <= -1.0 + 0.05, "ffmpeg: {peak} dBTP");
            }
            None => println!("skipped: ffmpeg is not here to measure a second time"),
        }
    }
}

#[tokio::test]
async fn the_same_words_give_the_same_bytes_and_sentences_are_said_once() {
    let (cache, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = rendered(&bulletin(), cache.path(), Loudness::default()).await;
    let kept = || std::fs::read_dir(cache.path()).unwrap().count();
    assert_eq!(kept(), first.sentences.len());
    assert_eq!(
        rendered(&bulletin(), cache.path(), Loudness::default()).await,
        first
    );
    assert_eq!(
        rendered(&bulletin(), other.path(), Loudness::default())
            .await
            .sha256,
        first.sha256
    );

    let changed = speak(
        &BULLETIN.replace("cảm ơn", "trân trọng cảm ơn"),
        Lexicon::builtin(),
    );
    let second = rendered(&changed, cache.path(), Loudness::default()).await;
    assert_ne!(second.sha256, first.sha256);
    assert_eq!(
        kept(),
        first.sentences.len() + 1,
        "only the changed sentence is said again"
    );
}

#[tokio::test]
async fn sentences_lie_in_order_within_the_sound() {
    let cache = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    let spoken = bulletin();
    let sound = render(
        &Take::all(&spoken),
        &espeak("vi"),
        cache.path(),
        &Master::default(),
        |done, all| seen.push((done, all)),
    )
    .await
    .unwrap();
    assert_eq!(seen, (1..=4).map(|done| (done, 4)).collect::<Vec<_>>());
    for pair in sound.sentences.windows(2) {
        assert!(
            pair[0].start_ms + pair[0].duration_ms < pair[1].start_ms,
            "{pair:?}"
        );
        assert!(pair[0].source.end <= pair[1].source.start);
    }
    let last = sound.sentences.last().unwrap();
    assert!(last.duration_ms > 300 && last.start_ms + last.duration_ms < sound.duration_ms);
    // 128 kbit/s are 16 bytes a millisecond; LAME adds a frame or two of 26 ms
    let by_size = sound.mp3.len() as u64 / 16;
    assert!(
        by_size.abs_diff(sound.duration_ms) < 120,
        "{by_size} against {}",
        sound.duration_ms
    );
}

#[tokio::test]
async fn all_three_regions_speak_each_in_its_way() {
    let cache = tempfile::tempdir().unwrap();
    let mut sums = Vec::new();
    for voice in ["vi", "vi-vn-x-central", "vi-vn-x-south"] {
        let sound = render(
            &Take::all(&bulletin()),
            &espeak(voice),
            cache.path(),
            &Master::default(),
            |_, _| (),
        )
        .await
        .unwrap();
        sums.push(sound.sha256);
    }
    sums.dedup();
    assert_eq!(sums.len(), 3);
}

#[tokio::test]
async fn a_text_without_words_is_refused() {
    let cache = tempfile::tempdir().unwrap();
    let nothing = speak("*** --- ...", Lexicon::builtin());
    let error = render(
        &Take::all(&nothing),
        &espeak("vi"),
        cache.path(),
        &Master::default(),
        |_, _| (),
    )
    .await
    .unwrap_err();
    assert!(matches!(error, AudioError::NothingToSay), "{error}");
}

#[tokio::test]
async fn a_broken_cache_file_is_said_again() {
    let cache = tempfile::tempdir().unwrap();
    let first = rendered(&bulletin(), cache.path(), Loudness::default()).await;
    let file = std::fs::read_dir(cache.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    std::fs::write(&file, b"RIFF").unwrap();
    assert_eq!(
        rendered(&bulletin(), cache.path(), Loudness::default())
            .await
            .sha256,
        first.sha256
    );
}

#[tokio::test]
async fn a_cache_that_is_no_folder_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = render(
        &Take::all(&bulletin()),
        &espeak("vi"),
        file.path(),
        &Master::default(),
        |_, _| (),
    )
    .await
    .unwrap_err();
    assert!(
        error
            .to_string()
            .contains(&file.path().display().to_string()),
        "{error}"
    );
}

/// Integrated loudness and true peak as ffmpeg's ebur128 filter sees them.
fn ffmpeg_measures(mp3: &[u8]) -> Option<(f64, f64)> {
    let file = tempfile::Builder::new().suffix(".mp3").tempfile().unwrap();
    std::fs::write(file.path(), mp3).unwrap();
    let output = Command::new("ffmpeg")
        .args(["-hide_banner", "-nostats", "-i"])
        .arg(file.path())
        .args(["-af", "ebur128=peak=true", "-f", "null", "-"])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let summary = report.split("Summary:").nth(1)?;
    let value = |name: &str| -> Option<f64> {
        summary
            .split(name)
            .nth(1)?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    };
    Some((value("I:")?, value("Peak:")?))
}
