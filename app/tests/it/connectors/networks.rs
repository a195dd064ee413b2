//! Social networks and stores by their documented interfaces: one real server that answers as each of
//! them does, keeps what it was given, and can lose its answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// Every token and password there.
pub const TOKEN: &str = "42:bi-mat";

#[derive(Default)]
struct Kept {
    /// Posts by number.
    posts: BTreeMap<u64, String>,
    /// Files by path.
    files: BTreeMap<String, Bytes>,
    /// Idempotency keys, and what was made by them.
    keys: BTreeMap<String, u64>,
    /// How many posts were ever made.
    made: u64,
    loses_answers: bool,
    /// Asks everybody to slow down.
    hurried: bool,
}

/// A running server.
#[derive(Clone)]
pub struct Networks {
    kept: Arc<Mutex<Kept>>,
    pub url: String,
}

impl Networks {
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let networks = Self {
            kept: Arc::default(),
            url,
        };
        let service = Router::new()
            .route(
                "/api/v2/instance",
                get(async || Json(json!({"configuration": {"statuses": {"max_characters": 140}}}))),
            )
            .route(
                "/api/v1/accounts/verify_credentials",
                get(async || Json(json!({"id": "7"}))),
            )
            .route("/api/v1/accounts/{id}/statuses", get(toots))
            .route("/api/v1/statuses", post(toot))
            .route(
                "/api/v1/statuses/{id}",
                get(show_toot).put(change_toot).delete(remove),
            )
            .route("/bot42:bi-mat/{method}", post(telegram))
            .route("/t/{channel}/{id}", get(channel))
            .route("/graph/{page}/feed", get(feed).post(publish))
            .route(
                "/graph/{id}",
                get(show_post).post(change_post).delete(remove_post),
            )
            .route("/site/index.php", any(wordpress))
            .route("/site/{slug}", get(article))
            .route("/dav/{*path}", any(dav))
            .with_state(networks.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        networks
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().expect("kept")
    }

    /// From now on answers are lost, or no longer.
    pub fn lose_answers(&self, lose: bool) {
        self.kept().loses_answers = lose;
    }

    pub fn hurry(&self, hurried: bool) {
        self.kept().hurried = hurried;
    }

    /// The posts that stand there.
    pub fn posts(&self) -> Vec<String> {
        self.kept().posts.values().cloned().collect()
    }

    /// How many posts were ever made.
    pub fn made(&self) -> u64 {
        self.kept().made
    }

    /// The files that lie there.
    pub fn files(&self) -> Vec<String> {
        self.kept().files.keys().cloned().collect()
    }

    fn add(&self, text: &str) -> u64 {
        let mut kept = self.kept();
        kept.made += 1;
        let id = kept.made;
        kept.posts.insert(id, text.to_owned());
        id
    }

    /// The answer, or a broken one.
    fn answer(&self, answer: Value) -> Response {
        if self.kept().loses_answers {
            let broken = futures_util::stream::iter([
                Ok(Bytes::from_static(b"{")),
                Err(std::io::Error::other("hung up")),
            ]);
            return axum::body::Body::from_stream(broken).into_response();
        }
        Json(answer).into_response()
    }
}

fn may(headers: &HeaderMap) -> bool {
    let given = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    given == Some(&format!("Bearer {TOKEN}"))
}

fn not_there() -> Response {
    (
        StatusCode::NOT_FOUND,
        Json(json!({"error": "Record not found"})),
    )
        .into_response()
}

fn status(networks: &Networks, id: u64, text: &str) -> Value {
    // As Mastodon does: paragraphs, marks as references.
    let content = format!(
        "<p>{}</p>",
        text.replace("\n\n", "</p><p>").replace('"', "&quot;")
    );
    json!({ "id": id.to_string(), "content": content, "url": format!("{}/@loa/{id}", networks.url) })
}

async fn toot(
    State(networks): State<Networks>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    if !may(&headers) {
        return (
            StatusCode::UNAUTHORIZED,
            Json(json!({"error": "The access token is invalid"})),
        )
            .into_response();
    }
    let text = body["status"].as_str().expect("a status");
    if text.chars().count() > 140 {
        return (StatusCode::UNPROCESSABLE_ENTITY, "too long").into_response();
    }
    let key = headers["idempotency-key"]
        .to_str()
        .expect("a key")
        .to_owned();
    let known = networks.kept().keys.get(&key).copied();
    let id = known.unwrap_or_else(|| networks.add(text));
    networks.kept().keys.insert(key, id);
    let answer = status(&networks, id, text);
    networks.answer(answer)
}

async fn toots(State(networks): State<Networks>) -> Json<Value> {
    let posts = networks.kept().posts.clone();
    Json(
        posts
            .iter()
            .map(|(id, text)| status(&networks, *id, text))
            .collect(),
    )
}

async fn show_toot(State(networks): State<Networks>, Path(id): Path<u64>) -> Response {
    let text = networks.kept().posts.get(&id).cloned();
    text.map_or_else(not_there, |text| {
        Json(status(&networks, id, &text)).into_response()
    })
}

async fn change_toot(
    State(networks): State<Networks>,
    Path(id): Path<u64>,
    Json(body): Json<Value>,
) -> Response {
    let text = body["status"].as_str().expect("a status").to_owned();
    if networks.kept().posts.insert(id, text.clone()).is_none() {
        return not_there();
    }
    let answer = status(&networks, id, &text);
    networks.answer(answer)
}

async fn remove(State(networks): State<Networks>, Path(id): Path<u64>) -> Response {
    match networks.kept().posts.remove(&id) {
        Some(_) => Json(json!({})).into_response(),
        None => not_there(),
    }
}

/// Telegram answers with `ok` and `result`, or with `description`.
async fn telegram(
    State(networks): State<Networks>,
    Path(method): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    assert_eq!(body["chat_id"], "@tin_ha_nam");
    if networks.kept().hurried {
        let answer = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 90", "parameters": { "retry_after": 90 } });
        return (StatusCode::TOO_MANY_REQUESTS, Json(answer)).into_response();
    }
    let bad = |why: &str| {
        let answer =
            json!({ "ok": false, "error_code": 400, "description": format!("Bad Request: {why}") });
        (StatusCode::BAD_REQUEST, Json(answer)).into_response()
    };
    let id = body["message_id"].as_u64().unwrap_or_default();
    let text = body["text"].as_str().unwrap_or_default();
    let id = match method.as_str() {
        "sendMessage" => networks.add(text),
        "editMessageText" => {
            let before = networks.kept().posts.insert(id, text.to_owned());
            if before.as_deref() == Some(text) {
                return bad("message is not modified");
            }
            id
        }
        "deleteMessage" if networks.kept().posts.remove(&id).is_none() => {
            return bad("message to delete not found");
        }
        _ => id,
    };
    networks.answer(json!({ "ok": true, "result": { "message_id": id } }))
}

async fn channel(
    State(networks): State<Networks>,
    Path((name, id)): Path<(String, u64)>,
) -> Response {
    let text = networks.kept().posts.get(&id).cloned();
    let shown = text.filter(|_| name == "tin_ha_nam");
    shown.map_or_else(not_there, |text| {
        Html(format!("<div>{text}</div>")).into_response()
    })
}

async fn publish(
    State(networks): State<Networks>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    if !may(&headers) {
        let answer = json!({"error": {"message": "Error validating access token", "code": 190}});
        return (StatusCode::BAD_REQUEST, Json(answer)).into_response();
    }
    let id = networks.add(body["message"].as_str().expect("a message"));
    networks.answer(json!({ "id": id.to_string() }))
}

async fn feed(State(networks): State<Networks>) -> Json<Value> {
    let posts = networks.kept().posts.clone();
    let data: Vec<Value> = posts
        .iter()
        .map(|(id, text)| json!({ "id": id.to_string(), "message": text }))
        .collect();
    Json(json!({ "data": data }))
}

async fn show_post(State(networks): State<Networks>, Path(id): Path<u64>) -> Response {
    let text = networks.kept().posts.get(&id).cloned();
    text.map_or_else(not_there, |text| {
        let link = format!("https://www.facebook.com/tinhhanam/posts/{id}");
        Json(json!({ "id": id.to_string(), "message": text, "permalink_url": link }))
            .into_response()
    })
}

async fn change_post(
    State(networks): State<Networks>,
    Path(id): Path<u64>,
    Json(body): Json<Value>,
) -> Response {
    let text = body["message"].as_str().expect("a message").to_owned();
    networks.kept().posts.insert(id, text);
    networks.answer(json!({ "success": true }))
}

async fn remove_post(State(networks): State<Networks>, Path(id): Path<u64>) -> Response {
    networks.kept().posts.remove(&id);
    Json(json!({ "success": true })).into_response()
}

/// `WordPress` where addresses are not rewritten: `index.php?rest_route=/wp/v2/posts/5&slug=…`.
async fn wordpress(
    State(networks): State<Networks>,
    method: Method,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let given = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    if given != Some("Basic bG9hOjQyOmJpLW1hdA==") {
        return (
            StatusCode::UNAUTHORIZED,
            Json(json!({"code": "rest_not_logged_in"})),
        )
            .into_response();
    }
    let id = query["rest_route"]
        .strip_prefix("/wp/v2/posts/")
        .and_then(|id| id.parse::<u64>().ok());
    let shown = |id: u64| json!({ "id": id, "link": format!("{}/site/{id}", networks.url) });
    match (method, id) {
        (Method::GET, None) => {
            let wanted = &query["slug"];
            let kept = networks.kept();
            let found = kept
                .keys
                .get(wanted)
                .filter(|id| kept.posts.contains_key(id));
            Json(found.map(|id| shown(*id)).into_iter().collect::<Value>()).into_response()
        }
        (Method::POST, id) => {
            let post: Value = serde_json::from_slice(&body).expect("JSON");
            let text = |name: &str| post[name].as_str().expect("a text").to_owned();
            // As wptexturize does.
            let title = text("title")
                .replace('“', "&#8220;")
                .replace('”', "&#8221;");
            let page = format!("<h1>{title}</h1>{}", text("content"));
            let id = match id {
                Some(id) if networks.kept().posts.contains_key(&id) => {
                    networks.kept().posts.insert(id, page);
                    id
                }
                Some(_) => return not_there(),
                None => networks.add(&page),
            };
            networks.kept().keys.insert(text("slug"), id);
            let answer = shown(id);
            networks.answer(answer)
        }
        (Method::DELETE, Some(id)) if networks.kept().posts.remove(&id).is_some() => {
            Json(shown(id)).into_response()
        }
        _ => not_there(),
    }
}

async fn article(State(networks): State<Networks>, Path(id): Path<u64>) -> Response {
    let page = networks.kept().posts.get(&id).cloned();
    page.map_or_else(not_there, |page| Html(page).into_response())
}

async fn dav(
    State(networks): State<Networks>,
    method: Method,
    Path(path): Path<String>,
    body: Bytes,
) -> Response {
    let mut kept = networks.kept();
    match method {
        Method::PUT => {
            kept.files.insert(path, body);
            StatusCode::CREATED.into_response()
        }
        Method::GET => kept
            .files
            .get(&path)
            .cloned()
            .map_or_else(not_there, IntoResponse::into_response),
        Method::DELETE if kept.files.remove(&path).is_some() => {
            StatusCode::NO_CONTENT.into_response()
        }
        _ => not_there(),
    }
}
