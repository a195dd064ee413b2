//! Another program, such as the site of an agency: a real server that checks signatures with the
//! standard's own library, shows what it took, and can be made to misbehave.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use standardwebhooks::Webhook;

/// What both sides know.
pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// How it behaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Manner {
    /// As it should.
    #[default]
    Good,
    /// Takes it, and hangs up before it answers.
    HangsUp,
    /// Will not have it.
    Refuses,
    /// In trouble, and asks to be left alone for two minutes.
    Busy,
    /// Takes it, and shows something else.
    ShowsOther,
}

#[derive(Default)]
struct Seen {
    manner: Manner,
    /// Messages by their ids, in the order they came, twins too.
    heard: Vec<(String, String)>,
    /// What is shown, by address.
    pages: BTreeMap<String, String>,
}

/// A running site.
#[derive(Clone)]
pub struct Site {
    seen: Arc<Mutex<Seen>>,
    /// Its address.
    pub url: String,
}

impl Site {
    /// Opens it on a port of its own.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let site = Self {
            seen: Arc::default(),
            url,
        };
        let service = Router::new()
            .route("/hook", post(hear))
            .route("/p/{slug}", get(show))
            .with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        site
    }

    pub fn behave(&self, manner: Manner) {
        self.seen.lock().expect("seen").manner = manner;
    }

    /// What it heard: kinds of messages, twins too.
    pub fn kinds(&self) -> Vec<String> {
        let seen = self.seen.lock().expect("seen");
        seen.heard.iter().map(|(_, kind)| kind.clone()).collect()
    }

    /// How many messages with ids of their own.
    pub fn different(&self) -> usize {
        let seen = self.seen.lock().expect("seen");
        let ids: std::collections::BTreeSet<&String> =
            seen.heard.iter().map(|(id, _)| id).collect();
        ids.len()
    }

    /// What it shows.
    pub fn pages(&self) -> Vec<String> {
        self.seen
            .lock()
            .expect("seen")
            .pages
            .values()
            .cloned()
            .collect()
    }
}

async fn show(State(site): State<Site>, Path(slug): Path<String>) -> Response {
    match site.seen.lock().expect("seen").pages.get(&slug) {
        Some(page) => Html(page.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn hear(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> Response {
    // The clock of this world stands still, the library's does not: it signs anew in place of verifying.
    let header = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let at = header("webhook-timestamp").parse().unwrap_or_default();
    let webhook = Webhook::new(SECRET).expect("a secret");
    let signed = webhook.sign(header("webhook-id"), at, &body);
    if signed.ok().as_deref() != Some(header("webhook-signature")) {
        return (StatusCode::UNAUTHORIZED, "chữ ký sai").into_response();
    }
    let message: Value = serde_json::from_slice(&body).expect("JSON");
    let (kind, data) = (
        message["type"].as_str().expect("a type").to_owned(),
        &message["data"],
    );
    let id = headers["webhook-id"].to_str().expect("an id").to_owned();
    let slug = data["slug"].as_str().expect("a slug").to_owned();
    let mut seen = site.seen.lock().expect("seen");
    let manner = seen.manner;
    if manner == Manner::Refuses {
        return (StatusCode::UNPROCESSABLE_ENTITY, "tiêu đề quá dài").into_response();
    }
    if manner == Manner::Busy {
        return (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "120")]).into_response();
    }
    seen.heard.push((id, kind.clone()));
    if kind == "story.withdrawn" {
        seen.pages.remove(&slug);
        return StatusCode::NO_CONTENT.into_response();
    }
    let title = data["title"].as_str().expect("a title");
    let shown = if manner == Manner::ShowsOther {
        "Trang chủ"
    } else {
        title
    };
    let page = format!("<h1>{shown}</h1>{}", data["html"].as_str().expect("a body"));
    seen.pages.insert(slug.clone(), page);
    drop(seen);
    if manner == Manner::HangsUp {
        // The answer breaks off after its head.
        let broken = futures_util::stream::iter([
            Ok(Bytes::from_static(b"{")),
            Err(std::io::Error::other("hung up")),
        ]);
        return (StatusCode::OK, axum::body::Body::from_stream(broken)).into_response();
    }
    Json(json!({ "url": format!("{}/p/{slug}", site.url) })).into_response()
}
