//! The HTTP API: bearer tokens bound to a person's rights, problem documents (RFC 9457).

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

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

/// JSON that a program sent, and the language it reads. What is no JSON of ours is refused with the
/// parser's words.
pub struct Sent<T> {
    /// For answers.
    pub lang: Lang,
    /// What was sent.
    pub body: T,
}

impl<T, S> FromRequest<S> for Sent<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let lang = lang(&request);
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self { lang, body }),
            Err(unread) => {
                let more = json!({ "detail": unread.body_text() });
                Err(problem(lang, unread.status(), ("error-form", ""), &more))
            }
        }
    }
}

/// Bytes that a program sent, and the language it reads.
pub struct Brought {
    /// For answers.
    pub lang: Lang,
    /// What was sent.
    pub body: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Brought {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let lang = lang(&request);
        match Bytes::from_request(request, state).await {
            Ok(body) => Ok(Self { lang, body }),
            Err(unread) => {
                let more = json!({ "detail": unread.body_text() });
                Err(problem(lang, unread.status(), ("error-form", ""), &more))
            }
        }
    }
}

/// A rule that is against what a program asks for, as a problem document: the text of the rule
/// with a value in it, its advice, and more fields as RFC 9457 lets a problem have.
pub fn rule(lang: Lang, text: &str, value: &str, more: &Value) -> Response {
    problem(lang, StatusCode::UNPROCESSABLE_ENTITY, (text, value), more)
}

/// A refusal by its status, with the name of a text; [`layer`] makes a problem document of it.
pub fn refuse(status: StatusCode, message: &'static str) -> Response {
    let mut response = status.into_response();
    response
        .extensions_mut()
        .insert(Problem { status, message });
    response
}

fn problem(lang: Lang, status: StatusCode, (text, value): (&str, &str), more: &Value) -> Response {
    let mut body = json!({
        "type": format!("about:blank#{text}"),
        "title": lang.tv(text, value),
        "status": status.as_u16(),
        "detail": lang.t(&format!("{text}-advice")),
    });
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, body.to_string()).into_response()
}

fn lang(request: &Request) -> Lang {
    request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or_else(Lang::default, |value| {
            Lang::parse(value.get(..2).unwrap_or_default())
        })
}

/// Turns failures into problem documents, in the language asked for.
pub async fn layer(request: Request, next: Next) -> Response {
    let lang = lang(&request);
    let instance = request.uri().path().to_owned();
    let response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>().cloned() else {
        return response;
    };
    let status = if matches!(problem.message, "error-token" | "air-unknown") {
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
