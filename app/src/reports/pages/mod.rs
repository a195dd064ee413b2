//! The pages of reports: the board, one report, its text, the evidence behind a figure, its paper.

mod acts;
mod board;
mod edit;
mod figure;
mod file;
mod show;

use axum::Router;
use axum::routing::{get, post};

use super::period::Timing;
use crate::app::App;
use crate::web::Lang;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/reports", get(board::show).post(acts::open))
        // Also `/reports/12.docx` and `/reports/12.pdf`.
        .route("/reports/{id}", get(show::show))
        .route("/reports/{id}/edit", get(edit::edit))
        .route("/reports/{id}/text", post(edit::write))
        .route("/reports/{id}/figures", post(acts::recount))
        .route("/reports/{id}/figures/{code}", get(figure::show))
        .route("/reports/{id}/submission", post(acts::submit))
        .route("/reports/{id}/return", post(acts::return_))
        .route("/reports/{id}/acceptance", post(acts::accept))
        .route("/reports/{id}/amendment", post(acts::amend))
}

/// How a report stands, in words, and whether it is too late.
pub fn in_words(lang: Lang, timing: Timing, handed_in: bool) -> (String, bool) {
    match timing {
        Timing::Running(_) if handed_in => (lang.t("reports-early"), false),
        Timing::Running(days) => (lang.tv("reports-running", days + 1), false),
        Timing::Left(_) if handed_in => (lang.t("reports-in-time"), false),
        Timing::Left(0) => (lang.t("reports-last-day"), false),
        Timing::Left(days) => (lang.tv("reports-left", days), false),
        Timing::Late(days) => (lang.tv("reports-late", days), !handed_in),
    }
}
