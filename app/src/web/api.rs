//! The HTTP API: bearer tokens bound to a person's rights, problem documents (RFC 9457).

use axum::Json;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::locale::Lang;
use crate::accounts::{Person, token};
use crate::app::App;
use crate::error::{Failure, Problem};

/// The person behind a bearer token. A cookie does not count here, so no other site can act.
pub struct Caller(pub Person);

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let bearer = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        let person = match bearer {
            Some(bearer) => token::find(app, bearer.trim()).await?,
            None => None,
        };
        person.map(Self).ok_or(Failure::Forbidden("error-token"))
    }
}

/// Turns failures into problem documents, in the language asked for.
pub async fn layer(request: Request, next: Next) -> Response {
    let lang = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or_else(Lang::default, |value| {
            Lang::parse(value.get(..2).unwrap_or_default())
        });
    let instance = request.uri().path().to_owned();
    let response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>().cloned() else {
        return response;
    };
    let status = if problem.message == "error-token" {
        StatusCode::UNAUTHORIZED
    } else {
        problem.status
    };
    let body = json!({
        "type": format!("about:blank#{}", problem.message),
        "title": lang.t(problem.message),
        "status": status.as_u16(),
        "detail": lang.t(&format!("{}-advice", problem.message)),
        "instance": instance,
    });
    (
        status,
        [(header::CONTENT_TYPE, "application/problem+json")],
        Json(body).into_response().into_body(),
    )
        .into_response()
}
