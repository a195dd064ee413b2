//! What whoever asks has already (RFC 9110, section 13.1.2).

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Whether `If-None-Match` names a tag. A proxy that compresses marks tags as weak: it is the same thing.
pub fn has(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    known.is_some_and(|known| {
        let mut tags = known.split(',');
        tags.any(|one| one.trim().trim_start_matches("W/") == tag)
    })
}

/// The answer to somebody who has it already.
pub fn unchanged(tag: String) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_tags_is_enough_and_weak_ones_count() {
        let asked = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, value.parse().unwrap());
            has(&headers, "\"v7\"")
        };
        for known in ["\"v7\"", "W/\"v7\"", "\"v6\", \"v7\""] {
            assert!(asked(known), "{known}");
        }
        for other in ["\"v6\"", "v7", ""] {
            assert!(!asked(other), "{other}");
        }
        assert!(!has(&HeaderMap::new(), "\"v7\""));
    }
}
