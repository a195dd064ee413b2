//! Signing in and out.

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde::Deserialize;

use super::entity::sign_in_failure;
use super::{find_by_login, password, session};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::web::visitor::{SESSION, kept, removed, set_cookie};
use crate::web::{Errors, Form, Nothing, Shell, Visitor};

/// After so many failures for a login in a quarter of an hour, it waits.
const LOGIN_LIMIT: u64 = 6;
/// The same for an address, where many may sit behind one.
const ADDRESS_LIMIT: u64 = 40;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(show).post(enter))
        .route("/sign-out", post(leave))
}

#[derive(Template, WebTemplate)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    shell: Shell,
    errors: Errors,
    login: String,
    next: String,
}

#[derive(Deserialize)]
struct SignInForm {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn show(visitor: Visitor, Query(Next { next }): Query<Next>) -> Response {
    if visitor.person.is_some() {
        return Redirect::to(own_path(&next)).into_response();
    }
    SignInPage {
        shell: Shell::of(&visitor),
        errors: Errors::default(),
        login: String::new(),
        next,
    }
    .into_response()
}

async fn enter(
    State(app): State<App>,
    visitor: Visitor,
    Form(form): Form<SignInForm>,
) -> Result<Response, Failure> {
    let login = form.login.trim().to_lowercase();
    let again = |text, status| {
        let mut errors = Errors::default();
        errors.add("login", text);
        let page = SignInPage {
            shell: Shell::of(&visitor),
            errors,
            login: form.login.clone(),
            next: form.next.clone(),
        };
        Ok((status, page).into_response())
    };
    if too_many(&app, &login, &visitor.address).await? {
        return again("sign-in-too-many", StatusCode::TOO_MANY_REQUESTS);
    }
    let person = find_by_login(&app, &login)
        .await?
        .filter(|person| person.disabled_at.is_none());
    let stored = person.as_ref().map(|person| person.password_hash.clone());
    let typed = form.password.clone();
    // An unknown login costs the same time as a known one.
    let right = tokio::task::spawn_blocking(move || {
        password::matches(&typed, stored.as_deref().unwrap_or(DECOY))
    })
    .await
    .map_err(anyhow::Error::from)?;
    let Some(person) = person.filter(|_| right) else {
        note_failure(&app, &login, &visitor.address).await?;
        return again("sign-in-wrong", StatusCode::UNPROCESSABLE_ENTITY);
    };
    let token = session::begin(&app, person.id).await?;
    audit::note(
        &app,
        &app.db,
        Some(person.id),
        "sign-in",
        ("person", person.id.0),
        &visitor.address,
    )
    .await?;
    let mut response = Redirect::to(own_path(&form.next)).into_response();
    set_cookie(
        response.headers_mut(),
        &kept(SESSION, token, app.config.url().starts_with("https://")),
    );
    Ok(response)
}

async fn leave(
    State(app): State<App>,
    jar: CookieJar,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    if let Some(cookie) = jar.get(SESSION) {
        session::end(&app, cookie.value()).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    set_cookie(response.headers_mut(), &removed(SESSION));
    Ok(response)
}

/// A hash that no password has.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Only ever to a path of this site.
fn own_path(next: &str) -> &str {
    let own =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if own { next } else { "/home" }
}

async fn too_many(app: &App, login: &str, address: &str) -> Result<bool, Failure> {
    let since = app.clock.now() - WINDOW;
    let recent = || sign_in_failure::Entity::find().filter(sign_in_failure::Column::At.gt(since));
    let by_login = recent()
        .filter(sign_in_failure::Column::Login.eq(login))
        .count(&app.db)
        .await?;
    let by_address = recent()
        .filter(sign_in_failure::Column::Address.eq(address))
        .count(&app.db)
        .await?;
    Ok(by_login >= LOGIN_LIMIT || by_address >= ADDRESS_LIMIT)
}

async fn note_failure(app: &App, login: &str, address: &str) -> Result<(), Failure> {
    let now = app.clock.now();
    sign_in_failure::Entity::delete_many()
        .filter(sign_in_failure::Column::At.lt(now - WINDOW))
        .exec(&app.db)
        .await?;
    let row = sign_in_failure::ActiveModel {
        login: Set(login.chars().take(120).collect()),
        address: Set(address.to_owned()),
        at: Set(now),
        ..Default::default()
    };
    row.insert(&app.db).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(own_path("/stories/3?a=b"), "/stories/3?a=b");
        for foreign in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "javascript:alert(1)",
        ] {
            assert_eq!(own_path(foreign), "/home", "{foreign}");
        }
    }
}
