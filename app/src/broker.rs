//! What the server says to loudspeakers at once. Every part may say that an area has something new;
//! what that is is worked out by `signal`, which knows all that plays.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use loa_air::Topic;
use loa_broker::{Hub, Outside};
use tokio::sync::Notify;

use crate::ids::{AreaId, SpeakerId};

/// The broker as the rest of the program sees it. Before `serve` opens it, nobody hears.
#[derive(Default)]
pub struct Broker {
    hub: Hub,
    outside: OnceLock<Outside>,
    address: OnceLock<Address>,
    stirred: Mutex<Stirred>,
    wake: Notify,
}

/// Where speakers find the broker.
#[derive(Debug, Clone)]
pub struct Address {
    /// `mqtts://host:port`
    pub url: String,
    /// PEM of what its certificate is checked against, when that is nothing public.
    pub certificate: Option<String>,
}

/// What may have something new.
#[derive(Debug, Default)]
pub struct Stirred {
    /// All that was ever told may be lost.
    pub all: bool,
    /// Some areas.
    pub areas: BTreeSet<AreaId>,
}

impl Broker {
    /// Something changed in what an area must do. Cheap, and right to say too often: after the
    /// transaction that changed it.
    pub fn stir(&self, area: AreaId) {
        self.unsaid().areas.insert(area);
        self.wake.notify_one();
    }

    /// Everything is to be told again.
    pub fn stir_all(&self) {
        self.unsaid().all = true;
        self.wake.notify_one();
    }

    /// What was stirred since the last time; waits until there is something.
    pub async fn stirred(&self) -> Stirred {
        loop {
            let stirred = std::mem::take(&mut *self.unsaid());
            if stirred.all || !stirred.areas.is_empty() {
                return stirred;
            }
            self.wake.notified().await;
        }
    }

    /// Speakers that are connected here.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// From now on speakers are told where it is.
    pub fn open(&self, address: Address) {
        // A second one would be a second `serve` in this process: the first stays.
        let _ = self.address.set(address);
    }

    /// Where it is, once it is open.
    pub fn address(&self) -> Option<&Address> {
        self.address.get()
    }

    /// From now on another broker carries what is said.
    pub fn hand_over(&self, outside: Outside) {
        let _ = self.outside.set(outside);
    }

    /// Whether another broker carries what is said.
    pub fn is_outside(&self) -> bool {
        self.outside.get().is_some()
    }

    /// Says something once.
    pub fn publish(&self, topic: Topic, payload: &[u8]) {
        match self.outside.get() {
            Some(outside) => outside.publish(topic, payload, false),
            None => drop(self.hub.publish(topic, payload)),
        }
    }

    /// Says something that is kept for those who come later.
    pub fn keep(&self, topic: Topic, payload: &[u8]) {
        match self.outside.get() {
            Some(outside) => outside.publish(topic, payload, true),
            None => drop(self.hub.keep(topic, payload)),
        }
    }

    /// What was kept is kept no more. Whoever listens may hear an empty message.
    pub fn forget(&self, topic: Topic) {
        self.keep(topic, b"");
    }

    /// A speaker is heard no more: its key was revoked.
    pub fn close(&self, speaker: SpeakerId) {
        self.hub.close(speaker.0);
    }

    fn unsaid(&self) -> MutexGuard<'_, Stirred> {
        self.stirred.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
