//! `loa serve`: one process for everything.

use std::process::ExitCode;

use clap::Args;
use tokio::net::TcpListener;

use super::Stop;
use crate::app::App;
use crate::config::Config;
use crate::{example, schedule, signal, web};

/// What `serve` can be told.
#[derive(Args)]
pub struct Serve {
    /// Address and port to listen on.
    #[arg(long)]
    listen: Option<String>,
    /// The address people and loudspeakers use, when it is another.
    #[arg(long)]
    url: Option<String>,
    /// Put the bundled example programme into a store that is still empty.
    #[arg(long)]
    example: bool,
}

impl Serve {
    pub(super) async fn run(self, mut config: Config) -> Result<ExitCode, Stop> {
        log();
        loa_broker::raise_open_files();
        if let Some(listen) = self.listen {
            config.web.listen = listen;
        }
        if self.url.is_some() {
            config.web.url = self.url;
        }
        let listener = bind(&config.web.listen).await?;
        let url = config.url();
        let app = App::open(config).await?;
        let accounts = if self.example {
            example::load(&app).await?
        } else {
            None
        };
        println!("Loa: {url}");
        if let Some(accounts) = accounts {
            println!("{accounts}");
        }
        if let Err(error) = signal::start(&app).await {
            // Loudspeakers still ask by themselves.
            tracing::error!(error.cause = %error, "there is no broker: what is urgent is heard later");
        }
        tokio::spawn(schedule::work(app.clone()));
        web::serve(listener, app).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Logs to standard error; `RUST_LOG` says how much.
pub(super) fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        "info,sqlx=warn,sea_orm_migration=warn,symphonia=error,symphonia_bundle_mp3=error".into()
    });
    // A second call, as in tests, keeps the first one's choice.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

async fn bind(listen: &str) -> Result<TcpListener, Stop> {
    TcpListener::bind(listen).await.map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program listens there: end it, or choose another port"
            }
            std::io::ErrorKind::PermissionDenied => {
                "this account may not listen there: choose a port above 1023"
            }
            _ => "it is not an address of this machine: write it as 127.0.0.1:8080",
        };
        Stop::Input(format!(
            "cannot listen on {listen}: {why}, with --listen 127.0.0.1:8081 for one"
        ))
    })
}
