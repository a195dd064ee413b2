//! The pages of the lexicon: the list with its search and a box to try, an entry, files in and out.

// Templates hand everything over by reference.
#![allow(clippy::trivially_copy_pass_by_ref)]

mod file;
mod form;
mod list;
mod try_out;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::App;

pub(super) use try_out::TEXT_LIMIT;
pub use try_out::{Pace, ReadingPart};

/// A form with a file has a little more than the file.
const UPLOAD_LIMIT: usize = 2 * 1024 * 1024;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/lexicon", get(list::list).post(form::create))
        .route("/lexicon/new", get(form::begin))
        .route("/lexicon/try", post(list::try_out))
        .route("/lexicon/reading", post(try_out::fragment))
        .route(
            "/lexicon/import",
            get(file::ask)
                .post(file::take)
                .layer(DefaultBodyLimit::max(UPLOAD_LIMIT)),
        )
        .route("/lexicon/lexicon.toml", get(file::toml))
        .route("/lexicon/lexicon.csv", get(file::csv))
        .route("/lexicon/{id}", get(form::edit).post(form::save))
        .route("/lexicon/{id}/removal", post(form::remove))
}
