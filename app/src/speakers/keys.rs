//! The server's key, with which manifests are signed. Made on first use, encrypted at rest.

use loa_air::{PublicKey, SecretKey};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use super::entity::{server_key, speaker};
use crate::app::App;
use crate::clock::random;
use crate::error::Failure;

const PURPOSE: &str = "air";

/// The key that signs manifests.
pub async fn secret_key(app: &App) -> Result<SecretKey, Failure> {
    if let Some(row) = find(app).await? {
        return unseal(app, &row);
    }
    let key = SecretKey::from_seed(&random(app.chance.as_ref()));
    let row = server_key::ActiveModel {
        purpose: Set(PURPOSE.into()),
        public_key: Set(key.public().text()),
        secret: Set(app.secrets.seal(&key.seed(), app.chance.as_ref())?),
        created_at: Set(app.clock.now()),
        ..Default::default()
    };
    // Two processes may begin at once: the first key stays.
    let first = OnConflict::column(server_key::Column::Purpose)
        .do_nothing()
        .to_owned();
    server_key::Entity::insert(row)
        .on_conflict(first)
        .exec_without_returning(&app.db)
        .await?;
    let row = find(app).await?.ok_or(Failure::NotFound)?;
    unseal(app, &row)
}

/// The key a speaker signs with.
pub fn public_key(speaker: &speaker::Model) -> Result<PublicKey, Failure> {
    PublicKey::parse(&speaker.public_key).map_err(|error| Failure::Internal(error.into()))
}

async fn find(app: &App) -> Result<Option<server_key::Model>, Failure> {
    Ok(server_key::Entity::find()
        .filter(server_key::Column::Purpose.eq(PURPOSE))
        .one(&app.db)
        .await?)
}

fn unseal(app: &App, row: &server_key::Model) -> Result<SecretKey, Failure> {
    let seed: [u8; 32] = app
        .secrets
        .open(&row.secret)?
        .try_into()
        .map_err(|_| anyhow::anyhow!("the server's key is not 32 bytes"))?;
    Ok(SecretKey::from_seed(&seed))
}
