//! How a speaker shows who it is: every request but enrolment is signed.
//!
//! `Authorization: Loa <speaker>.<unix ms>.<nonce>.<base64 signature>`, the signature over
//! `loa/request/v1\n<METHOD>\n<path and query>\n<unix ms>\n<nonce>\n<hex SHA-256 of the body>`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::keys::{PublicKey, SecretKey};
use crate::reason::Reason;

/// A request may be dated so far from the server's clock, either way.
pub const MAX_SKEW: TimeDelta = TimeDelta::minutes(15);

/// What a connection to the broker signs in place of method and path; its body is empty, and the
/// whole header is the password.
pub const CONNECT: (&str, &str) = ("CONNECT", "loa/v1");

/// What a header claims, not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who it says it is.
    pub speaker: i64,
    /// When it says it was made.
    pub at: DateTime<Utc>,
    /// A number used once.
    pub nonce: String,
    signature: Vec<u8>,
}

/// The value of the header. `nonce` is 16 random bytes in hexadecimal.
pub fn authorization(
    key: &SecretKey,
    speaker: i64,
    (method, path): (&str, &str),
    body: &[u8],
    at: DateTime<Utc>,
    nonce: &str,
) -> String {
    let signature = key.sign(&text(method, path, body, at.timestamp_millis(), nonce));
    format!(
        "Loa {speaker}.{}.{nonce}.{}",
        at.timestamp_millis(),
        STANDARD.encode(signature)
    )
}

/// Reads the header.
pub fn read_authorization(header: &str) -> Result<Claim, Reason> {
    let mut parts = header
        .strip_prefix("Loa ")
        .ok_or(Reason::Malformed)?
        .splitn(4, '.');
    let mut next = || parts.next().ok_or(Reason::Malformed);
    let speaker = next()?.parse().map_err(|_| Reason::Malformed)?;
    let ms: i64 = next()?.parse().map_err(|_| Reason::Malformed)?;
    let nonce = next()?.to_owned();
    let signature = STANDARD.decode(next()?).map_err(|_| Reason::Malformed)?;
    let at = DateTime::from_timestamp_millis(ms).ok_or(Reason::Malformed)?;
    if !(16..=64).contains(&nonce.len()) || !nonce.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        return Err(Reason::Malformed);
    }
    Ok(Claim {
        speaker,
        at,
        nonce,
        signature,
    })
}

/// Whether the request is that speaker's and of now. That its nonce was not used before is the
/// server's to remember.
pub fn verify_request(
    claim: &Claim,
    key: &PublicKey,
    (method, path): (&str, &str),
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<(), Reason> {
    let signed = text(
        method,
        path,
        body,
        claim.at.timestamp_millis(),
        &claim.nonce,
    );
    if !key.signed(&signed, &claim.signature) {
        return Err(Reason::BadSignature);
    }
    if (now - claim.at).abs() > MAX_SKEW {
        return Err(Reason::Expired);
    }
    Ok(())
}

fn text(method: &str, path: &str, body: &[u8], ms: i64, nonce: &str) -> Vec<u8> {
    let digest = hex::encode(Sha256::digest(body));
    format!("loa/request/v1\n{method}\n{path}\n{ms}\n{nonce}\n{digest}").into_bytes()
}
