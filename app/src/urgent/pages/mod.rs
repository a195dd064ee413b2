//! The pages of urgent messages: asking, hearing and sending, who heard it, looking back.

// Templates hand everything over by reference.
#![allow(clippy::trivially_copy_pass_by_ref)]

mod acts;
mod form;
mod list;
mod show;

pub use form::{AskForm, AskPage};

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/urgent", get(list::list).post(form::ask))
        .route("/urgent/new", get(form::begin))
        .route("/urgent/{id}", get(show::show))
        .route("/urgent/{id}/state", get(show::state))
        .route("/urgent/{id}/sending", post(acts::send))
        .route("/urgent/{id}/finish", post(acts::finish))
        .route("/urgent/{id}/return", post(acts::return_))
        .route("/urgent/{id}/cancellation", post(acts::cancel))
        .route("/urgent/{id}/review", post(acts::review))
}
