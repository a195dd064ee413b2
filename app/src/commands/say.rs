//! `loa say`: a text as it is read aloud.

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::Stop;
use crate::config::Config;
use crate::lexicon::{self, InForce};

/// A text as it is read aloud, with the province's lexicon when the data folder has one.
#[derive(Args)]
pub struct Say {
    /// The text, or `-` for standard input.
    file: PathBuf,
    /// Read every line for itself and write its spoken form as a line.
    #[arg(long)]
    lines: bool,
    /// Write JSON: the words, and each stretch of the text with what is said for it and why.
    #[arg(long)]
    json: bool,
}

impl Say {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode, Stop> {
        let lexicon = lexicon::of_store(&config).await?;
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let written = if self.lines {
            self.each_line(&lexicon, &mut out)
        } else {
            self.whole(&lexicon, &mut out)
        };
        written?;
        // Whoever reads may have read enough.
        match out.flush() {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(anyhow::Error::from(error).into())
            }
            _ => Ok(ExitCode::SUCCESS),
        }
    }

    fn whole(&self, lexicon: &InForce, out: &mut impl Write) -> Result<(), Stop> {
        let text = read(&self.file)?;
        writeln!(out, "{}", self.spoken(lexicon, &text)?).context("the words cannot be written")?;
        Ok(())
    }

    /// A line at a time, so that a long text needs no room.
    fn each_line(&self, lexicon: &InForce, out: &mut impl Write) -> Result<(), Stop> {
        let input = open(&self.file)?;
        for (number, line) in std::io::BufReader::new(input).split(b'\n').enumerate() {
            let line = line.context("the text cannot be read")?;
            let Ok(line) = String::from_utf8(line) else {
                return Err(Stop::Input(format!(
                    "line {} of {} is not UTF-8: save the text as UTF-8",
                    number + 1,
                    shown(&self.file)
                )));
            };
            let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
            if let Err(error) = writeln!(out, "{}", self.spoken(lexicon, line)?) {
                if error.kind() == std::io::ErrorKind::BrokenPipe {
                    break;
                }
                return Err(anyhow::Error::from(error).into());
            }
        }
        Ok(())
    }

    fn spoken(&self, lexicon: &InForce, text: &str) -> Result<String, Stop> {
        if !self.json {
            return Ok(lexicon.speak(text).text());
        }
        let json = lexicon::reading_json(lexicon, text);
        Ok(serde_json::to_string(&json).context("the words cannot be written")?)
    }
}

/// A whole text from a file or standard input.
pub(super) fn read(file: &Path) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    open(file)?
        .read_to_end(&mut bytes)
        .with_context(|| format!("{} cannot be read", shown(file)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].split(|byte| *byte == b'\n').count();
        Stop::Input(format!(
            "{}, line {line}: not UTF-8; save the text as UTF-8",
            shown(file)
        ))
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn open(file: &Path) -> Result<Box<dyn Read>, Stop> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    match std::fs::File::open(file) {
        Ok(open) => Ok(Box::new(open)),
        Err(error) => Err(Stop::Input(format!(
            "{} cannot be opened ({error}): check the path",
            file.display()
        ))),
    }
}

fn shown(file: &Path) -> String {
    if file == Path::new("-") {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    }
}
