//! Who may ask: a request signed by a speaker that is enrolled, of now, and not heard before.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use chrono::TimeDelta;
use loa_air::{Claim, MAX_SKEW, read_authorization, verify_request};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::entity::{nonce, speaker};
use super::presence::note_presence;
use super::public_key;
use crate::app::App;
use crate::error::Failure;
use crate::ids::SpeakerId;

/// Whatever is wrong with a request, the answer is the same: nobody learns which speakers there are.
pub const UNKNOWN: Failure = Failure::Forbidden("air-unknown");
/// A hundred envelopes are far smaller.
const BODY_LIMIT: usize = 1024 * 1024;

/// A request that a speaker signed.
pub struct Admitted {
    /// Which speaker.
    pub speaker: speaker::Model,
    /// The headers.
    pub headers: HeaderMap,
    /// What it sent.
    pub body: Bytes,
}

impl FromRequest<App> for Admitted {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let asked = Asked::read(request).await?;
        let (method, path) = (&asked.method, asked.path.as_str());
        let speaker = authenticate(app, method, path, &asked.headers, &asked.body).await?;
        Ok(Self {
            speaker,
            headers: asked.headers,
            body: asked.body,
        })
    }
}

/// A request of which nobody knows yet who signed it.
pub struct Asked {
    /// The method.
    pub method: Method,
    /// The path with its query, as it was asked for, before the router took its prefix off.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// What was sent.
    pub body: Bytes,
}

impl Asked {
    /// Reads it whole; 422 when it is longer than anything that is asked here.
    pub async fn read(request: Request) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, BODY_LIMIT)
            .await
            .map_err(|_| Failure::Invalid("error-form"))?;
        let uri = parts
            .extensions
            .get::<OriginalUri>()
            .map_or(&parts.uri, |uri| &uri.0);
        let path = uri
            .path_and_query()
            .map_or(uri.path(), axum::http::uri::PathAndQuery::as_str);
        Ok(Self {
            path: path.to_owned(),
            method: parts.method,
            headers: parts.headers,
            body,
        })
    }
}

/// Who a request says it is from.
pub fn claim(headers: &HeaderMap) -> Result<Claim, Failure> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .ok_or(UNKNOWN)?;
    read_authorization(header).map_err(|_| UNKNOWN)
}

/// The speaker that signed a request. `path` is the path with its query, as it was asked for.
/// The rules are in docs/air.md, 'Requests'.
pub async fn authenticate(
    app: &App,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<speaker::Model, Failure> {
    let now = app.clock.now();
    let claim = claim(headers)?;
    let row = enrolled(&app.db, SpeakerId(claim.speaker)).await?;
    let row = row.ok_or(UNKNOWN)?;
    let asked = (method.as_str(), path);
    verify_request(&claim, &public_key(&row)?, asked, body, now).map_err(|_| UNKNOWN)?;
    let used = nonce::ActiveModel {
        speaker_id: Set(row.id),
        nonce: Set(claim.nonce),
        at: Set(now),
    };
    let once = OnConflict::columns([nonce::Column::SpeakerId, nonce::Column::Nonce])
        .do_nothing()
        .to_owned();
    let first = nonce::Entity::insert(used)
        .on_conflict(once)
        .exec_without_returning(&app.db)
        .await?;
    if first == 0 {
        return Err(UNKNOWN);
    }
    note_presence(&app.db, row.id, row.seen_at, now).await?;
    let seen = speaker::ActiveModel {
        id: Set(row.id),
        seen_at: Set(Some(now)),
        ..Default::default()
    };
    Ok(seen.update(&app.db).await?)
}

/// A speaker whose key counts.
pub async fn enrolled(
    connection: &impl ConnectionTrait,
    id: SpeakerId,
) -> Result<Option<speaker::Model>, Failure> {
    let row = speaker::Entity::find_by_id(id).one(connection).await?;
    Ok(row.filter(|row| row.revoked_at.is_none()))
}

/// Those of some speakers whose keys count.
pub async fn all_enrolled(
    connection: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = SpeakerId>,
) -> Result<BTreeMap<SpeakerId, speaker::Model>, Failure> {
    let rows = speaker::Entity::find()
        .filter(speaker::Column::Id.is_in(ids))
        .filter(speaker::Column::RevokedAt.is_null())
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Forgets request numbers so old that the time of their requests no longer passes; run now and
/// then.
pub async fn forget_requests(app: &App) -> Result<(), Failure> {
    // A request may be dated ahead of its coming by the skew, and come again until it lies behind.
    let before = app.clock.now() - MAX_SKEW * 2 - TimeDelta::minutes(1);
    nonce::Entity::delete_many()
        .filter(nonce::Column::At.lt(before))
        .exec(&app.db)
        .await?;
    Ok(())
}

/// Tells loudspeakers the time with every answer, also when they are refused.
pub async fn tell_time(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let time = HeaderValue::from(app.clock.now().timestamp_millis());
    let name = HeaderName::from_static("loa-time");
    response.headers_mut().insert(name, time);
    response
}
