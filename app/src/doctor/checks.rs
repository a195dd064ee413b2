//! Does this machine have what Loa needs? Each check leaves everything as it found it.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use loa_audio::{Loudness, Master, Take, Voice, render_first};
use loa_db::Store;
use loa_speech::{Lexicon, speak};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

use super::findings::{Findings, step};
use crate::clock::{Clock, local};
use crate::config::Config;
use crate::stories::voices;

/// Less room than this is a fault: about a day of one commune's sound and its receipts.
const TOO_LITTLE: u64 = 200 * 1024 * 1024;
/// How long another program may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// No clock is right that shows a time before this program was written (2026-01-01).
const WRITTEN: i64 = 1_767_225_600;

/// A check has nothing to hand on but what it saw.
type Seen = anyhow::Result<((), String)>;

/// Looks at the store, the disk, the voice, the broker, the checker of signatures, the clock, the mail server and
/// the port.
pub async fn check(config: &Config, clock: &dyn Clock, findings: &mut Findings<'_>) {
    step!(findings, "database", database(config));
    step!(findings, "disk", async { disk(&config.data) });
    step!(findings, "voice", voice(config));
    step!(findings, "broker", async { Ok(broker(config)) });
    step!(findings, "warnings", checker(&config.warnings.checker));
    step!(findings, "clock", async { time(clock) });
    step!(findings, "mail", mail(config));
    step!(findings, "port", port(config));
}

async fn database(config: &Config) -> Seen {
    let store = config.store();
    if let Store::File(path) = &store
        && !path.exists()
    {
        let scratch = tempfile::tempdir().context("no scratch folder")?;
        let trial = Store::File(scratch.path().join("trial.db"));
        loa_db::open(&trial).await?.close().await?;
        let detail = format!(
            "SQLite works; {} is made at the first start",
            path.display()
        );
        return Ok(((), detail));
    }
    let connection = loa_db::connect(&store).await?;
    connection.ping().await.context("it does not answer")?;
    connection.close().await?;
    Ok(((), format!("{} answers", store.shown())))
}

fn disk(data: &Path) -> Seen {
    // The folder may not be there yet: then the one that it will be made in counts.
    let folder = data.ancestors().find(|folder| folder.exists());
    let folder = folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let write = || -> std::io::Result<u64> {
        let mut file = tempfile::tempfile_in(folder)?;
        file.write_all(&vec![7; 1 << 20])?;
        file.sync_all()?;
        let room = rustix::fs::statvfs(folder)?;
        Ok(room.f_bavail.saturating_mul(room.f_frsize))
    };
    let free = write().with_context(|| {
        let shown = folder.display();
        format!("{shown} cannot be written: check that it is yours and the disk has room")
    })?;
    if free < TOO_LITTLE {
        bail!(
            "only {} MB are free on the disk of {}: make room",
            free >> 20,
            folder.display()
        );
    }
    Ok(((), format!("{} GB free, writing works", free >> 30)))
}

async fn voice(config: &Config) -> Seen {
    let speed = i64::from(config.voice.speed);
    let voices = voices(config, &config.voice.name, speed).await?;
    let cache = tempfile::tempdir().context("no scratch folder")?;
    let words = speak("Ngày 01/10/2026, đây là bản tin thử.", Lexicon::builtin());
    let master = Master {
        target: Loudness {
            lufs: config.voice.lufs,
            ..Loudness::default()
        },
        ..Master::default()
    };
    let takes = Take::all(&words);
    let all: Vec<&dyn Voice> = voices.all.iter().map(|(_, voice)| &**voice).collect();
    let rendered = render_first(
        &takes,
        &all,
        voices.patience,
        cache.path(),
        &master,
        |_, _| {},
    )
    .await?;
    let sound = &rendered.sound;
    let mut detail = format!(
        "voice {}: {} ms of sound at {:.1} LUFS",
        voices.all[rendered.voice].0, sound.duration_ms, sound.lufs
    );
    for passed in &rendered.passed_over {
        detail.push_str(&format!(
            "; {} was passed over: {}",
            passed.voice, passed.why
        ));
    }
    Ok(((), detail))
}

fn broker(config: &Config) -> ((), String) {
    let seconds = config.air.poll_seconds;
    let detail = format!("none in use: loudspeakers ask over HTTP every {seconds} s");
    ((), detail)
}

/// Only warnings of others need it.
async fn checker(program: &Path) -> Seen {
    let version = Command::new(program).arg("--version").output();
    let detail = match tokio::time::timeout(PATIENCE, version).await {
        Ok(Ok(answer)) => format!(
            "signatures are checked by {}",
            String::from_utf8_lossy(&answer.stdout).trim()
        ),
        _ => format!(
            "{} is not here: warnings of others are not believed (apt install xmlsec1)",
            program.display()
        ),
    };
    Ok(((), detail))
}

fn time(clock: &dyn Clock) -> Seen {
    let now = clock.now();
    if now.timestamp() < WRITTEN {
        bail!("the clock shows {now}: set it, and keep it right with NTP");
    }
    Ok((
        (),
        format!("{} in Vietnam", local(now).format("%H:%M:%S %d/%m/%Y")),
    ))
}

async fn mail(config: &Config) -> Seen {
    let Some(server) = &config.mail.smtp else {
        let detail = "no mail server is set: reminders stay on the pages ([mail] smtp = \"host:port\" in loa.toml)";
        return Ok(((), detail.into()));
    };
    let greeting = async {
        let stream = TcpStream::connect(server).await?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).await?;
        std::io::Result::Ok(line)
    };
    let greeting = tokio::time::timeout(PATIENCE, greeting)
        .await
        .map_err(anyhow::Error::from)
        .and_then(|line| line.map_err(Into::into))
        .with_context(|| format!("{server} does not answer: check [mail] smtp in loa.toml"))?;
    if !greeting.starts_with("220") {
        bail!("{server} is no mail server: check [mail] smtp in loa.toml");
    }
    Ok(((), format!("{server} answers")))
}

async fn port(config: &Config) -> Seen {
    let listen = &config.web.listen;
    let detail = match TcpListener::bind(listen).await {
        Ok(_) => format!("{listen} is free"),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let url = format!("http://{listen}/health");
            let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
            let answer = client.get(&url).send().await;
            let answer = match answer {
                Ok(answer) => answer.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if answer != "ok" {
                bail!(
                    "another program listens on {listen}: end it, or choose another with [web] listen in loa.toml"
                );
            }
            format!("Loa answers on {listen}")
        }
        Err(error) => {
            bail!("{listen} cannot be used ({error}): choose another with [web] listen in loa.toml")
        }
    };
    Ok(((), detail))
}
