//! Answers of the portal: the same for everybody, so they are made once, and made again when
//! something has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QuerySelect};

use crate::app::App;
use crate::audit::entity::entry;
use crate::error::Failure;
use crate::files::sha256;
use crate::web::etag;

/// For how many seconds others may keep an answer: what is withdrawn is gone after a minute.
pub(super) const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=60");
/// So many answers are held; the portal's newest pages are far fewer.
const MOST: usize = 1000;

/// An answer as it was made.
#[derive(Debug, Clone)]
pub(super) struct Made {
    status: StatusCode,
    media_type: &'static str,
    body: Bytes,
    tag: HeaderValue,
    changed: Option<HeaderValue>,
}

/// The answers that were made, by what was asked for.
#[derive(Clone, Default)]
pub(super) struct Kept(Arc<Mutex<HashMap<String, (Moment, Made)>>>);

/// Two answers of the same moment are the same: nothing was changed in between, as the last line
/// of the audit shows, and it is the same minute, since what is on the air next passes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    change: Option<i64>,
    minute: i64,
}

impl Kept {
    /// The answer to `asked`: the one that is held, or else the one that `make` comes to.
    pub(super) async fn answer(
        &self,
        app: &App,
        asked: String,
        make: impl Future<Output = Result<Made, Failure>>,
    ) -> Result<Made, Failure> {
        // What changes while the answer is made makes the next one anew.
        let now = Moment::of(app).await?;
        if let Some((_, known)) = self.lock().get(&asked).filter(|(then, _)| *then == now) {
            return Ok(known.clone());
        }
        let anew = make.await?;
        let mut held = self.lock();
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(asked, (now, anew.clone()));
        Ok(anew)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Moment, Made)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Moment {
    async fn of(app: &App) -> Result<Self, Failure> {
        let change: Option<Option<i64>> = entry::Entity::find()
            .select_only()
            .column_as(entry::Column::Id.max(), "last")
            .into_tuple()
            .one(&app.db)
            .await?;
        Ok(Self {
            change: change.flatten(),
            minute: app.clock.now().timestamp().div_euclid(60),
        })
    }
}

impl Made {
    /// A page.
    pub(super) fn page(
        page: &impl Template,
        changed: Option<DateTime<Utc>>,
    ) -> Result<Self, Failure> {
        let body = page.render().map_err(anyhow::Error::from)?;
        Self::text("text/html; charset=utf-8", body, changed)
    }

    /// The page of something that is no longer there.
    pub(super) fn gone(page: &impl Template) -> Result<Self, Failure> {
        Ok(Self {
            status: StatusCode::GONE,
            ..Self::page(page, None)?
        })
    }

    /// Any text.
    pub(super) fn text(
        media_type: &'static str,
        body: String,
        changed: Option<DateTime<Utc>>,
    ) -> Result<Self, Failure> {
        let tag = format!("\"{}\"", &sha256(body.as_bytes())[..32]);
        let changed = changed.map(|at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
        let header = |text: &str| HeaderValue::from_str(text).map_err(anyhow::Error::from);
        Ok(Self {
            status: StatusCode::OK,
            media_type,
            body: body.into(),
            tag: header(&tag)?,
            changed: changed.as_deref().map(header).transpose()?,
        })
    }

    /// Sends it, unless whoever asks has it already (RFC 9110, section 13; RFC 9111).
    pub(super) fn send(self, asked: &HeaderMap) -> Response {
        let kind = HeaderValue::from_static(self.media_type);
        if self.status != StatusCode::OK {
            return (self.status, [(header::CONTENT_TYPE, kind)], self.body).into_response();
        }
        let mut response = if self.tag.to_str().is_ok_and(|tag| etag::has(asked, tag)) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(header::CONTENT_TYPE, kind)], self.body).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, PUBLIC);
        headers.insert(header::ETAG, self.tag);
        if let Some(changed) = self.changed {
            headers.insert(header::LAST_MODIFIED, changed);
        }
        response
    }
}
