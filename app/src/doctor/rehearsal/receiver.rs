//! A real `loa-speaker` process.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail};
use serde::Deserialize;
use tokio::process::{Child, Command};

/// A loudspeaker that plays into files; it ends when this is dropped.
pub(super) struct Receiver {
    folder: PathBuf,
    _process: Child,
}

/// What `loa-speaker status --json` tells of what matters here.
#[derive(Deserialize)]
pub(super) struct Told {
    /// How many receipts the server has not acknowledged.
    pub(super) receipts_waiting: usize,
}

impl Receiver {
    /// Enrols with a code and starts to play.
    pub(super) async fn start(folder: PathBuf, server: &str, code: &str) -> anyhow::Result<Self> {
        let program = program()?;
        let data = folder.join("data");
        std::fs::create_dir_all(folder.join("played"))?;
        let enrolled = Command::new(&program)
            .args(["enrol", "--server", server, "--code", code, "--data"])
            .arg(&data)
            .output()
            .await
            .with_context(|| format!("{} does not start", program.display()))?;
        if !enrolled.status.success() {
            bail!("{}", String::from_utf8_lossy(&enrolled.stderr).trim());
        }
        let log = std::fs::File::create(folder.join("log"))?;
        let process = Command::new(&program)
            .args(["run", "--poll", "1", "--data"])
            .arg(&data)
            .arg("--out")
            .arg(format!("file:{}", folder.join("played").display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        Ok(Self {
            folder,
            _process: process,
        })
    }

    /// How it is.
    pub(super) async fn status(&self) -> anyhow::Result<Told> {
        let told = Command::new(program()?)
            .args(["status", "--json", "--data"])
            .arg(self.folder.join("data"))
            .output()
            .await?;
        serde_json::from_slice(&told.stdout)
            .with_context(|| String::from_utf8_lossy(&told.stderr).into_owned())
    }

    /// How many bytes of sound it played.
    pub(super) fn played(&self) -> anyhow::Result<u64> {
        let mut bytes = 0;
        for file in std::fs::read_dir(self.folder.join("played"))? {
            bytes += file?.metadata()?.len();
        }
        Ok(bytes)
    }

    /// The last it logged, for whoever wants to know why.
    pub(super) fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        log.lines().last().unwrap_or("it logged nothing").to_owned()
    }
}

/// Beside this program, where `make build` and packages put it.
fn program() -> anyhow::Result<PathBuf> {
    let beside = std::env::current_exe()?;
    let beside = beside
        .parent()
        .unwrap_or(Path::new("."))
        .join("loa-speaker");
    if !beside.exists() {
        bail!(
            "{} is not there: build it with `make build`",
            beside.display()
        );
    }
    Ok(beside)
}
