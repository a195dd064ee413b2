//! Requests as a speaker signs them, and as it must not.

use std::io::Read;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{Enrolled, PublicKey, SecretKey, authorization};
use rand::RngCore;
use ureq::Agent;
use ureq::http::Request;

use crate::clock::Clock;

/// Longer answers are not read to their end.
const LARGEST: u64 = 64 << 20;

/// A new speaker, and what it learned.
pub(super) struct Probe {
    agent: Agent,
    server: String,
    clock: Box<dyn Clock>,
    dice: Box<dyn RngCore + Send>,
    pub(super) key: SecretKey,
    /// Once it is enrolled.
    pub(super) enrolled: Option<Enrolled>,
    /// Server's time minus this machine's.
    offset: TimeDelta,
}

/// An answer, whole.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Answer {
    /// A header by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(one, _)| one == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Its body as JSON.
    pub(super) fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_slice(&self.body).map_err(|error| format!("no JSON as agreed: {error}"))
    }

    /// Whether it refuses as RFC 9457 has it, with a detail for people.
    pub(super) fn is_problem(&self) -> bool {
        let problem = self
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("application/problem+json"));
        let said = self.json::<serde_json::Value>().unwrap_or_default();
        problem && said["detail"].as_str().is_some_and(|text| !text.is_empty())
    }
}

/// How a request is signed.
pub(super) enum Signing<'a> {
    /// Not at all.
    None,
    /// As it must be.
    Good,
    /// With a nonce of one's own.
    Nonce(&'a str),
    /// For another path.
    OtherPath,
    /// By a clock that is off.
    Off(TimeDelta),
}

impl Probe {
    pub(super) fn new(
        server: &str,
        clock: Box<dyn Clock>,
        mut dice: Box<dyn RngCore + Send>,
    ) -> Self {
        let mut seed = [0; 32];
        dice.fill_bytes(&mut seed);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build();
        Self {
            agent: config.into(),
            server: server.trim_end_matches('/').to_owned(),
            clock,
            dice,
            key: SecretKey::from_seed(&seed),
            enrolled: None,
            offset: TimeDelta::zero(),
        }
    }

    /// The server's time, as far as it is known.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.wall() + self.offset
    }

    /// Its id; 0 before it is enrolled.
    pub(super) fn speaker(&self) -> i64 {
        self.enrolled
            .as_ref()
            .map_or(0, |enrolled| enrolled.speaker)
    }

    /// Its area; 0 before it is enrolled.
    pub(super) fn area(&self) -> i64 {
        self.enrolled.as_ref().map_or(0, |enrolled| enrolled.area)
    }

    /// The server's key.
    pub(super) fn server_key(&self) -> Result<PublicKey, String> {
        let enrolled = self.enrolled.as_ref().ok_or("not enrolled")?;
        PublicKey::parse(&enrolled.server_key).map_err(|error| error.to_string())
    }

    /// A key of somebody who is not enrolled.
    pub(super) fn other_key(&mut self) -> SecretKey {
        let mut seed = [0; 32];
        self.dice.fill_bytes(&mut seed);
        SecretKey::from_seed(&seed)
    }

    /// 16 random bytes in hexadecimal.
    pub(super) fn nonce(&mut self) -> String {
        let mut bytes = [0; 16];
        self.dice.fill_bytes(&mut bytes);
        hex::encode(bytes)
    }

    /// Asks for something.
    pub(super) fn get(&mut self, path: &str) -> Result<Answer, String> {
        self.ask("GET", path, b"", &Signing::Good, &[])
    }

    /// Tells something.
    pub(super) fn post(
        &mut self,
        path: &str,
        body: &impl serde::Serialize,
    ) -> Result<Answer, String> {
        let body = serde_json::to_vec(body).map_err(|error| error.to_string())?;
        self.ask("POST", path, &body, &Signing::Good, &[])
    }

    /// A request, signed in one way or another.
    pub(super) fn ask(
        &mut self,
        method: &str,
        path: &str,
        body: &[u8],
        signing: &Signing<'_>,
        more: &[(&str, &str)],
    ) -> Result<Answer, String> {
        let nonce = match signing {
            Signing::Nonce(nonce) => (*nonce).to_owned(),
            _ => self.nonce(),
        };
        let (signed_path, at) = match signing {
            Signing::OtherPath => ("/air/v1/other", self.now()),
            Signing::Off(by) => (path, self.now() + *by),
            _ => (path, self.now()),
        };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server))
            .header("content-type", "application/json");
        if !matches!(signing, Signing::None) {
            let signed = (method, signed_path);
            let header = authorization(&self.key, self.speaker(), signed, body, at, &nonce);
            request = request.header("authorization", header);
        }
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let request = request.body(body).map_err(|error| error.to_string())?;
        let answer = self.agent.run(request).map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let headers: Vec<(String, String)> = answer
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .collect();
        let mut body = Vec::new();
        let mut reader = answer.into_body().into_reader().take(LARGEST);
        reader
            .read_to_end(&mut body)
            .map_err(|error| error.to_string())?;
        let answer = Answer {
            status,
            body,
            headers,
        };
        self.learn_time(&answer);
        Ok(answer)
    }

    fn learn_time(&mut self, answer: &Answer) {
        let told = answer.header("loa-time").and_then(|text| text.parse().ok());
        if let Some(time) = told.and_then(DateTime::from_timestamp_millis) {
            self.offset = time - self.clock.wall();
        }
    }
}
