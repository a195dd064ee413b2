//! All routes, and the layers around them.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::{api, assets, headers, visitor};
use crate::app::App;
use crate::error::Failure;

/// Larger uploads are refused by the server; documents have a smaller limit of their own.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// Everything this server answers.
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .merge(crate::accounts::routes())
        .merge(crate::home::routes())
        .merge(crate::units::routes())
        .merge(crate::lexicon::routes())
        .merge(crate::plans::routes())
        .merge(crate::duties::routes())
        .merge(crate::stories::routes())
        .merge(crate::outlets::routes())
        .merge(crate::airtime::routes())
        .merge(crate::speakers::routes())
        .merge(crate::deliveries::routes())
        .merge(crate::connectors::routes())
        .merge(crate::boards::routes())
        .merge(crate::bulletins::routes())
        .merge(crate::urgent::routes())
        .merge(crate::warnings::routes())
        .merge(crate::timetable::routes())
        .merge(crate::station::routes())
        .merge(crate::evidence::routes())
        .merge(crate::coverage::routes())
        .merge(crate::reports::routes())
        .fallback(async || Failure::NotFound)
        .layer(from_fn_with_state(app.clone(), visitor::layer));
    let programs = Router::new()
        .merge(crate::lexicon::api())
        .merge(crate::plans::api())
        .merge(crate::duties::api())
        .merge(crate::stories::api())
        .merge(crate::outlets::api())
        .merge(crate::airtime::api())
        .merge(crate::speakers::api())
        .merge(crate::deliveries::api())
        .merge(crate::connectors::api())
        .merge(crate::bulletins::api())
        .merge(crate::urgent::api())
        .merge(crate::warnings::api())
        .merge(crate::evidence::api())
        .merge(crate::coverage::api())
        .merge(crate::reports::api())
        .fallback(async || Failure::NotFound)
        .layer(from_fn(api::layer));
    // Loudspeakers and notice boards sign their requests; they have no cookies and read no pages.
    let air = Router::new()
        .merge(crate::speakers::air())
        .merge(crate::boards::air())
        .merge(crate::bulletins::air())
        .merge(crate::evidence::air())
        .merge(crate::signal::air())
        .fallback(async || Failure::NotFound)
        .layer(from_fn(api::layer))
        .layer(from_fn_with_state(app.clone(), crate::speakers::tell_time));
    Router::new()
        .merge(pages)
        // The public's pages know nobody: no session is looked up, no cookie set.
        .merge(crate::portal::routes())
        .merge(crate::boards::screens())
        .merge(crate::timetable::calendars())
        .nest("/air/v1", air)
        .nest("/api/v1", programs)
        .route("/assets/{*path}", get(assets::serve))
        .route("/health", get(async || "ok"))
        .layer(from_fn(headers::layer))
        // Sound is compressed already, and loudspeakers ask for parts of its very bytes.
        .layer(
            CompressionLayer::new()
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("audio/"))),
        )
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_mins(1),
        ))
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}
