//! `loa broker mosquitto`: who may do what at a broker of one's own.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use loa_air::BrokerUrl;

use super::Stop;
use crate::app::App;
use crate::config::Config;
use crate::signal::mosquitto_rights;

/// A broker beside this program.
#[derive(Subcommand)]
pub enum Broker {
    /// Write `loa.passwords` and `loa.acl` for Mosquitto (`password_file`, `acl_file`): the server and
    /// every loudspeaker, each with its own topics. Write them again when loudspeakers enrol or are
    /// revoked, and send Mosquitto a SIGHUP.
    Mosquitto {
        /// The folder for both files.
        #[arg(long)]
        out: PathBuf,
    },
}

impl Broker {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode, Stop> {
        let Self::Mosquitto { out } = self;
        let outside = config.broker.outside.as_deref();
        let login = outside.and_then(|url| BrokerUrl::parse(url)?.login);
        let Some((name, password)) = login else {
            return Err(Stop::Input(
                "section broker of loa.toml names no outside broker with a name and a password: \
                 outside = \"mqtts://loa:password@host:8883\""
                    .into(),
            ));
        };
        let app = App::open(config.clone()).await?;
        let rights = mosquitto_rights(&app, (name, password))
            .await
            .map_err(|failure| Stop::Fault(anyhow::anyhow!("{failure}")))?;
        std::fs::create_dir_all(&out).with_context(|| out.display().to_string())?;
        write(&out.join("loa.passwords"), &rights.passwords)?;
        write(&out.join("loa.acl"), &rights.acl)?;
        println!("{}: loa.passwords, loa.acl", out.display());
        Ok(ExitCode::SUCCESS)
    }
}

/// Readable by its owner only.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| path.display().to_string())
}
