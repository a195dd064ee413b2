//! A speech server by its address: any that answers `POST /v1/audio/speech` as `OpenAI` does.

mod answer;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use loa_speech::Language;
use reqwest::{Client, Url, redirect};
use serde_json::json;

use crate::pcm::Pcm;
use crate::recording::decode;
use crate::voice::{Voice, VoiceError};
use answer::{Attempt, body, refused};

/// What a sentence may take in one attempt.
const SENTENCE_LIMIT: Duration = Duration::from_secs(30);
/// Attempts at a sentence.
const ATTEMPTS: u32 = 3;
/// The wait before the second attempt; before the third it is twice as long.
const BACK_OFF: Duration = Duration::from_millis(500);
/// A server that asks for a longer wait has refused.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A speech server. The key is sent to it and shown nowhere.
#[derive(Clone)]
pub struct Server {
    client: Client,
    url: Url,
    host: String,
    model: String,
    voice: String,
    key: Option<String>,
    speed: u32,
    limit: Duration,
    attempts: u32,
    at_once: usize,
    name: String,
}

impl Server {
    /// A server by its address (`https://host`, `https://host/v1` or the whole address of its
    /// speech), with a model and a voice it has. Nothing is asked of it yet.
    pub fn new(url: &str, model: &str, voice: &str) -> Result<Self, VoiceError> {
        let url = speech_address(url)?;
        let host = host(&url);
        let client = Client::builder()
            // Words and key go where the operator said, nowhere else.
            .redirect(redirect::Policy::none());
        let client = if is_here(&url) {
            client.no_proxy()
        } else {
            client
        };
        let client = client.build().map_err(|error| VoiceError::Address {
            reason: error.without_url().to_string(),
        })?;
        let server = Self {
            client,
            url,
            host,
            model: model.to_owned(),
            voice: voice.to_owned(),
            key: None,
            speed: 100,
            limit: SENTENCE_LIMIT,
            attempts: ATTEMPTS,
            at_once: 4,
            name: String::new(),
        };
        Ok(server.named())
    }

    /// Shows a key (`Authorization: Bearer …`).
    #[must_use]
    pub fn with_key(mut self, key: &str) -> Self {
        self.key = Some(key.trim().to_owned()).filter(|key| !key.is_empty());
        self
    }

    /// Speaks at a speed in percent (25 to 400, as `OpenAI` takes it).
    #[must_use]
    pub fn with_speed(mut self, percent: u32) -> Self {
        self.speed = percent.clamp(25, 400);
        self.named()
    }

    /// Gives up on an attempt at a sentence after another time.
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Tries a sentence so many times (at least once).
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sends so many sentences at the same time (at least one).
    #[must_use]
    pub fn with_at_once(mut self, sentences: usize) -> Self {
        self.at_once = sentences.max(1);
        self
    }

    /// Its host, as it may be shown.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    fn named(mut self) -> Self {
        self.name = format!(
            "speech server {} {} {} {}",
            self.host, self.model, self.voice, self.speed
        );
        self
    }

    async fn attempt(&self, sentence: &str) -> Result<Vec<u8>, Attempt> {
        let mut request = self.client.post(self.url.clone()).json(&json!({
            "model": self.model,
            "input": sentence,
            "voice": self.voice,
            "response_format": "wav",
            "speed": f64::from(self.speed) / 100.0,
        }));
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let ask = async {
            let response = request
                .send()
                .await
                .map_err(|error| Attempt::unreachable(&self.host, error))?;
            if response.status().is_success() {
                body(response, &self.host).await
            } else {
                Err(refused(response, &self.host, self.key.as_deref()).await)
            }
        };
        tokio::time::timeout(self.limit, ask)
            .await
            .unwrap_or_else(|_| {
                Err(Attempt::again(VoiceError::ServerTimedOut {
                    server: self.host.clone(),
                    limit: self.limit,
                }))
            })
    }

    async fn bytes(&self, sentence: &str) -> Result<Vec<u8>, VoiceError> {
        let mut wait = BACK_OFF;
        for number in 1.. {
            match self.attempt(sentence).await {
                Ok(bytes) => return Ok(bytes),
                Err(Attempt {
                    error,
                    again,
                    asked,
                }) => {
                    let pause = asked.unwrap_or(wait);
                    if !again || number >= self.attempts || pause > LONGEST_WAIT {
                        return Err(error);
                    }
                    tracing::info!(audio.server = %self.host, %error, "a sentence is asked for again");
                    tokio::time::sleep(pause).await;
                    wait *= 2;
                }
            }
        }
        // The loop only ends by returning.
        Err(VoiceError::ServerTimedOut {
            server: self.host.clone(),
            limit: self.limit,
        })
    }
}

#[async_trait]
impl Voice for Server {
    /// The protocol has no place for a language: these models know it by the words.
    async fn say(&self, sentence: &str, _language: Option<&Language>) -> Result<Pcm, VoiceError> {
        let bytes = self.bytes(sentence).await?;
        let host = self.host.clone();
        let pcm = tokio::task::spawn_blocking(move || decode(&bytes))
            .await
            .map_err(|error| VoiceError::Unreachable {
                server: host.clone(),
                reason: error.to_string(),
            })?
            .map_err(|source| VoiceError::NotRecording {
                server: host,
                source,
            })?;
        if pcm.is_silent() {
            return Err(VoiceError::Silent {
                voice: self.name.clone(),
                beginning: sentence.chars().take(40).collect(),
            });
        }
        Ok(pcm)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn at_once(&self) -> usize {
        self.at_once
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("name", &self.name)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// The address of the speech itself, from what an operator writes.
fn speech_address(written: &str) -> Result<Url, VoiceError> {
    let wrong = |reason: &str| VoiceError::Address {
        reason: reason.to_owned(),
    };
    let mut url = Url::parse(written.trim()).map_err(|error| wrong(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(wrong(
            "it does not begin with http:// or https:// and a host",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong(
            "it holds a name or a password; give the key by itself",
        ));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    if !path.ends_with("/audio/speech") {
        let version = if path.ends_with("/v1") { "" } else { "/v1" };
        url.set_path(&format!("{path}{version}/audio/speech"));
    }
    Ok(url)
}

/// Host and, where it is not the usual one, port.
fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// Whether the server runs on this machine, where no proxy leads.
fn is_here(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_completed() {
        for (written, whole) in [
            ("https://a.vn", "https://a.vn/v1/audio/speech"),
            ("https://a.vn/", "https://a.vn/v1/audio/speech"),
            ("http://a.vn:8880/v1", "http://a.vn:8880/v1/audio/speech"),
            ("https://a.vn/tts/v1/", "https://a.vn/tts/v1/audio/speech"),
            ("https://a.vn/x/audio/speech", "https://a.vn/x/audio/speech"),
        ] {
            assert_eq!(
                speech_address(written).unwrap().as_str(),
                whole,
                "{written}"
            );
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for written in ["", "a.vn", "ftp://a.vn", "file:///etc", "https://k:s@a.vn"] {
            let error = speech_address(written).unwrap_err().to_string();
            assert!(error.contains("https://host/v1"), "{written}: {error}");
        }
    }

    #[test]
    fn the_key_is_shown_nowhere() {
        let server = Server::new("https://a.vn", "tts-1", "nova")
            .unwrap()
            .with_key("sk-secret");
        assert!(!format!("{server:?}{}", server.name()).contains("secret"));
        assert_eq!(server.name(), "speech server a.vn tts-1 nova 100");
    }
}
