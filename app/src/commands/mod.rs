//! The command line: the same words as the code. One line for an error; exit 2 for bad input,
//! 1 for a fault.

mod broker;
mod doctor;
mod plan;
mod say;
mod serve;
mod speak;
mod user;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::App;
use crate::config::Config;

/// Runs a government's public-information programme.
#[derive(Parser)]
#[command(name = "loa", version)]
pub struct Cli {
    /// The data folder.
    #[arg(long, global = true, env = "LOA_DATA", default_value = "loa-data")]
    data: PathBuf,
    /// A PostgreSQL URL instead of a file in the data folder.
    #[arg(long, global = true, env = "LOA_DATABASE")]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the pages, the API, the portal and the loudspeakers, and work through the queue.
    Serve(serve::Serve),
    /// Only work through the queue, beside other processes on the same PostgreSQL.
    Work,
    /// Plans.
    #[command(subcommand)]
    Plan(plan::Plan),
    Say(say::Say),
    Speak(speak::Speak),
    Verify(verify::Verify),
    /// A broker beside this program.
    #[command(subcommand)]
    Broker(broker::Broker),
    /// Accounts.
    #[command(subcommand)]
    User(user::User),
    /// Make a bearer token for a person; it is shown once.
    Token(user::Token),
    Doctor(doctor::Doctor),
}

/// What a command came to when it did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// What was given cannot be used: exit 2.
    #[error("{0}")]
    Input(String),
    /// A fault: exit 1.
    #[error("{0:#}")]
    Fault(#[from] anyhow::Error),
}

/// Runs a command.
pub async fn run(cli: Cli) -> ExitCode {
    // Two TLS providers are linked; one must be chosen before the first connection.
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        tracing::debug!("a TLS provider is already installed");
    }
    let answer = match cli.config() {
        Ok(config) => match cli.command {
            Command::Serve(serve) => serve.run(config).await,
            Command::Work => work(config).await,
            Command::Plan(plan) => plan.run(),
            Command::Say(say) => say.run(config).await,
            Command::Speak(speak) => speak.run(config).await,
            Command::Verify(verify) => verify.run(config).await,
            Command::Broker(broker) => broker.run(config).await,
            Command::User(user) => user.run(config).await,
            Command::Token(token) => token.run(config).await,
            Command::Doctor(doctor) => doctor.run(config).await,
        },
        Err(stop) => Err(stop),
    };
    match answer {
        Ok(code) => code,
        Err(stop) => {
            eprintln!("loa: {stop}");
            ExitCode::from(if matches!(stop, Stop::Input(_)) { 2 } else { 1 })
        }
    }
}

impl Cli {
    fn config(&self) -> Result<Config, Stop> {
        let mut config = Config::of(&self.data).map_err(|error| Stop::Input(error.to_string()))?;
        if self.database.is_some() {
            config.database.clone_from(&self.database);
        }
        Ok(config)
    }
}

async fn work(config: Config) -> Result<ExitCode, Stop> {
    serve::log();
    let app = App::open(config).await?;
    if app.config.broker.outside.is_some() {
        crate::signal::start(&app)
            .await
            .map_err(anyhow::Error::from)?;
    }
    crate::schedule::work(app).await;
    Ok(ExitCode::SUCCESS)
}
