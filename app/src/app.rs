//! What every part is handed: settings, store, clock, chance, files, an HTTP client.

use std::{ops::Deref, sync::Arc};

use sea_orm::{DatabaseConnection, DatabaseTransaction};

use crate::broker::Broker;
use crate::clock::{Chance, Clock, SystemChance, SystemClock};
use crate::config::Config;
use crate::error::Failure;
use crate::secrets::Secrets;
use crate::{files::Files, http::Http, lexicon::Lexicons};

/// A running installation. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// Its parts.
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// The store.
    pub db: DatabaseConnection,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Files by their hash.
    pub files: Files,
    /// Encrypts what must not be read from the store alone.
    pub secrets: Secrets,
    /// How words are read, in memory.
    pub lexicon: Lexicons,
    /// What is said to loudspeakers at once.
    pub broker: Broker,
    /// For pages fetched as proof, and addresses that people type in.
    pub http: Http,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Opens the installation that the settings name, on the machine's clock.
    pub async fn open(config: Config) -> anyhow::Result<Self> {
        let db = loa_db::open(&config.store()).await?;
        Self::with(config, db, Arc::new(SystemClock), Arc::new(SystemChance))
    }

    /// Puts an installation together from its parts.
    pub fn with(
        config: Config,
        db: DatabaseConnection,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> anyhow::Result<Self> {
        let files = Files::in_folder(&config.data.join("files"))?;
        let secrets = Secrets::of(&config.data, chance.as_ref())?;
        Ok(Self(Arc::new(Parts {
            http: Http::new(&config.outside.private)?,
            config,
            db,
            clock,
            chance,
            files,
            secrets,
            lexicon: Lexicons::default(),
            broker: Broker::default(),
        })))
    }

    /// Begins a transaction that will write.
    pub async fn begin(&self) -> Result<DatabaseTransaction, Failure> {
        Ok(loa_db::begin(&self.db).await?)
    }
}
