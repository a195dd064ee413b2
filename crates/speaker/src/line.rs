//! The connection to the broker, as the rest of the speaker sees it. What is said here is said over
//! HTTP too, unless the server acknowledged it in time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use loa_air::{Signed, Topic};
use rumqttc::{Client, QoS};

/// Up or down.
#[derive(Default)]
pub(crate) struct Line(Mutex<Option<Client>>);

impl Line {
    /// It is up.
    pub(crate) fn open(&self, client: Client) {
        *self.client() = Some(client);
    }

    /// It is down.
    pub(crate) fn close(&self) {
        *self.client() = None;
    }

    /// Whether it is up.
    pub(crate) fn is_open(&self) -> bool {
        self.client().is_some()
    }

    /// Says a receipt, if the line is up.
    pub(crate) fn say_receipt(&self, speaker: i64, receipt: Signed) {
        let Some(client) = self.client().clone() else {
            return;
        };
        let Ok(body) = serde_json::to_vec(&[receipt]) else {
            return;
        };
        let topic = Topic::Receipts(speaker).to_string();
        if let Err(error) = client.try_publish(topic, QoS::AtLeastOnce, false, body) {
            tracing::debug!(%error, "a receipt goes over HTTP");
        }
    }

    fn client(&self) -> MutexGuard<'_, Option<Client>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
