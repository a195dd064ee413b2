//! Rights at a broker that is not our own, as Mosquitto reads them: one file with passwords, hashed, and
//! one that says who may do what.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use loa_air::{Topic, broker_password};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::Sha512;

use crate::app::App;
use crate::clock::random;
use crate::error::Failure;
use crate::speakers::entity::speaker;
use crate::speakers::secret_key;

/// How often a password is hashed: Mosquitto's own choice. The passwords are 64 random bytes, so more
/// would make nothing safer.
const ROUNDS: u32 = 101;

/// The two files, for the server under its name and password and all speakers whose keys count.
pub struct Rights {
    /// `password_file`
    pub passwords: String,
    /// `acl_file`
    pub acl: String,
}

/// Makes them; to be made again whenever a speaker enrols or is revoked.
pub async fn mosquitto_rights(app: &App, server: (&str, &str)) -> Result<Rights, Failure> {
    let key = secret_key(app).await?;
    let speakers = speaker::Entity::find()
        .filter(speaker::Column::RevokedAt.is_null())
        .order_by_asc(speaker::Column::Id)
        .all(&app.db)
        .await?;
    let mut passwords = String::new();
    let mut acl = String::new();
    let salt = || random::<12>(app.chance.as_ref());
    let (name, password) = server;
    // Writing to a text cannot fail.
    let _ = writeln!(passwords, "{name}:{}", hashed(password, salt()));
    let _ = writeln!(acl, "user {name}\ntopic readwrite loa/v1/#");
    for row in speakers {
        let id = row.id.0;
        let hash = hashed(&broker_password(&key, id), salt());
        let _ = writeln!(passwords, "{id}:{hash}");
        let _ = writeln!(acl, "\nuser {id}");
        for heard in Topic::heard_by(id, row.area_id.0) {
            let _ = writeln!(acl, "topic read {heard}");
        }
        for said in Topic::said_by(id) {
            let _ = writeln!(acl, "topic write {said}");
        }
    }
    Ok(Rights { passwords, acl })
}

/// `$7$rounds$salt$hash`: PBKDF2 with HMAC-SHA-512, as `mosquitto_passwd` writes it.
fn hashed(password: &str, salt: [u8; 12]) -> String {
    let hash = pbkdf2::pbkdf2_hmac_array::<Sha512, 64>(password.as_bytes(), &salt, ROUNDS);
    format!(
        "$7${ROUNDS}${}${}",
        STANDARD.encode(salt),
        STANDARD.encode(hash)
    )
}
