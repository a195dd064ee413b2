//! Programs that are missing, lack the voice, hang, fail or talk nonsense: each with its message.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use loa_audio::{AudioError, Espeak, Master, Take, Voice, VoiceError, render};
use loa_speech::{Lexicon, speak};

/// A shell script in the place of espeak-ng; `answer` runs when it is asked to speak.
fn program(folder: &Path, answer: &str) -> PathBuf {
    let path = folder.join("espeak-ng");
    let script = format!(
        "#!/bin/sh\ncase \"$1\" in\n--voices=vi) printf 'Pty Language\\n 5  vi  --/M Vietnamese\\n'; exit 0;;\n--version) echo 'eSpeak NG text-to-speech: 9.9'; exit 0;;\nesac\n{answer}\n"
    );
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

async fn answer_of(script: &str) -> VoiceError {
    let folder = tempfile::tempdir().unwrap();
    let voice = Espeak::find(Some(&program(folder.path(), script)), "vi")
        .unwrap()
        .with_limit(Duration::from_millis(700));
    voice.say("xin chào", None).await.unwrap_err()
}

#[test]
fn a_missing_program_says_what_to_install() {
    let error = Espeak::find(Some(Path::new("/nowhere/espeak-ng")), "vi").unwrap_err();
    assert!(matches!(error, VoiceError::ProgramMissing { .. }));
    assert!(
        error.to_string().contains("apt-get install espeak-ng"),
        "{error}"
    );
}

#[test]
fn a_missing_voice_says_which_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let error = Espeak::find(Some(&program(folder.path(), "exit 1")), "vi-vn-x-south").unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("vi-vn-x-south") && message.contains("it has: vi."),
        "{message}"
    );
}

#[tokio::test]
async fn a_hanging_program_is_stopped() {
    let error = answer_of("exec sleep 600").await;
    assert!(matches!(error, VoiceError::TimedOut { .. }), "{error}");
}

#[tokio::test]
async fn garbage_is_not_taken_for_sound() {
    let error = answer_of("cat >/dev/null; echo 'Hello, I am not a WAV file'").await;
    assert!(matches!(error, VoiceError::NotSound { .. }), "{error}");
    let error = answer_of("cat >/dev/null").await;
    assert!(matches!(error, VoiceError::NotSound { .. }), "{error}");
}

#[tokio::test]
async fn a_program_that_never_stops_talking_is_stopped() {
    let error = answer_of("exec yes").await;
    assert!(
        matches!(
            error,
            VoiceError::TimedOut { .. } | VoiceError::NotSound { .. }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn a_failure_carries_the_programs_own_words() {
    let error = answer_of("cat >/dev/null; echo 'no sound card' >&2; exit 3").await;
    assert!(
        error.to_string().contains("no sound card") && error.to_string().contains('3'),
        "{error}"
    );
}

#[tokio::test]
async fn the_text_is_never_an_argument() {
    let folder = tempfile::tempdir().unwrap();
    let seen = folder.path().join("seen");
    let script = format!("echo \"$@\" > {0}; cat >> {0}", seen.display());
    let voice = Espeak::find(Some(&program(folder.path(), &script)), "vi").unwrap();
    voice.say("--help", None).await.unwrap_err();
    let seen = std::fs::read_to_string(seen).unwrap();
    let (arguments, input) = seen.split_once('\n').unwrap();
    assert!(!arguments.contains("--help"), "{arguments}");
    assert_eq!(input.trim(), "--help");
}

#[tokio::test]
async fn the_rendering_names_the_sentence_that_failed() {
    let folder = tempfile::tempdir().unwrap();
    let voice = Espeak::find(
        Some(&program(folder.path(), "cat >/dev/null; exit 1")),
        "vi",
    )
    .unwrap();
    let spoken = speak("Câu thứ nhất. Câu thứ hai.", Lexicon::builtin());
    let error = render(
        &Take::all(&spoken),
        &voice,
        &folder.path().join("cache"),
        &Master::default(),
        |_, _| (),
    )
    .await
    .unwrap_err();
    assert!(matches!(error, AudioError::Voice { .. }));
    assert!(error.to_string().contains("Câu thứ"), "{error}");
}
