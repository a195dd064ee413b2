//! Throw-away stores for tests.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use sea_orm_migration::MigratorTrait;
use tempfile::TempDir;

use crate::migrations::Migrator;
use crate::open::{Store, connect};

/// A store of its own for one test: a scratch file, or a schema of its own on a PostgreSQL server.
pub struct TestStore {
    /// How to open it once more.
    pub store: Store,
    /// Open, with all tables.
    pub connection: DatabaseConnection,
    _folder: Option<TempDir>,
}

impl TestStore {
    /// In a scratch folder.
    ///
    /// # Panics
    /// When the machine has no scratch folder: a test cannot go on.
    pub async fn sqlite() -> Self {
        Self::sqlite_after(None).await
    }

    /// The same with the tables of an earlier version: after so many steps of migration.
    ///
    /// # Panics
    /// When the machine has no scratch folder: a test cannot go on.
    pub async fn sqlite_after(steps: Option<u32>) -> Self {
        let folder = TempDir::new().expect("a scratch folder");
        let store = Store::File(folder.path().join("loa.db"));
        let connection = stepped(&store, steps).await;
        Self {
            store,
            connection,
            _folder: Some(folder),
        }
    }

    /// In a schema named `name` on the server at `url`; an older one of that name goes first.
    ///
    /// # Panics
    /// When the server cannot be used: a test cannot go on.
    pub async fn postgres(url: &str, name: &str) -> Self {
        Self::postgres_after(url, name, None).await
    }

    /// The same with the tables of an earlier version: after so many steps of migration.
    ///
    /// # Panics
    /// When the server cannot be used: a test cannot go on.
    pub async fn postgres_after(url: &str, name: &str, steps: Option<u32>) -> Self {
        let server = Database::connect(url).await.expect("the test server");
        let backend = server.get_database_backend();
        for sql in [
            format!("DROP SCHEMA IF EXISTS \"{name}\" CASCADE"),
            format!("CREATE SCHEMA \"{name}\""),
        ] {
            server
                .execute_raw(Statement::from_string(backend, sql))
                .await
                .expect("a schema");
        }
        server.close().await.expect("closed");
        let joint = if url.contains('?') { '&' } else { '?' };
        let store = Store::Server(format!("{url}{joint}options=-c%20search_path%3D{name}"));
        let connection = stepped(&store, steps).await;
        Self {
            store,
            connection,
            _folder: None,
        }
    }
}

async fn stepped(store: &Store, steps: Option<u32>) -> DatabaseConnection {
    let connection = connect(store).await.expect("a new store");
    Migrator::up(&connection, steps).await.expect("its tables");
    connection
}
