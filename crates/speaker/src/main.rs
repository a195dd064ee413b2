//! `loa-speaker`: parses, matches, runs.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, Subcommand};
use loa_air::Invitation;
use loa_speaker::{MachineClock, Output, Swarm, Trial};
use rand::SeedableRng;
use rand::rngs::StdRng;

/// The receiver behind a Loa loudspeaker.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Enrol this speaker with a one-time code from the speakers' page.
    Enrol {
        /// Address of the server, such as <https://loa.example.vn>.
        #[arg(long, required_unless_present = "invitation")]
        server: Option<String>,
        /// The one-time code.
        #[arg(long, required_unless_present = "invitation")]
        code: Option<String>,
        /// What the QR code on the speakers' page says, in place of both: it names the server's key too.
        #[arg(long, conflicts_with_all = ["server", "code"])]
        invitation: Option<String>,
        /// Folder of this speaker.
        #[arg(long)]
        data: PathBuf,
        /// What it is called; without it, as the server names it.
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Play and report until stopped.
    Run {
        /// Folder of this speaker.
        #[arg(long)]
        data: PathBuf,
        /// `alsa`, `alsa:DEVICE`, `file:PATH.wav` (what was played last), `file:FOLDER` (all) or `null`.
        #[arg(long, default_value = "alsa")]
        out: Output,
        /// How often to ask the server, in seconds; without it, as the server wishes.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        poll: Option<u32>,
        /// 0 to 100.
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u8).range(0..=100))]
        volume: u8,
    },
    /// Many simulated speakers, to try a server: prints what was measured once its input ends.
    Swarm {
        /// Address of the server.
        #[arg(long)]
        server: String,
        /// File with enrolment codes, one a line.
        #[arg(long)]
        codes: PathBuf,
        /// So many of them at most.
        #[arg(long)]
        count: Option<usize>,
        /// As JSON: one line when all are connected, one at the end.
        #[arg(long)]
        json: bool,
    },
    /// Hold a server against docs/air.md, point by point. Uses up a code; the speaker that it makes is
    /// revoked on the server's page afterwards. Exit 1 when a point is wrong.
    Conform {
        /// Address of the server.
        server: String,
        /// A one-time code from the speakers' page.
        #[arg(long)]
        code: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Hold a device against docs/air.md, point by point, as a server of its own: enrol the device with what is
    /// printed first; it takes about two minutes then. Exit 1 when a point is wrong.
    Trial {
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
        /// What the device is told, such as <http://192.168.1.5:8090>; without it, where it listens.
        #[arg(long)]
        address: Option<String>,
        /// So many minutes a device may take to come.
        #[arg(long, default_value_t = 10)]
        patience: u64,
        /// As JSON: the invitation first, then all that was found.
        #[arg(long)]
        json: bool,
    },
    /// What this speaker holds and has still to tell.
    Status {
        /// Folder of this speaker.
        #[arg(long)]
        data: PathBuf,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    let level =
        tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_env_filter(level)
        .init();
    // One provider of encryption, chosen before the first connection.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match act(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("loa-speaker: {error}");
            ExitCode::FAILURE
        }
    }
}

fn act(command: Command) -> anyhow::Result<()> {
    let mut dice = StdRng::from_os_rng();
    match command {
        Command::Enrol {
            server,
            code,
            invitation,
            data,
            name,
        } => {
            let invitation = match invitation {
                Some(text) => text.parse()?,
                None => Invitation {
                    server: server.unwrap_or_default(),
                    code: code.unwrap_or_default(),
                    server_key: None,
                },
            };
            let identity = loa_speaker::enrol(&invitation, &name, &data, &mut dice)?;
            println!(
                "speaker {} of area {}, server key pinned",
                identity.speaker, identity.area
            );
        }
        Command::Run {
            data,
            out,
            poll,
            volume,
        } => {
            let poll = poll.map(|seconds| Duration::from_secs(u64::from(seconds)));
            loa_speaker::run(
                &data,
                &out,
                poll,
                volume,
                Box::new(MachineClock::start()),
                Box::new(dice),
            )?;
        }
        Command::Swarm {
            server,
            codes,
            count,
            json,
        } => {
            let text = std::fs::read_to_string(&codes)
                .with_context(|| format!("the codes {} cannot be read", codes.display()))?;
            let codes = text.lines().map(str::trim).filter(|code| !code.is_empty());
            let codes = codes
                .take(count.unwrap_or(usize::MAX))
                .map(str::to_owned)
                .collect();
            let summary = loa_speaker::swarm(
                &Swarm { server, codes },
                Box::new(MachineClock::start()),
                dice,
                |count| println!("{{\"ready\":{count}}}"),
                // Whoever started it closes its input.
                || drop(std::io::copy(&mut std::io::stdin(), &mut std::io::sink())),
            )?;
            if json {
                println!("{}", serde_json::to_string(&summary)?);
            } else {
                println!("{summary:#?}");
            }
        }
        Command::Conform { server, code, json } => {
            let clock = Box::new(MachineClock::start());
            let found = loa_speaker::conform(&server, &code, clock, Box::new(dice));
            if json {
                println!("{}", serde_json::to_string(&found)?);
            } else {
                println!("{found}");
            }
            anyhow::ensure!(found.ok, "the server does not keep to docs/air.md");
        }
        Command::Trial {
            listen,
            address,
            patience,
            json,
        } => trial(
            listen,
            address,
            Duration::from_secs(patience * 60),
            json,
            Box::new(dice),
        )?,
        Command::Status { data, json } => {
            let report = loa_speaker::report(&data)?;
            if json {
                println!("{}", serde_json::to_string(&report)?);
            } else {
                println!("{report}");
            }
        }
    }
    Ok(())
}

fn trial(
    listen: SocketAddr,
    address: Option<String>,
    patience: Duration,
    json: bool,
    dice: Box<StdRng>,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let clock = Box::new(MachineClock::start());
    let trial = runtime
        .block_on(Trial::open(listen, address, clock, dice))
        .with_context(|| format!("{listen} cannot be listened on"))?;
    let invitation = &trial.invitation;
    if json {
        let first = serde_json::json!({
            "server": invitation.server, "code": invitation.code, "invitation": invitation.to_string(),
        });
        println!("{first}");
    } else {
        println!("address {}, code {}", invitation.server, invitation.code);
        println!("or the invitation: {invitation}");
    }
    // Each point as it is settled: two minutes are long.
    let found = trial.run(patience, |point| eprintln!("{point}"));
    if json {
        println!("{}", serde_json::to_string(&found)?);
    } else {
        println!("{found}");
    }
    anyhow::ensure!(found.ok, "the device does not keep to docs/air.md");
    Ok(())
}
