//! What another server answered, and what follows from it.

use chrono::TimeDelta;
use reqwest::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

use super::connector::{Fault, Seen};
use crate::app::App;
use crate::http::NotAsked;

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
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > LIMIT => {
                return Err(Fault::Never("deliveries-answer-long".to_owned()));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            // It has it, and the rest of what it says is lost.
            Err(error) => return Err(Fault::Unknown(words(&error))),
        }
    }
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
    let request = app
        .http
        .outside
        .request(Method::GET, address)
        .map_err(not_asked)?;
    let answer = of(request.header(ACCEPT, "text/html, application/json;q=0.9, */*;q=0.1")).await?;
    Ok(Seen {
        address: address.to_owned(),
        media_type: answer.media_type,
        status: answer.status.as_u16(),
        bytes: answer.body,
    })
}

/// An address that must not be asked, as the end of an attempt.
pub(super) fn not_asked(NotAsked(text): NotAsked) -> Fault {
    Fault::Never(text.to_owned())
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
