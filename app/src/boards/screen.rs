//! `GET /board`: the page that a public screen shows, for nobody in particular.

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::routing::get;

use crate::app::App;
use crate::web::{Lang, assets};

/// The screen's page, and what keeps it there without a network.
pub fn screens() -> Router<App> {
    Router::new()
        .route("/board", get(async || ScreenPage { lang: Lang::Vi }))
        .route("/board/worker.js", get(async || assets::keeper("/board")))
}

/// The same for every screen: what it shows it asks for with its key. In the language of the notices.
#[derive(Template, WebTemplate)]
#[template(path = "boards/screen.html")]
struct ScreenPage {
    lang: Lang,
}
