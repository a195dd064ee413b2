//! The requests of docs/air.md, as a server answers them.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use loa_air::{
    Acknowledged, Enrolled, Enrolment, PublicKey, Reason, Signed, read_authorization,
    verify_receipt, verify_refusal, verify_request, verify_status,
};
use serde_json::json;

use super::desk::{AREA, Desk, SPEAKER};

/// Devices ask so often, so that a trial takes minutes and not hours.
const POLL_SECONDS: u32 = 2;
/// Larger requests are none of ours.
const LARGEST: usize = 1 << 20;

type Here = State<Arc<Desk>>;
/// The device's key, once a request was let through.
type Of = Extension<PublicKey>;

pub(super) fn router(desk: Arc<Desk>) -> Router {
    let signed = Router::new()
        .route("/air/v1/areas/{area}/manifest", get(manifest))
        .route("/air/v1/orders", get(orders))
        .route("/air/v1/sounds/{sha256}", get(sound))
        .route("/air/v1/receipts", post(receipts))
        .route("/air/v1/refusals", post(refusals))
        .route("/air/v1/status", post(status))
        .route(
            "/air/v1/broker",
            get(async || problem(404, "there is no broker")),
        )
        .layer(from_fn_with_state(Arc::clone(&desk), admit));
    Router::new()
        .merge(signed)
        .route("/air/v1/enrolment", post(enrol))
        .fallback(async || problem(404, "there is nothing of that name"))
        .layer(from_fn_with_state(Arc::clone(&desk), tell_time))
        .with_state(desk)
}

async fn tell_time(State(desk): Here, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let now = HeaderValue::from(desk.now().timestamp_millis());
    answer.headers_mut().insert("loa-time", now);
    answer
}

/// Lets through what the device signed, of now, with a nonce that was not seen.
async fn admit(State(desk): Here, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST).await else {
        return problem(413, "this is too long");
    };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let claim = parts.headers.get(header::AUTHORIZATION);
    let claim = claim.and_then(|claim| claim.to_str().ok());
    let claim = claim.and_then(|claim| read_authorization(claim).ok());
    {
        let mut seen = desk.seen();
        let Some(key) = seen.key.clone() else {
            return problem(401, "nobody is enrolled");
        };
        let Some(claim) = claim.filter(|claim| claim.speaker == SPEAKER) else {
            seen.faults
                .push(format!("{path}: not signed by the speaker that it is"));
            return problem(401, "not signed");
        };
        let what = (parts.method.as_str(), path);
        match verify_request(&claim, &key, what, &body, desk.now()) {
            Ok(()) if seen.nonces.insert(claim.nonce) => {}
            Ok(()) => {
                seen.faults.push(format!("{path}: a nonce was used twice"));
                return problem(401, "the nonce was seen");
            }
            // It learns the time from this answer.
            Err(Reason::Expired) => return problem(401, "the time is too far off"),
            Err(reason) => {
                seen.faults.push(format!("{path}: {}", reason.name()));
                return problem(401, "the signature does not hold");
            }
        }
        seen.asked += 1;
        parts.extensions.insert(key);
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

async fn enrol(State(desk): Here, body: Bytes) -> Response {
    let Ok(sent) = serde_json::from_slice::<Enrolment>(&body) else {
        return problem(422, "not as docs/air.md has it: code, name, public_key");
    };
    let mut seen = desk.seen();
    if sent.code != desk.code || seen.key.is_some() {
        return problem(403, "this code is not known, or was used");
    }
    let Ok(key) = PublicKey::parse(&sent.public_key) else {
        return problem(422, "no Ed25519 key in base64");
    };
    seen.key = Some(key);
    Json(Enrolled {
        area: AREA,
        poll_seconds: POLL_SECONDS,
        server_key: desk.key.public().text(),
        server_time: desk.now(),
        speaker: SPEAKER,
    })
    .into_response()
}

async fn manifest(State(desk): Here, Path(area): Path<i64>, headers: HeaderMap) -> Response {
    if area != AREA {
        desk.seen().faults.push(format!("it asked for area {area}"));
        return problem(404, "there is no such area");
    }
    let shown = desk.seen().manifest.clone();
    versioned(&desk, shown, &headers)
}

async fn orders(State(desk): Here, headers: HeaderMap) -> Response {
    let shown = desk.seen().orders.clone();
    if shown.is_none() {
        return StatusCode::NO_CONTENT.into_response();
    }
    versioned(&desk, shown, &headers)
}

fn versioned(desk: &Desk, shown: Option<(i64, Signed)>, headers: &HeaderMap) -> Response {
    let Some((version, signed)) = shown else {
        return problem(404, "there is none yet");
    };
    let tag = format!("\"v{version}\"");
    let held = headers.get(header::IF_NONE_MATCH);
    if held.is_some_and(|held| held.as_bytes() == tag.as_bytes()) {
        desk.seen().unchanged += 1;
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::ETAG, tag)], Json(signed)).into_response()
}

async fn sound(State(desk): Here, Path(sha256): Path<String>, headers: HeaderMap) -> Response {
    let mut seen = desk.seen();
    let Some(mut sound) = seen.sounds.get(&sha256).cloned() else {
        return problem(404, "there is no such sound");
    };
    let range = headers.get(header::RANGE);
    let range = range.and_then(|range| {
        range
            .to_str()
            .ok()?
            .strip_prefix("bytes=")?
            .strip_suffix('-')
    });
    let from: usize = range.and_then(|from| from.parse().ok()).unwrap_or(0);
    seen.fetched.push((sha256.clone(), from as u64));
    if seen.garbles.take_if(|one| *one == sha256).is_some() {
        let middle = sound.len() / 2;
        sound[middle] ^= 1;
    }
    let whole = sound.len();
    if from > 0 && from >= whole {
        return problem(416, "it is not as long as that");
    }
    let part = sound.split_off(from);
    let kind = (header::CONTENT_TYPE, "audio/mpeg".to_owned());
    let length = (header::CONTENT_LENGTH, part.len().to_string());
    let breaks_off = seen.breaks_off.take_if(|one| *one == sha256).is_some();
    let body = if breaks_off {
        half(&part)
    } else {
        Body::from(part)
    };
    if from == 0 {
        return ([kind, length], body).into_response();
    }
    let range = format!("bytes {from}-{}/{whole}", whole - 1);
    let headers = [kind, length, (header::CONTENT_RANGE, range)];
    (StatusCode::PARTIAL_CONTENT, headers, body).into_response()
}

/// Half of it, and then the line is dead.
fn half(part: &[u8]) -> Body {
    let pieces: [std::io::Result<Bytes>; 2] = [
        Ok(Bytes::copy_from_slice(&part[..part.len() / 2])),
        Err(std::io::Error::other("the line broke")),
    ];
    Body::from_stream(futures_util::stream::iter(pieces))
}

async fn receipts(
    State(desk): Here,
    Extension(key): Of,
    Json(sent): Json<Vec<Signed>>,
) -> Response {
    let mut seen = desk.seen();
    let mut answer = Acknowledged::default();
    for signed in sent {
        match verify_receipt(&signed, &key, SPEAKER) {
            Ok(receipt) => {
                answer.acknowledged.push(receipt.id.clone());
                let envelope = serde_json::to_string(&signed).unwrap_or_default();
                seen.receipts.push((receipt, envelope));
            }
            Err(reason) => seen.faults.push(format!("a receipt: {}", reason.name())),
        }
    }
    if seen.deaf {
        answer.acknowledged.clear();
    }
    Json(answer).into_response()
}

async fn refusals(
    State(desk): Here,
    Extension(key): Of,
    Json(sent): Json<Vec<Signed>>,
) -> Response {
    let mut seen = desk.seen();
    let mut answer = Acknowledged::default();
    for signed in sent {
        match verify_refusal(&signed, &key, SPEAKER) {
            Ok(refusal) => {
                answer.acknowledged.push(refusal.id.clone());
                seen.refusals.push(refusal);
            }
            Err(reason) => seen.faults.push(format!("a refusal: {}", reason.name())),
        }
    }
    Json(answer).into_response()
}

async fn status(State(desk): Here, Extension(key): Of, Json(signed): Json<Signed>) -> Response {
    let mut seen = desk.seen();
    match verify_status(&signed, &key, SPEAKER) {
        Ok(status) => {
            seen.status = Some(status);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(reason) => {
            seen.faults.push(format!("a status: {}", reason.name()));
            problem(422, "it does not verify")
        }
    }
}

fn problem(status: u16, detail: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let body = json!({ "title": "refused", "status": status.as_u16(), "detail": detail });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, body.to_string()).into_response()
}
