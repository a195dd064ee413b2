//! Who may ask: a request signed by a board that is enrolled, of now. What a board asks may come twice without
//! harm, so numbers of requests are not kept.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use loa_air::{PublicKey, verify_request};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};

use super::entity::board;
use crate::app::App;
use crate::error::Failure;
use crate::ids::BoardId;
use crate::speakers::{Asked, UNKNOWN, claim};

/// A request that a board signed.
pub struct Admitted {
    /// Which board.
    pub board: board::Model,
    /// The headers.
    pub headers: HeaderMap,
    /// What it sent.
    pub body: Bytes,
}

impl FromRequest<App> for Admitted {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let asked = Asked::read(request).await?;
        let now = app.clock.now();
        let claim = claim(&asked.headers)?;
        let row = board::Entity::find_by_id(BoardId(claim.speaker))
            .one(&app.db)
            .await?
            .filter(|row| row.revoked_at.is_none())
            .ok_or(UNKNOWN)?;
        let key = public_key(&row)?.ok_or(UNKNOWN)?;
        let what = (asked.method.as_str(), asked.path.as_str());
        verify_request(&claim, &key, what, &asked.body, now).map_err(|_| UNKNOWN)?;
        let seen = board::ActiveModel {
            id: Set(row.id),
            seen_at: Set(Some(now)),
            ..Default::default()
        };
        Ok(Self {
            board: seen.update(&app.db).await?,
            headers: asked.headers,
            body: asked.body,
        })
    }
}

/// The key a board signs with; none before it came.
pub fn public_key(board: &board::Model) -> Result<Option<PublicKey>, Failure> {
    let parse = |key: &String| PublicKey::parse(key);
    let key = board.public_key.as_ref().map(parse).transpose();
    key.map_err(|error| Failure::Internal(error.into()))
}
