//! Sound for a player that asks for parts of it (RFC 9110, section 14).

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::Failure;
use crate::web::etag;

/// A kept MP3, whole or the part that `Range` asks for.
pub async fn sound_response(
    app: &App,
    headers: &HeaderMap,
    sha256: &str,
) -> Result<Response, Failure> {
    file_response(app, headers, sha256, "audio/mpeg").await
}

/// A kept file of sound, whole or the part that `Range` asks for.
pub(super) async fn file_response(
    app: &App,
    headers: &HeaderMap,
    sha256: &str,
    media_type: &str,
) -> Result<Response, Failure> {
    let tag = format!("\"{sha256}\"");
    let sent = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if etag::has(headers, &tag) {
        return Ok(etag::unchanged(tag));
    }
    let bytes = app.files.get(sha256).await?;
    let common = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, tag.clone()),
    ];
    // A part of another sound is of no use: then all of this one is sent.
    let same = sent(header::IF_RANGE).is_none_or(|seen| seen == tag);
    let all = bytes.len();
    match sent(header::RANGE)
        .filter(|_| same)
        .map(|range| part(range, all))
    {
        None | Some(Part::Whole) => Ok((common, bytes).into_response()),
        Some(Part::Bytes(first, last)) => {
            let range = format!("bytes {first}-{last}/{all}");
            let part = bytes[first..=last].to_vec();
            let headers = (common, [(header::CONTENT_RANGE, range)]);
            Ok((StatusCode::PARTIAL_CONTENT, headers.0, headers.1, part).into_response())
        }
        Some(Part::Beyond) => {
            let range = [(header::CONTENT_RANGE, format!("bytes */{all}"))];
            Ok((StatusCode::RANGE_NOT_SATISFIABLE, common, range).into_response())
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Nothing we understand was asked for, or several parts: all is a right answer then.
    Whole,
    /// From a byte to a byte, both included.
    Bytes(usize, usize),
    /// Nothing is there.
    Beyond,
}

fn part(range: &str, all: usize) -> Part {
    let Some((from, to)) = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Part::Whole;
    };
    let last = all.saturating_sub(1);
    match (from.trim().parse::<usize>(), to.trim().parse::<usize>()) {
        (Ok(from), _) if from >= all => Part::Beyond,
        (Ok(from), Ok(to)) if from <= to => Part::Bytes(from, Ord::min(to, last)),
        (Ok(from), Err(_)) if to.trim().is_empty() => Part::Bytes(from, last),
        (Err(_), Ok(0)) if from.trim().is_empty() => Part::Beyond,
        (Err(_), Ok(length)) if from.trim().is_empty() && all > 0 => {
            Part::Bytes(all.saturating_sub(length), last)
        }
        _ => Part::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_a_player_asked_for() {
        assert_eq!(part("bytes=0-", 10), Part::Bytes(0, 9));
        assert_eq!(part("bytes=2-3", 10), Part::Bytes(2, 3));
        assert_eq!(part("bytes=8-99", 10), Part::Bytes(8, 9));
        assert_eq!(part("bytes=-4", 10), Part::Bytes(6, 9));
        assert_eq!(part("bytes=-99", 10), Part::Bytes(0, 9));
        assert_eq!(part("bytes=10-", 10), Part::Beyond);
        assert_eq!(part("bytes=-0", 10), Part::Beyond);
        for odd in [
            "bytes=5-2",
            "bytes=0-1,4-5",
            "lines=1-2",
            "bytes=",
            "bytes=-",
        ] {
            assert_eq!(part(odd, 10), Part::Whole, "{odd}");
        }
    }
}
