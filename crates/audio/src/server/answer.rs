//! What a speech server answers.

use std::time::Duration;

use reqwest::Response;
use reqwest::header::RETRY_AFTER;

use crate::voice::VoiceError;

/// The most that is taken of an answer: minutes of WAV at 48 kHz.
const LONGEST_ANSWER: usize = 32 << 20;
/// The most that is read of a refusal, and the most that is shown.
const LONGEST_REFUSAL: usize = 8 << 10;
const SHOWN: usize = 200;

/// An attempt that failed.
pub(super) struct Attempt {
    pub(super) error: VoiceError,
    /// Whether another may do better.
    pub(super) again: bool,
    /// How long the server asks to wait before.
    pub(super) asked: Option<Duration>,
}

impl Attempt {
    /// Another attempt may do better.
    pub(super) fn again(error: VoiceError) -> Self {
        Self {
            error,
            again: true,
            asked: None,
        }
    }

    /// The connection could not be made, or broke.
    pub(super) fn unreachable(server: &str, error: reqwest::Error) -> Self {
        Self::again(VoiceError::Unreachable {
            server: server.to_owned(),
            reason: causes(&error.without_url()),
        })
    }

    fn last(error: VoiceError) -> Self {
        Self {
            error,
            again: false,
            asked: None,
        }
    }
}

/// The whole body, up to a limit.
pub(super) async fn body(mut response: Response, server: &str) -> Result<Vec<u8>, Attempt> {
    let mut bytes = Vec::new();
    while let Some(part) = response
        .chunk()
        .await
        .map_err(|error| Attempt::unreachable(server, error))?
    {
        if bytes.len() + part.len() > LONGEST_ANSWER {
            return Err(Attempt::last(VoiceError::AnswerTooLong {
                server: server.to_owned(),
                limit: LONGEST_ANSWER,
            }));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// Why the server refused, in its own words but never with the key in them.
pub(super) async fn refused(mut response: Response, server: &str, key: Option<&str>) -> Attempt {
    let status = response.status();
    let asked = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.trim().parse().ok())
        .map(Duration::from_secs);
    let mut bytes = Vec::new();
    while bytes.len() < LONGEST_REFUSAL {
        match response.chunk().await {
            Ok(Some(part)) => bytes.extend_from_slice(&part),
            Ok(None) | Err(_) => break,
        }
    }
    bytes.truncate(LONGEST_REFUSAL);
    Attempt {
        error: VoiceError::Refused {
            server: server.to_owned(),
            status: status.as_u16(),
            message: message(&String::from_utf8_lossy(&bytes), key),
        },
        again: status.as_u16() == 429 || status.is_server_error(),
        asked,
    }
}

/// The message within a JSON answer, or the answer's beginning, on one line.
fn message(answer: &str, key: Option<&str>) -> String {
    let json: Option<serde_json::Value> = serde_json::from_str(answer).ok();
    let told = json.as_ref().and_then(|json| {
        let error = json.get("error").unwrap_or(json);
        error
            .as_str()
            .or_else(|| error.get("message")?.as_str())
            .or_else(|| error.get("detail")?.as_str())
    });
    let words = told.unwrap_or(answer);
    let words = key.map_or_else(|| words.to_owned(), |key| words.replace(key, "…"));
    let line: Vec<&str> = words
        .split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let shown: String = line.join(" ").chars().take(SHOWN).collect();
    if shown.is_empty() {
        "no message".to_owned()
    } else {
        shown
    }
}

/// An error with its causes, on one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut all = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        all.push_str(&format!(": {error}"));
        cause = error.source();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_words_are_found() {
        for (answer, told) in [
            (r#"{"error":{"message":"no such voice"}}"#, "no such voice"),
            (r#"{"error":"busy"}"#, "busy"),
            (r#"{"detail":"wrong model"}"#, "wrong model"),
            ("<h1>Bad\nGateway</h1>", "<h1>Bad Gateway</h1>"),
            ("", "no message"),
            ("key sk-1 is wrong", "key … is wrong"),
        ] {
            assert_eq!(message(answer, Some("sk-1")), told);
        }
    }
}
