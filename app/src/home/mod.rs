//! Home: what waits for whoever signs in, where the programme is silent, what goes on the air next,
//! and who is late. A commune's broadcaster sees the day's slots first.

mod at_once;
mod late;
mod page;
mod silent;
mod waiting;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/home", get(page::show))
}
