//! The speaker's side of HTTP: signed requests, and the server's time read from every answer.

use std::io::Read;
use std::time::Duration;

use chrono::{DateTime, Utc};
use loa_air::{
    Access, Acknowledged, Enrolled, Enrolment, PublicKey, SecretKey, Signed, authorization,
    verify_access,
};
use ureq::Agent;
use ureq::http::Response;

use crate::clock::ServerTime;

/// The largest answer read into memory; a manifest of 72 hours is far below.
const LARGEST: u64 = 4 << 20;

/// A call that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No answer.
    #[error("{url}: no answer ({reason}); it is tried again")]
    Unreachable {
        /// Where.
        url: String,
        /// Why.
        reason: String,
    },
    /// Another answer than agreed.
    #[error("{url}: answered {status}: {detail}")]
    Answer {
        /// Where.
        url: String,
        /// The HTTP status.
        status: u16,
        /// The problem's detail (RFC 9457), or the start of the body.
        detail: String,
    },
}

/// Whoever signs what is asked.
pub(crate) trait Caller {
    /// Its id.
    fn speaker(&self) -> i64;
    /// Its key.
    fn key(&self) -> &SecretKey;
    /// The server's time, which it learns from every answer.
    fn time(&self) -> &ServerTime;
    /// 16 random bytes in hexadecimal.
    fn nonce(&self) -> String;
}

/// Talks to one server.
pub struct Client {
    agent: Agent,
    server: String,
}

/// What became of asking for a manifest.
pub enum Asked {
    /// The one that is held is the newest.
    Same,
    /// Bytes to be judged.
    Came(Vec<u8>),
}

impl Client {
    /// For a server's address.
    pub fn new(server: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_recv_response(Some(Duration::from_secs(30)))
            .timeout_per_read(Some(Duration::from_secs(30)))
            .user_agent(concat!("loa-speaker/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: config.into(),
            server: server.trim_end_matches('/').to_owned(),
        }
    }

    /// Shows the code, learns id, area and the server's key.
    pub fn enrol(&self, enrolment: &Enrolment) -> Result<Enrolled, CallError> {
        let url = format!("{}/air/v1/enrolment", self.server);
        let body = serde_json::to_vec(enrolment).map_err(|error| unreachable(&url, &error))?;
        let answer = self
            .agent
            .post(&url)
            .header("content-type", "application/json")
            .send(&body[..]);
        parse(
            &url,
            &read(&url, answer.map_err(|error| unreachable(&url, &error))?)?,
        )
    }

    /// Asks for the manifest of an area, unless it is the version that is held.
    pub fn manifest(&self, caller: &impl Caller, area: i64, held: i64) -> Result<Asked, CallError> {
        let path = format!("/air/v1/areas/{area}/manifest");
        let etag = format!("\"v{held}\"");
        let answer = self.get(caller, &path, &[("if-none-match", &etag)])?;
        if answer.status() == 304 {
            return Ok(Asked::Same);
        }
        read(&self.url(&path), answer).map(Asked::Came)
    }

    /// Asks for the speaker's orders, unless they are those it follows. A server that gives none has none.
    pub fn orders(&self, caller: &impl Caller, held: i64) -> Result<Asked, CallError> {
        let path = "/air/v1/orders";
        let etag = format!("\"v{held}\"");
        let answer = self.get(caller, path, &[("if-none-match", &etag)])?;
        if matches!(answer.status().as_u16(), 204 | 304 | 404) {
            return Ok(Asked::Same);
        }
        read(&self.url(path), answer).map(Asked::Came)
    }

    /// Asks where the broker is. Only what the pinned key signed is believed.
    pub fn access(&self, caller: &impl Caller, server: &PublicKey) -> Result<Access, CallError> {
        let path = "/air/v1/broker";
        let answer = self.get(caller, path, &[])?;
        let url = self.url(path);
        let signed: Signed = parse(&url, &read(&url, answer)?)?;
        verify_access(&signed, server, caller.speaker(), caller.time().now()).map_err(|reason| {
            CallError::Answer {
                url,
                status: 200,
                detail: reason.to_string(),
            }
        })
    }

    /// Asks for a sound from a byte on. The status is 200 (from the start), 206 (from that byte) or
    /// 416 (there is nothing from there on).
    pub fn sound(
        &self,
        caller: &impl Caller,
        sha256: &str,
        from: u64,
    ) -> Result<(u16, impl Read), CallError> {
        let path = format!("/air/v1/sounds/{sha256}");
        let range = format!("bytes={from}-");
        let mut headers = vec![("accept-encoding", "identity")];
        if from > 0 {
            headers.push(("range", range.as_str()));
        }
        let answer = self.get(caller, &path, &headers)?;
        match answer.status().as_u16() {
            status @ (200 | 206 | 416) => Ok((status, answer.into_body().into_reader())),
            _ => Err(refused(&self.url(&path), answer)),
        }
    }

    /// Sends receipts (`receipts`) or refusals (`refusals`); gives the ids the server knows now.
    pub fn hand_in(
        &self,
        caller: &impl Caller,
        kind: &str,
        messages: &[Signed],
    ) -> Result<Acknowledged, CallError> {
        let path = format!("/air/v1/{kind}");
        let body =
            serde_json::to_vec(messages).map_err(|error| unreachable(&self.url(&path), &error))?;
        parse(&self.url(&path), &self.post(caller, &path, &body)?)
    }

    /// Says how the speaker is.
    pub fn status(&self, caller: &impl Caller, status: &Signed) -> Result<(), CallError> {
        let path = "/air/v1/status";
        let body =
            serde_json::to_vec(status).map_err(|error| unreachable(&self.url(path), &error))?;
        self.post(caller, path, &body).map(|_| ())
    }

    fn get(
        &self,
        caller: &impl Caller,
        path: &str,
        headers: &[(&str, &str)],
    ) -> Result<Response<ureq::Body>, CallError> {
        let asked = caller.time().monotonic();
        let mut request = self
            .agent
            .get(self.url(path))
            .header("authorization", sign(caller, "GET", path, b""));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request
            .call()
            .map_err(|error| unreachable(&self.url(path), &error))?;
        learn(caller, asked, &answer);
        Ok(answer)
    }

    fn post(&self, caller: &impl Caller, path: &str, body: &[u8]) -> Result<Vec<u8>, CallError> {
        let asked = caller.time().monotonic();
        let request = self
            .agent
            .post(self.url(path))
            .header("authorization", sign(caller, "POST", path, body));
        let answer = request
            .header("content-type", "application/json")
            .send(body);
        let answer = answer.map_err(|error| unreachable(&self.url(path), &error))?;
        learn(caller, asked, &answer);
        read(&self.url(path), answer)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server)
    }
}

fn sign(caller: &impl Caller, method: &str, path: &str, body: &[u8]) -> String {
    authorization(
        caller.key(),
        caller.speaker(),
        (method, path),
        body,
        caller.time().now(),
        &caller.nonce(),
    )
}

/// `loa-time` is in milliseconds; `date`, which every server sends, in whole seconds.
fn learn(caller: &impl Caller, asked: Duration, answer: &Response<ureq::Body>) {
    let header = |name| {
        answer
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let exact = header("loa-time")
        .and_then(|text| text.parse().ok())
        .and_then(DateTime::from_timestamp_millis);
    let coarse = || {
        Some(
            DateTime::parse_from_rfc2822(header("date")?)
                .ok()?
                .with_timezone(&Utc),
        )
    };
    if let Some(told) = exact {
        caller.time().learn(asked, told, Duration::from_millis(1));
    } else if let Some(told) = coarse() {
        caller.time().learn(asked, told, Duration::from_secs(1));
    }
}

fn read(url: &str, answer: Response<ureq::Body>) -> Result<Vec<u8>, CallError> {
    if !answer.status().is_success() {
        return Err(refused(url, answer));
    }
    let body = answer
        .into_body()
        .into_with_config()
        .limit(LARGEST)
        .read_to_vec();
    body.map_err(|error| unreachable(url, &error))
}

fn parse<T: serde::de::DeserializeOwned>(url: &str, body: &[u8]) -> Result<T, CallError> {
    serde_json::from_slice(body).map_err(|error| CallError::Answer {
        url: url.to_owned(),
        status: 200,
        detail: format!("not of the agreed form ({error})"),
    })
}

fn refused(url: &str, answer: Response<ureq::Body>) -> CallError {
    let status = answer.status().as_u16();
    let body = answer
        .into_body()
        .into_with_config()
        .limit(16 << 10)
        .read_to_string()
        .unwrap_or_default();
    let problem: Option<serde_json::Value> = serde_json::from_str(&body).ok();
    let told = problem
        .as_ref()
        .and_then(|problem| problem.get("detail").or(problem.get("title"))?.as_str());
    let detail = told.map_or_else(|| body.chars().take(200).collect(), str::to_owned);
    CallError::Answer {
        url: url.to_owned(),
        status,
        detail,
    }
}

fn unreachable(url: &str, error: &dyn std::fmt::Display) -> CallError {
    CallError::Unreachable {
        url: url.to_owned(),
        reason: error.to_string(),
    }
}
