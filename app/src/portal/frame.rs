//! What stands around every page of the portal, and how its answers may be kept.

use std::convert::Infallible;

use askama::Template;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::released::unit_names;
use crate::app::App;
use crate::clock::local_day;
use crate::error::{Failure, Problem};
use crate::files::sha256;
use crate::outlets::entity::outlet;
use crate::web::Lang;

/// For how many seconds an answer may be kept: what is withdrawn is gone after a minute.
const KEPT: &str = "public, max-age=60";

/// A reader, of whom nothing is known but what the address says.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// The language of the frame; the stories are in Vietnamese.
    pub(super) lang: Lang,
    path: String,
}

/// The frame of a page.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) lang: Lang,
    path: String,
    /// What the portal is called: the name of its outlet.
    pub(super) name: String,
    /// Whose it is, by the name of today.
    pub(super) agency: String,
}

#[derive(Template)]
#[template(path = "portal/problem.html")]
struct ProblemPage {
    frame: Frame,
    title: String,
    advice: String,
}

impl Frame {
    /// The frame for a reader.
    pub(super) async fn of(app: &App, reader: &Reader) -> Result<Self, Failure> {
        let mut frame = Self::plain(reader);
        let portal = outlet::Entity::find()
            .filter(outlet::Column::Kind.eq("portal"))
            .filter(outlet::Column::ClosedAt.is_null())
            .order_by_asc(outlet::Column::Id)
            .one(&app.db)
            .await?;
        if let Some(portal) = portal {
            let today: NaiveDate = local_day(app.clock.now());
            let names = unit_names(&app.db, &[(portal.unit_id, today)]).await?;
            frame.name = portal.name;
            frame.agency = names.into_iter().next().unwrap_or_default();
        }
        Ok(frame)
    }

    fn plain(reader: &Reader) -> Self {
        Self {
            lang: reader.lang,
            path: reader.path.clone(),
            name: reader.lang.t("portal-name"),
            agency: String::new(),
        }
    }

    /// A text by its name.
    pub(super) fn t(&self, name: &str) -> String {
        self.lang.t(name)
    }

    /// A text with one value in it.
    pub(super) fn tv(&self, name: &str, value: impl std::fmt::Display) -> String {
        self.lang.tv(name, value)
    }

    pub(super) fn here(&self, path: &str) -> bool {
        self.path == path
    }

    /// An address of the portal, in the language of this page.
    pub(super) fn link(&self, address: &str) -> String {
        match (self.lang, address.contains('?')) {
            (Lang::Vi, _) => address.to_owned(),
            (Lang::En, true) => format!("{address}&lang=en"),
            (Lang::En, false) => format!("{address}?lang=en"),
        }
    }

    pub(super) fn other(&self) -> Lang {
        match self.lang {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let english = query.split('&').any(|pair| pair == "lang=en");
        Ok(Self {
            lang: if english { Lang::En } else { Lang::Vi },
            path: parts.uri.path().to_owned(),
        })
    }
}

/// A page, to be kept for a while and asked for again by its tag (RFC 9111, RFC 9110 section 13).
pub(super) fn answer(
    asked: &HeaderMap,
    page: &impl Template,
    changed: Option<DateTime<Utc>>,
) -> Result<Response, Failure> {
    let body = page.render().map_err(anyhow::Error::from)?;
    Ok(keep(asked, ("text/html; charset=utf-8", body), changed))
}

/// Any text, to be kept like a page.
pub(super) fn keep(
    asked: &HeaderMap,
    (media_type, body): (&'static str, String),
    changed: Option<DateTime<Utc>>,
) -> Response {
    let tag = format!("\"{}\"", &sha256(body.as_bytes())[..32]);
    let known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    // A proxy that compresses marks the tag as weak: it is the same page.
    let same = known.is_some_and(|known| {
        known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == tag)
    });
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, media_type)], body).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    let changed = changed.map(|at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    if let Some(Ok(changed)) = changed.map(|at| HeaderValue::from_str(&at)) {
        headers.insert(header::LAST_MODIFIED, changed);
    }
    response
}

/// Turns failures into pages of the portal.
pub(super) async fn layer(reader: Reader, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(Problem { status, message }) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let frame = Frame::plain(&reader);
    let text = match status {
        StatusCode::NOT_FOUND => "portal-not-found",
        _ => "portal-trouble",
    };
    let page = ProblemPage {
        title: frame.t(text),
        advice: frame.t(&format!("{text}-advice")),
        frame,
    };
    let body = page.render().unwrap_or_else(|_| message.to_owned());
    (status, Html(body)).into_response()
}

/// The page of a story that was taken back.
pub(super) fn gone(frame: Frame) -> Result<Response, Failure> {
    let page = ProblemPage {
        title: frame.t("portal-gone"),
        advice: frame.t("portal-gone-advice"),
        frame,
    };
    let body = page.render().map_err(anyhow::Error::from)?;
    Ok((StatusCode::GONE, Html(body)).into_response())
}
