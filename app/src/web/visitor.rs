//! Who asks: language, session, and the token that forms must bring back.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use super::locale::Lang;
use super::problem;
use crate::accounts::{Person, session};
use crate::app::App;
use crate::clock::random;
use crate::error::{Failure, Problem};

/// The cookie of a signed-in browser.
pub const SESSION: &str = "loa_session";
const CSRF: &str = "loa_csrf";
const LANGUAGE: &str = "loa_language";
const NOTICE: &str = "loa_notice";

/// Whoever asks for a page, signed in or not.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The language they read.
    pub lang: Lang,
    /// Who it is, when signed in.
    pub person: Option<Person>,
    /// Forms must bring it back.
    pub csrf: String,
    /// What is asked for.
    pub path: String,
    /// Path and query.
    pub target: String,
    /// To be said once.
    pub notice: Option<String>,
    /// Whence, for the rate limit.
    pub address: String,
}

/// Finds out who asks, and turns failures into pages in their language.
pub async fn layer(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let jar = CookieJar::from_headers(request.headers());
    let secure = app.config.url().starts_with("https://");
    let session = match jar.get(SESSION) {
        Some(cookie) => session::find(&app, cookie.value()).await?,
        None => None,
    };
    let fresh_csrf = session.is_none() && jar.get(CSRF).is_none();
    let (person, csrf) = match session {
        Some(session) => (Some(session.person), session.csrf),
        None => (
            None,
            jar.get(CSRF)
                .map_or_else(|| new_token(&app), |cookie| cookie.value().to_owned()),
        ),
    };
    let asked = request.uri().query().and_then(asked_language);
    let kept_lang = jar.get(LANGUAGE).map_or_else(
        || {
            person
                .as_ref()
                .map_or_else(Lang::default, |person| person.lang)
        },
        |cookie| Lang::parse(cookie.value()),
    );
    let visitor = Visitor {
        lang: asked.unwrap_or(kept_lang),
        csrf: csrf.clone(),
        path: request.uri().path().to_owned(),
        target: request
            .uri()
            .path_and_query()
            .map_or_else(|| "/".to_owned(), ToString::to_string),
        notice: jar.get(NOTICE).map(|cookie| cookie.value().to_owned()),
        address: address_of(&request),
        person,
    };
    let chosen = asked.is_some().then_some(visitor.lang);
    let said = visitor.notice.is_some();
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions().get::<Problem>().cloned() {
        response = problem::page(&visitor, &problem);
    }
    if fresh_csrf {
        set_cookie(response.headers_mut(), &kept(CSRF, csrf, secure));
    }
    if let Some(lang) = chosen {
        set_cookie(response.headers_mut(), &language(lang));
    }
    if said && response.status().is_success() {
        set_cookie(response.headers_mut(), &removed(NOTICE));
    }
    Ok(response)
}

/// A cookie for the whole site that scripts cannot read.
pub fn kept(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .build()
}

/// Takes a cookie away.
pub fn removed(name: &'static str) -> Cookie<'static> {
    Cookie::build((name, ""))
        .path("/")
        .http_only(true)
        .max_age(time::Duration::ZERO)
        .build()
}

/// `?lang=en` on any page.
fn asked_language(query: &str) -> Option<Lang> {
    let code = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))?;
    matches!(code, "vi" | "en").then(|| Lang::parse(code))
}

/// The cookie that keeps the chosen language.
fn language(lang: Lang) -> Cookie<'static> {
    Cookie::build((LANGUAGE, lang.code()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::days(365))
        .build()
}

/// Leads to a page of ours, where a text of the locales is said once.
pub fn go(to: &str, text: &'static str) -> Response {
    let mut response = Redirect::to(to).into_response();
    say(&mut response, text);
    response
}

/// Says a text of the locales once, on the next page.
pub fn say(response: &mut Response, text: &'static str) {
    set_cookie(
        response.headers_mut(),
        &kept(NOTICE, text.to_owned(), false),
    );
}

/// Adds a cookie to an answer.
pub fn set_cookie(headers: &mut HeaderMap, cookie: &Cookie<'static>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// A token nobody can guess.
pub fn new_token(app: &App) -> String {
    hex::encode(random::<24>(app.chance.as_ref()))
}

/// The peer's address. A proxy in front is not believed, so behind one all share an address.
fn address_of(request: &Request) -> String {
    request
        .extensions()
        .get::<axum::extract::ConnectInfo<std::net::SocketAddr>>()
        .map_or_else(|| "local".to_owned(), |info| info.0.ip().to_string())
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| anyhow::anyhow!("no visitor layer").into())
    }
}

/// Handlers that take a `Person` are for signed-in people; others are sent to sign in.
impl<S: Send + Sync> FromRequestParts<S> for Person {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let next = visitor.target;
        visitor.person.ok_or(Failure::SignIn { next })
    }
}
