//! Files by their SHA-256: documents as imported, rendered sound, pages as fetched.

pub mod entity;

use std::path::{Path, PathBuf};

use anyhow::Context;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use sha2::{Digest, Sha256};

use crate::error::Failure;

/// The store of files.
pub struct Files {
    store: Box<dyn ObjectStore>,
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

impl Files {
    /// Files in a folder of this machine.
    pub fn in_folder(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| folder_advice(folder))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .with_context(|| folder_advice(folder))?
            .with_fsync(true);
        Ok(Self {
            store: Box::new(store),
        })
    }

    /// Keeps a file and answers its hash. Keeping the same file again costs nothing and changes nothing.
    pub async fn keep(
        &self,
        connection: &impl ConnectionTrait,
        bytes: &[u8],
        media_type: &str,
        at: chrono::DateTime<chrono::Utc>,
    ) -> Result<String, Failure> {
        let hash = sha256(bytes);
        self.store
            .put(&key(&hash), bytes.to_vec().into())
            .await
            .map_err(Failure::of_disk)?;
        let row = entity::file::ActiveModel {
            sha256: Set(hash.clone()),
            bytes: Set(i64::try_from(bytes.len()).context("a file of that size")?),
            media_type: Set(media_type.to_owned()),
            created_at: Set(at),
        };
        entity::file::Entity::insert(row)
            .on_conflict(
                OnConflict::column(entity::file::Column::Sha256)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(connection)
            .await?;
        Ok(hash)
    }

    /// A file by its hash; its bytes are checked against it.
    pub async fn get(&self, hash: &str) -> Result<Vec<u8>, Failure> {
        let found = match self.store.get(&key(hash)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Err(Failure::NotFound),
            Err(error) => return Err(Failure::Internal(error.into())),
        };
        let bytes = found.bytes().await.context("a file cannot be read")?;
        if sha256(&bytes) != hash {
            return Err(Failure::Internal(anyhow::anyhow!(
                "the file {hash} was changed on the disk"
            )));
        }
        Ok(bytes.to_vec())
    }
}

fn key(hash: &str) -> Key {
    let fold = hash.get(..2).unwrap_or("__");
    Key::from(format!("{fold}/{hash}"))
}

fn folder_advice(folder: &Path) -> String {
    let shown: PathBuf = folder.to_owned();
    format!(
        "the folder {} cannot be used: check that it is yours and the disk has room",
        shown.display()
    )
}
