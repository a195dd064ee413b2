//! What all members share.

use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use loa_air::{Expected, Manifest, PublicKey, Reason, Signed, verify_manifest, verify_urgent};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::report::Report;
use crate::client::{CallError, Caller, Client};
use crate::clock::{Clock, ServerTime};

/// So many requests run at once; the others wait.
const AT_ONCE: usize = 64;

/// What a manifest is, or why it is none.
type Verdict = Result<Arc<Manifest>, Reason>;

/// The way to the server, the time, and what was checked already.
pub(super) struct Hall {
    pub(super) client: Client,
    pub(super) time: ServerTime,
    pub(super) report: Report,
    turns: Semaphore,
    checked: Mutex<HashMap<[u8; 32], Verdict>>,
}

impl Hall {
    pub(super) fn new(server: &str, clock: Box<dyn Clock>) -> Self {
        Self {
            client: Client::new(server),
            time: ServerTime::new(clock, 0),
            report: Report::default(),
            turns: Semaphore::new(AT_ONCE),
            checked: Mutex::default(),
        }
    }

    /// Runs a request when it is its turn.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        request: impl FnOnce() -> Result<T, CallError> + Send + 'static,
    ) -> Result<T, CallError> {
        // Neither is ever closed, and a request does not panic.
        let turn = self.turns.acquire().await;
        let answer = tokio::task::spawn_blocking(request).await;
        drop(turn);
        answer.unwrap_or_else(|error| {
            Err(CallError::Unreachable {
                url: String::new(),
                reason: error.to_string(),
            })
        })
    }

    /// A manifest, urgent or not, once it verifies.
    pub(super) fn check(
        &self,
        body: &[u8],
        server: &PublicKey,
        area: i64,
        urgent: bool,
    ) -> Verdict {
        let digest: [u8; 32] = Sha256::digest(body).into();
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        let once = checked.entry(digest).or_insert_with(|| {
            let signed: Signed = serde_json::from_slice(body).map_err(|_| Reason::Malformed)?;
            let expected = Expected {
                area,
                last_version: 0,
                now: self.time.now(),
            };
            let verify = if urgent {
                verify_urgent
            } else {
                verify_manifest
            };
            verify(&signed, server, expected).map(Arc::new)
        });
        once.clone().and_then(|manifest| {
            if manifest.area == area {
                Ok(manifest)
            } else {
                Err(Reason::WrongArea)
            }
        })
    }
}

/// Fetches a sound and says whether it is the one.
pub(super) fn download(hall: &Hall, caller: &impl Caller, sha256: &str) -> Result<bool, CallError> {
    let (_, mut body) = hall.client.sound(caller, sha256, 0)?;
    let mut digest = Sha256::new();
    let mut block = [0; 16 * 1024];
    loop {
        match body.read(&mut block) {
            Ok(0) => return Ok(hex::encode(digest.finalize()) == sha256),
            Ok(read) => digest.update(&block[..read]),
            Err(error) => {
                return Err(CallError::Unreachable {
                    url: sha256.to_owned(),
                    reason: error.to_string(),
                });
            }
        }
    }
}
