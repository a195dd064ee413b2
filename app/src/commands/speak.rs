//! `loa speak`: a text as a sound that may be broadcast.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use loa_audio::{AudioError, Espeak, Loudness, Sound, VoiceError, render};
use serde_json::json;

use super::{Stop, say};
use crate::config::Config;
use crate::lexicon;

/// A text as a sound that may be broadcast: read by the voice with the province's lexicon, brought
/// to one loudness, as MP3.
#[derive(Args)]
pub struct Speak {
    /// The text, or `-` for standard input.
    file: PathBuf,
    /// Where the MP3 goes.
    #[arg(long)]
    out: PathBuf,
    /// `vi`, `vi-vn-x-central` or `vi-vn-x-south`; the configured one when nothing is said.
    #[arg(long)]
    voice: Option<String>,
    /// Loudness in LUFS (EBU R128).
    #[arg(long, allow_hyphen_values = true)]
    lufs: Option<f64>,
    /// Write length, loudness and hash as JSON.
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
        let text = say::read(&self.file)?;
        let name = self.voice.as_deref().unwrap_or(&config.voice.name);
        let voice = Espeak::find(config.voice.program.as_deref(), name)
            .map_err(|error| Stop::Input(error.to_string()))?;
        let target = Loudness {
            lufs,
            ..Loudness::default()
        };
        // A scratch folder: a single text has nothing to gain from a cache that stays.
        let cache = tempfile::tempdir().context("no scratch folder")?;
        let spoken = lexicon::of_store(&config).await?.speak(&text);
        let progress = |done: usize, all: usize| eprint!("\r{done}/{all}");
        let sound = render(&spoken, &voice, cache.path(), target, progress).await;
        eprintln!();
        let sound = sound.map_err(stop)?;
        keep(&self.out, &sound.mp3)?;
        println!("{}", self.told(&sound));
        Ok(ExitCode::SUCCESS)
    }

    fn told(&self, sound: &Sound) -> String {
        let (milliseconds, lufs) = (sound.duration_ms, sound.lufs);
        if self.json {
            let (sha256, peak) = (&sound.sha256, sound.true_peak_db);
            return json!({"duration_ms": milliseconds, "lufs": lufs, "true_peak_db": peak, "sha256": sha256})
                .to_string();
        }
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000 / 100);
        format!("{}: {seconds}.{rest} s, {lufs:.1} LUFS", self.out.display())
    }
}

fn stop(error: AudioError) -> Stop {
    match error {
        AudioError::NothingToSay
        | AudioError::Voice {
            source: VoiceError::ProgramMissing { .. } | VoiceError::VoiceMissing { .. },
            ..
        } => Stop::Input(error.to_string()),
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
