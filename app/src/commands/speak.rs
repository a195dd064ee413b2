//! `loa speak`: a text as a sound that may be broadcast.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use loa_audio::{AudioError, Loudness, Master, Sound, Tags, Take, Voice, render_first};
use serde_json::json;

use super::{Stop, say};
use crate::config::Config;
use crate::files::sha256;
use crate::lexicon;
use crate::stories::voices;

/// A text as a sound that may be broadcast: read by the voice with the province's lexicon, brought
/// to one loudness, as MP3 or Opus.
#[derive(Args)]
pub struct Speak {
    /// The text, or `-` for standard input.
    file: PathBuf,
    /// Where the sound goes: MP3, or Opus when the name ends in `.opus` or `.ogg`.
    #[arg(long)]
    out: PathBuf,
    /// `vi`, `vi-vn-x-central`, `vi-vn-x-south`, or `server:` and a voice of the speech server that
    /// is configured; the configured voice when nothing is said.
    #[arg(long)]
    voice: Option<String>,
    /// Percent of a newsreader's pace, 70 to 130.
    #[arg(long)]
    speed: Option<u32>,
    /// Loudness in LUFS (EBU R128).
    #[arg(long, allow_hyphen_values = true)]
    lufs: Option<f64>,
    /// What players show as the title.
    #[arg(long, default_value = "")]
    title: String,
    /// Write length, loudness, voice and hash as JSON.
    #[arg(long)]
    json: bool,
}

impl Speak {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode, Stop> {
        let lufs = self.lufs.unwrap_or(config.voice.lufs);
        if !(-40.0..=-5.0).contains(&lufs) {
            return Err(Stop::Input(format!(
                "{lufs} LUFS is no loudness for speech: give a number from -40 to -5"
            )));
        }
        let speed = self.speed.unwrap_or(config.voice.speed);
        if !(70..=130).contains(&speed) {
            return Err(Stop::Input(format!(
                "{speed} % is no speed anybody can follow: give a number from 70 to 130"
            )));
        }
        let text = say::read(&self.file)?;
        let name = self.voice.as_deref().unwrap_or(&config.voice.name);
        let voices = voices(&config, name, i64::from(speed))
            .await
            .map_err(|error| Stop::Input(error.to_string()))?;
        let master = Master {
            target: Loudness {
                lufs,
                ..Loudness::default()
            },
            tags: Tags {
                title: self.title.clone(),
                ..Tags::default()
            },
            opus: self.is_opus(),
        };
        // A scratch folder: a single text has nothing to gain from a cache that stays.
        let cache = tempfile::tempdir().context("no scratch folder")?;
        let takes = Take::all(&lexicon::of_store(&config).await?.speak(&text));
        let progress = |done: usize, all: usize| eprint!("\r{done}/{all}");
        let all: Vec<&dyn Voice> = voices.all.iter().map(|(_, voice)| &**voice).collect();
        let rendered = render_first(
            &takes,
            &all,
            voices.patience,
            cache.path(),
            &master,
            progress,
        )
        .await;
        eprintln!();
        let rendered = rendered.map_err(stop)?;
        for passed in &rendered.passed_over {
            eprintln!("{}: {}", passed.voice, passed.why);
        }
        let sound = &rendered.sound;
        keep(&self.out, sound.opus.as_deref().unwrap_or(&sound.mp3))?;
        println!("{}", self.told(sound, &voices.all[rendered.voice].0));
        Ok(ExitCode::SUCCESS)
    }

    /// Whether the file is to be Opus, by its ending.
    fn is_opus(&self) -> bool {
        let ending = self.out.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| {
            ["opus", "ogg"]
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        })
    }

    fn told(&self, sound: &Sound, voice: &str) -> String {
        let (milliseconds, lufs) = (sound.duration_ms, sound.lufs);
        if self.json {
            let sha256 = sound
                .opus
                .as_deref()
                .map_or_else(|| sound.sha256.clone(), sha256);
            return json!({
                "duration_ms": milliseconds,
                "lufs": lufs,
                "true_peak_db": sound.true_peak_db,
                "sha256": sha256,
                "voice": voice,
            })
            .to_string();
        }
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000 / 100);
        format!("{}: {seconds}.{rest} s, {lufs:.1} LUFS", self.out.display())
    }
}

fn stop(error: AudioError) -> Stop {
    match error {
        AudioError::NothingToSay => Stop::Input(error.to_string()),
        other => Stop::Fault(other.into()),
    }
}

/// Whole or not at all: a player never finds half a sound.
fn keep(out: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let written =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).and_then(|mut file| {
            file.write_all(bytes)?;
            file.persist(out).map_err(|error| error.error)?;
            Ok(())
        });
    written.map_err(|error| {
        Stop::Input(format!(
            "{} cannot be written ({error}): check that the folder exists, is yours and has room",
            out.display()
        ))
    })
}
