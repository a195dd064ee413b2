//! `GET /board`: the page that a public screen shows, for nobody in particular.

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::error::Failure;
use crate::web::{Lang, assets};

/// The screen's page, and what keeps it there without a network.
pub fn screens() -> Router<App> {
    Router::new()
        .route("/board", get(async || ScreenPage { lang: Lang::Vi }))
        .route("/board/worker.js", get(worker))
}

/// The same for every screen: what it shows it asks for with its key. In the language of the notices.
#[derive(Template, WebTemplate)]
#[template(path = "boards/screen.html")]
struct ScreenPage {
    lang: Lang,
}

/// Its address bounds what it may keep.
async fn worker() -> Result<Response, Failure> {
    let script = assets::file("keeper.js").ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/javascript"),
        (HeaderName::from_static("service-worker-allowed"), "/board"),
    ];
    Ok((headers, script).into_response())
}
