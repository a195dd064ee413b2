//! `loa user add` and `loa token`.

use std::io::BufRead;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::Stop;
use crate::accounts::{self, Role};
use crate::app::App;
use crate::config::Config;
use crate::units::UnitTree;

/// Accounts.
#[derive(Subcommand)]
pub enum User {
    /// Open an account; the password is read from standard input.
    Add {
        /// What the person types to sign in.
        login: String,
        /// Their name.
        #[arg(long)]
        name: String,
        /// `editor`, `approver`, `programme_officer` …
        #[arg(long)]
        role: Role,
        /// The key of their unit.
        #[arg(long)]
        unit: String,
    },
}

/// A token for a program.
#[derive(Args)]
pub struct Token {
    /// Whose rights it carries.
    login: String,
    /// What it is for.
    #[arg(long, default_value = "program")]
    name: String,
    /// How long it is in force.
    #[arg(long, default_value_t = 90)]
    days: i64,
}

impl User {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode, Stop> {
        let Self::Add {
            login,
            name,
            role,
            unit,
        } = self;
        let app = App::open(config).await?;
        let mut password = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut password)
            .context("the password cannot be read")?;
        let password = password.trim_end_matches(['\r', '\n']);
        if password.chars().count() < 10 {
            return Err(Stop::Input(
                "a password has at least 10 characters; give it on standard input".into(),
            ));
        }
        let tree = UnitTree::load(&app.db).await.map_err(anyhow::Error::from)?;
        let unit = tree
            .by_key(&unit)
            .ok_or_else(|| Stop::Input(format!("no unit has the key '{unit}'")))?;
        if accounts::find_by_login(&app, &login)
            .await
            .map_err(anyhow::Error::from)?
            .is_some()
        {
            return Err(Stop::Input(format!("'{login}' already has an account")));
        }
        let transaction = app.begin().await.map_err(anyhow::Error::from)?;
        let person = accounts::create(&app, &transaction, &login, &name, password)
            .await
            .map_err(anyhow::Error::from)?;
        accounts::grant(&transaction, person, role, unit)
            .await
            .map_err(anyhow::Error::from)?;
        transaction.commit().await.map_err(anyhow::Error::from)?;
        println!("{login}: {name}");
        Ok(ExitCode::SUCCESS)
    }
}

impl Token {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode, Stop> {
        let app = App::open(config).await?;
        let person = accounts::find_by_login(&app, &self.login)
            .await
            .map_err(anyhow::Error::from)?
            .ok_or_else(|| Stop::Input(format!("'{}' has no account", self.login)))?;
        let token = accounts::token::issue(&app, person.id, &self.name, self.days)
            .await
            .map_err(anyhow::Error::from)?;
        println!("{token}");
        Ok(ExitCode::SUCCESS)
    }
}
