//! What stands around every page of the portal.

use std::convert::Infallible;

use askama::Template;
use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::kept::Made;
use super::released::unit_names;
use crate::app::App;
use crate::clock::local_day;
use crate::error::{Failure, Problem};
use crate::outlets::entity::outlet;
use crate::web::Lang;

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
pub(super) fn gone(frame: Frame) -> Result<Made, Failure> {
    Made::gone(&ProblemPage {
        title: frame.t("portal-gone"),
        advice: frame.t("portal-gone-advice"),
        frame,
    })
}
