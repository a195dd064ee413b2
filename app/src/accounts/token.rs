//! Bearer tokens for programs: bound to a person's rights, shown once, kept as a hash.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::entity::token;
use super::person::{self, Person};
use crate::app::App;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::PersonId;
use crate::web::visitor::new_token;

/// Makes a token for a person. This is the only time it is seen.
pub async fn issue(app: &App, person: PersonId, name: &str, days: i64) -> Result<String, Failure> {
    let secret = format!("loa_{}", new_token(app));
    let now = app.clock.now();
    token::ActiveModel {
        person_id: Set(person),
        name: Set(name.to_owned()),
        token_hash: Set(sha256(secret.as_bytes())),
        created_at: Set(now),
        expires_at: Set(now + TimeDelta::days(days)),
        ..Default::default()
    }
    .insert(&app.db)
    .await?;
    Ok(secret)
}

/// The person behind a token, while it is in force.
pub async fn find(app: &App, secret: &str) -> Result<Option<Person>, Failure> {
    let row = token::Entity::find()
        .filter(token::Column::TokenHash.eq(sha256(secret.as_bytes())))
        .filter(token::Column::ExpiresAt.gt(app.clock.now()))
        .filter(token::Column::RevokedAt.is_null())
        .one(&app.db)
        .await?;
    match row {
        Some(row) => person::find(app, row.person_id).await,
        None => Ok(None),
    }
}
