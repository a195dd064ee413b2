//! Signed-in browsers. The browser holds a token; the store only its hash.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::entity::session;
use super::person::{self, Person};
use crate::app::App;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::PersonId;
use crate::web::visitor::new_token;

/// A session ends after a working day without use.
const LENGTH: TimeDelta = TimeDelta::hours(12);

/// A session in use.
pub struct Session {
    /// Who signed in.
    pub person: Person,
    /// The token that forms must bring back.
    pub csrf: String,
}

/// Begins a session with a new token; an old one in the same browser is never carried on.
pub async fn begin(app: &App, person: PersonId) -> Result<String, Failure> {
    let now = app.clock.now();
    let token = new_token(app);
    session::ActiveModel {
        token_hash: Set(sha256(token.as_bytes())),
        person_id: Set(person),
        csrf: Set(new_token(app)),
        created_at: Set(now),
        seen_at: Set(now),
        expires_at: Set(now + LENGTH),
    }
    .insert(&app.db)
    .await?;
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lt(now))
        .exec(&app.db)
        .await?;
    Ok(token)
}

/// The session of a token, while it lasts. Use carries it on, noted once a minute.
pub async fn find(app: &App, token: &str) -> Result<Option<Session>, Failure> {
    let now = app.clock.now();
    let Some(row) = session::Entity::find_by_id(sha256(token.as_bytes()))
        .one(&app.db)
        .await?
    else {
        return Ok(None);
    };
    if row.expires_at <= now {
        return Ok(None);
    }
    let Some(person) = person::find(app, row.person_id).await? else {
        return Ok(None);
    };
    let csrf = row.csrf.clone();
    if now - row.seen_at > TimeDelta::minutes(1) {
        let mut seen: session::ActiveModel = row.into();
        seen.seen_at = Set(now);
        seen.expires_at = Set(now + LENGTH);
        seen.update(&app.db).await?;
    }
    Ok(Some(Session { person, csrf }))
}

/// Ends a session.
pub async fn end(app: &App, token: &str) -> Result<(), Failure> {
    session::Entity::delete_by_id(sha256(token.as_bytes()))
        .exec(&app.db)
        .await?;
    Ok(())
}
