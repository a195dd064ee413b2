//! espeak-ng as a voice. It is GPL, so it stays a program of its own: text in by standard input,
//! WAV out by standard output, nothing linked.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use loa_speech::Language;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::pcm::{Pcm, WavError};
use crate::voice::{Voice, VoiceError};

const PROGRAM: &str = "espeak-ng";
/// A sentence takes espeak-ng milliseconds; a program that needs this long is hanging.
const SENTENCE_LIMIT: Duration = Duration::from_secs(20);
const PROBE_LIMIT: Duration = Duration::from_secs(5);
const PROBE_STEP: Duration = Duration::from_millis(10);
/// Ten minutes at 48 kHz: no sentence is longer, and a program that writes for ever must stop.
const LONGEST_ANSWER: u64 = 10 * 60 * 48_000 * 2;
const LONGEST_COMPLAINT: u64 = 4096;

/// espeak-ng with one of its Vietnamese voices: `vi` (northern), `vi-vn-x-central`, `vi-vn-x-south`.
#[derive(Clone, Debug)]
pub struct Espeak {
    program: PathBuf,
    voice: String,
    pace: u32,
    limit: Duration,
    version: String,
    /// The voices of other languages, by their tags.
    languages: Arc<BTreeSet<String>>,
    name: String,
}

impl Espeak {
    /// Words a minute: a newsreader's pace, slower than the 175 of espeak-ng.
    pub const PACE: u32 = 155;

    /// Finds the program (by default `espeak-ng` on the path) and checks that it has the voice.
    pub fn find(program: Option<&Path>, voice: &str) -> Result<Self, VoiceError> {
        let program = program.map_or_else(|| PathBuf::from(PROGRAM), Path::to_owned);
        let list = probe(&program, "--voices=vi")?;
        let available: Vec<&str> = list
            .lines()
            .skip(1)
            .filter_map(|line| line.split_whitespace().nth(1))
            .collect();
        if !available.contains(&voice) {
            return Err(VoiceError::VoiceMissing {
                program: shown(&program),
                voice: voice.to_owned(),
                available: if available.is_empty() {
                    "none for Vietnamese".to_owned()
                } else {
                    available.join(", ")
                },
            });
        }
        let version = probe(&program, "--version")?
            .split_once(": ")
            .and_then(|(_, rest)| rest.split_whitespace().next())
            .unwrap_or("unknown")
            .to_owned();
        // A program without such a list says everything in Vietnamese.
        let program_list = probe(&program, "--voices").unwrap_or_default();
        let espeak = Self {
            program,
            voice: voice.to_owned(),
            pace: Self::PACE,
            limit: SENTENCE_LIMIT,
            version,
            languages: Arc::new(languages(&program_list)),
            name: String::new(),
        };
        Ok(espeak.named())
    }

    /// Speaks at another pace, in words a minute (80 to 300).
    #[must_use]
    pub fn with_pace(mut self, words_per_minute: u32) -> Self {
        self.pace = words_per_minute.clamp(80, 300);
        self.named()
    }

    /// Speaks at a speed in percent of [`Espeak::PACE`] (50 to 200).
    #[must_use]
    pub fn with_speed(self, percent: u32) -> Self {
        self.with_pace(Self::PACE * percent.clamp(50, 200) / 100)
    }

    /// Gives up on a sentence after another time.
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    fn named(mut self) -> Self {
        self.name = format!("espeak-ng {} {} {}", self.version, self.voice, self.pace);
        self
    }

    /// The voice for a language; the Vietnamese one when espeak-ng does not know the language.
    fn voice_for<'a>(&'a self, language: Option<&'a Language>) -> &'a str {
        let Some(language) = language.filter(|language| !language.is_vietnamese()) else {
            return &self.voice;
        };
        let tag = language.tag();
        let whole = tag.to_ascii_lowercase();
        let short = tag.split('-').next().unwrap_or(tag);
        let known = |tag: &str| self.languages.get(tag).map(String::as_str);
        known(&whole)
            .or_else(|| known(short))
            .unwrap_or(&self.voice)
    }

    async fn run(&self, sentence: &str, voice: &str) -> Result<Vec<u8>, VoiceError> {
        let failed = |source| run_error(&self.program, source);
        let mut child = tokio::process::Command::new(&self.program)
            .args([
                "-v",
                voice,
                "-s",
                &self.pace.to_string(),
                "--stdin",
                "--stdout",
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let (Some(mut input), Some(output), Some(complaint)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(failed(std::io::ErrorKind::BrokenPipe.into()));
        };
        let write = async move {
            // A program that ends without reading is judged by its status and its answer.
            let _ = input.write_all(sentence.as_bytes()).await;
            let _ = input.write_all(b"\n").await;
        };
        let (mut answer, mut message) = (Vec::new(), Vec::new());
        let mut output = output.take(LONGEST_ANSWER);
        let mut complaint = complaint.take(LONGEST_COMPLAINT);
        let ((), read, complained) = tokio::join!(
            write,
            output.read_to_end(&mut answer),
            complaint.read_to_end(&mut message)
        );
        read.and(complained).map_err(failed)?;
        if answer.len() as u64 == LONGEST_ANSWER {
            return Err(VoiceError::NotSound {
                program: shown(&self.program),
                source: WavError::TooLong,
            });
        }
        let status = child.wait().await.map_err(failed)?;
        if !status.success() {
            let message = String::from_utf8_lossy(&message)
                .lines()
                .next()
                .unwrap_or("no message")
                .to_owned();
            return Err(VoiceError::Failed {
                program: shown(&self.program),
                status: status.to_string(),
                message,
            });
        }
        Ok(answer)
    }
}

#[async_trait]
impl Voice for Espeak {
    async fn say(&self, sentence: &str, language: Option<&Language>) -> Result<Pcm, VoiceError> {
        let voice = self.voice_for(language);
        let answer = tokio::time::timeout(self.limit, self.run(sentence, voice))
            .await
            .map_err(|_| VoiceError::TimedOut {
                program: shown(&self.program),
                limit: self.limit,
            })??;
        Pcm::from_wav(&answer).map_err(|source| VoiceError::NotSound {
            program: shown(&self.program),
            source,
        })
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// One for each core, and two on a single one: one program's start is hidden behind the other's
    /// speaking.
    fn at_once(&self) -> usize {
        std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2))
    }
}

/// The tags that `-v` takes, from the table of `espeak-ng --voices`: the second column, and the
/// "other languages" in brackets at the end.
fn languages(list: &str) -> BTreeSet<String> {
    list.lines()
        .skip(1)
        .flat_map(|line| {
            let own = line.split_whitespace().nth(1);
            let other = line.split('(').skip(1).filter_map(|part| {
                let mut words = part.split(')').next()?.split_whitespace();
                let tag = words.next()?;
                words.next()?.parse::<u32>().is_ok().then_some(tag)
            });
            own.into_iter().chain(other)
        })
        .map(str::to_ascii_lowercase)
        .collect()
}

/// Runs the program with one argument and gives what it prints, within a time limit.
fn probe(program: &Path, argument: &str) -> Result<String, VoiceError> {
    let mut child = std::process::Command::new(program)
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|source| run_error(program, source))?;
    let output = child.stdout.take();
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(output) = output {
            let _ = output.take(1 << 20).read_to_end(&mut text);
        }
        String::from_utf8_lossy(&text).into_owned()
    });
    for _ in 0..PROBE_LIMIT.as_millis() / PROBE_STEP.as_millis() {
        match child
            .try_wait()
            .map_err(|source| run_error(program, source))?
        {
            Some(_) => return Ok(reader.join().unwrap_or_default()),
            None => std::thread::sleep(PROBE_STEP),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(VoiceError::TimedOut {
        program: shown(program),
        limit: PROBE_LIMIT,
    })
}

fn run_error(program: &Path, source: std::io::Error) -> VoiceError {
    let program = shown(program);
    if source.kind() == std::io::ErrorKind::NotFound {
        VoiceError::ProgramMissing { program }
    } else {
        VoiceError::Run { program, source }
    }
}

fn shown(program: &Path) -> String {
    program.display().to_string()
}
