//! What another server answered, and what follows from it.

use chrono::TimeDelta;
use reqwest::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

use super::connector::{Fault, Seen};
use super::item::Item;
use crate::app::App;
use crate::http::{self, NotAsked};

/// Longer answers are no answers of ours.
const LIMIT: usize = 8 * 1024 * 1024;
/// So much of an answer is told to people.
const TOLD: usize = 300;
/// Nobody is left alone for longer because he asks for it.
const LONGEST: i64 = 6 * 3600;

/// An answer that says yes.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) media_type: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// Its body as JSON.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// What people are told of it.
    pub(super) fn told(&self) -> String {
        format!("{} {}", self.status.as_str(), excerpt(&self.body))
            .trim()
            .to_owned()
    }
}

/// Sends a request and reads the answer; what is no yes is a fault.
pub(super) async fn of(request: RequestBuilder) -> Result<Answer, Fault> {
    let mut answer = request.send().await.map_err(|error| silent(&error))?;
    let status = answer.status();
    let header = |name| {
        answer
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let after = header(RETRY_AFTER).and_then(|text| text.trim().parse::<i64>().ok());
    let media_type = header(CONTENT_TYPE)
        .unwrap_or("application/octet-stream")
        .to_owned();
    // Where the answer breaks off, the other side has it, and the rest of what it says is lost.
    let body = http::bytes(&mut answer, LIMIT).await;
    let body = body.map_err(|error| Fault::Unknown(words(&error)))?;
    let body = body.ok_or_else(|| Fault::Never("deliveries-answer-long".to_owned()))?;
    if status.is_success() {
        return Ok(Answer {
            status,
            media_type,
            body,
        });
    }
    let why = format!("{} {}", status.as_str(), excerpt(&body))
        .trim()
        .to_owned();
    let busy = [
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::TOO_EARLY,
        StatusCode::TOO_MANY_REQUESTS,
    ];
    if status.is_server_error() || busy.contains(&status) {
        let after = after.map(|seconds| TimeDelta::seconds(Ord::clamp(seconds, 0, LONGEST)));
        Err(Fault::Later { why, after })
    } else {
        Err(Fault::Never(why))
    }
}

/// Fetches a page as a reader's browser does.
pub(super) async fn page(app: &App, address: &str) -> Result<Seen, Fault> {
    let request = to(app, Method::GET, address)?;
    let answer = of(request.header(ACCEPT, "text/html, application/json;q=0.9, */*;q=0.1")).await?;
    Ok(Seen {
        address: address.to_owned(),
        media_type: answer.media_type,
        status: answer.status.as_u16(),
        bytes: answer.body,
    })
}

/// Begins a request; an address that must not be asked ends the attempt.
pub(super) fn to(app: &App, method: Method, address: &str) -> Result<RequestBuilder, Fault> {
    let request = app.http.outside.request(method, address);
    request.map_err(|NotAsked(text)| Fault::Never(text.to_owned()))
}

/// What is not there any more is taken back.
pub(super) fn unless_gone(ended: Result<Answer, Fault>) -> Result<(), Fault> {
    match ended {
        Err(fault) if fault.says(StatusCode::NOT_FOUND) => Ok(()),
        ended => ended.map(|_| ()),
    }
}

/// What a service calls what it made: the other side's `id`, a text.
pub(super) fn id(made: &Value) -> Result<String, Fault> {
    let id = made["id"].as_str().map(str::to_owned);
    id.ok_or_else(|| Fault::Never("deliveries-answer-odd".to_owned()))
}

/// The id of the post, among some, that shows an item; each has its text under a name.
pub(super) fn twin(posts: &Value, item: &Item, (text, media_type): (&str, &str)) -> Option<String> {
    let mut posts = posts.as_array().into_iter().flatten();
    let shows = |post: &&Value| {
        let text = post[text].as_str().unwrap_or_default();
        item.is_in(text.as_bytes(), media_type)
    };
    posts.find(shows)?["id"].as_str().map(str::to_owned)
}

/// Nothing came back. Where no connection came about, nothing arrived there either.
fn silent(error: &reqwest::Error) -> Fault {
    if error.is_connect() || error.is_builder() {
        Fault::later(words(error))
    } else {
        Fault::Unknown(words(error))
    }
}

/// The innermost cause: the outer ones only say that something was asked.
fn words(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

/// The first words of an answer, on one line.
fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(
        body.get(..Ord::min(body.len(), 4 * TOLD))
            .unwrap_or_default(),
    );
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars()
        .filter(|c| !c.is_control())
        .take(TOLD)
        .collect()
}
