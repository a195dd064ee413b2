//! Opening a store, with errors a person can act on.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::migrations::Migrator;

/// Where the data is: a file of this machine or a PostgreSQL server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Store {
    /// SQLite, in write-ahead mode.
    File(PathBuf),
    /// `postgres://…`
    Server(String),
}

impl Store {
    /// A PostgreSQL URL, or the path of a file.
    pub fn parse(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Server(text.to_owned())
        } else {
            Self::File(PathBuf::from(
                text.strip_prefix("sqlite://").unwrap_or(text),
            ))
        }
    }

    /// How it is named to people: never with the password.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Server(url) => {
                let host = url.rsplit_once('@').map_or(url.as_str(), |(_, host)| host);
                format!("postgres://{}", host.trim_start_matches("postgres://"))
            }
        }
    }
}

/// Why a store cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or written.
    #[error(
        "the data folder {path} cannot be written ({cause}): check that it exists, is yours and that the disk has room"
    )]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system answered.
        cause: std::io::Error,
    },
    /// Nobody answers, or the answer is no.
    #[error(
        "the database {shown} cannot be reached ({cause}): check that it runs, its address, user and password"
    )]
    Unreachable {
        /// Which one, without its password.
        shown: String,
        /// What it answered.
        cause: DbErr,
    },
    /// The tables cannot be brought up to date.
    #[error(
        "the tables of {shown} cannot be brought up to date ({cause}): nothing was changed; keep the data and report this"
    )]
    Migrate {
        /// Which one, without its password.
        shown: String,
        /// What it answered.
        cause: DbErr,
    },
}

/// Opens a store and brings its tables up to date.
pub async fn open(store: &Store) -> Result<DatabaseConnection, OpenError> {
    let connection = connect(store).await?;
    Migrator::up(&connection, None)
        .await
        .map_err(|cause| OpenError::Migrate {
            shown: store.shown(),
            cause,
        })?;
    Ok(connection)
}

/// Opens a store and leaves its tables as they are.
pub async fn connect(store: &Store) -> Result<DatabaseConnection, OpenError> {
    if let Store::File(path) = store {
        make_folder(path.parent().unwrap_or(Path::new(".")))?;
    }
    Database::connect(options(store))
        .await
        .map_err(|cause| OpenError::Unreachable {
            shown: store.shown(),
            cause,
        })
}

/// Begins a transaction that will write. On SQLite it takes the write lock at once, so that two
/// writers wait for each other instead of failing half-way.
pub async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    connection
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        })
        .await
}

/// Lets those who name the same thing pass one after the other, until their transactions end. On
/// SQLite a transaction of [`begin`] has no others beside it.
pub async fn one_by_one(
    transaction: &impl ConnectionTrait,
    thing: &'static str,
) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        let lock = Statement::from_sql_and_values(DbBackend::Postgres, lock, [thing.into()]);
        transaction.query_one_raw(lock).await?;
    }
    Ok(())
}

fn make_folder(folder: &Path) -> Result<(), OpenError> {
    let refused = |cause| OpenError::Folder {
        path: folder.to_owned(),
        cause,
    };
    std::fs::create_dir_all(folder).map_err(refused)?;
    tempfile::tempfile_in(folder).map(drop).map_err(refused)
}

fn options(store: &Store) -> ConnectOptions {
    let url = match store {
        Store::File(path) => format!("sqlite://{}?mode=rwc", path.display()),
        Store::Server(url) => url.clone(),
    };
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(8)
        .connect_timeout(Duration::from_secs(8))
        .acquire_timeout(Duration::from_secs(15))
        .sqlx_logging(false)
        // A commit that was answered survives a power cut: WAL with full synchronisation.
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
        });
    options
}
