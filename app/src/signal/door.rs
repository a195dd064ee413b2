//! Who comes in at the broker, and what becomes of what they say.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use loa_air::{CONNECT, Claim, MAX_SKEW, Topic, read_authorization, verify_request};
use loa_broker::{Bytes, Gate, Guest, Listener, Trespass};
use tokio::sync::mpsc::Sender;

use super::inbox::Heard;
use crate::app::App;
use crate::error::Failure;
use crate::ids::SpeakerId;
use crate::speakers::{self, public_key};

/// Lets enrolled speakers in, and hands on what they say.
pub(super) struct Door {
    app: App,
    inbox: Sender<Heard>,
    /// Numbers that were used, and until when they must not come again.
    used: Mutex<HashMap<(i64, String), DateTime<Utc>>>,
}

impl Door {
    pub(super) fn new(app: App, inbox: Sender<Heard>) -> Self {
        Self {
            app,
            inbox,
            used: Mutex::default(),
        }
    }

    async fn recognise(&self, user: &str, password: &str) -> Result<Option<Guest>, Failure> {
        let Ok(claim) = read_authorization(password) else {
            return Ok(None);
        };
        let row = speakers::enrolled(&self.app.db, SpeakerId(claim.speaker)).await?;
        let Some(row) = row.filter(|row| row.id.to_string() == user) else {
            return Ok(None);
        };
        let now = self.app.clock.now();
        let holds = verify_request(&claim, &public_key(&row)?, CONNECT, b"", now).is_ok();
        let guest = Guest {
            speaker: row.id.0,
            area: row.area_id.0,
        };
        Ok((holds && self.first_time(claim, now)).then_some(guest))
    }

    /// A captured password opens nothing.
    fn first_time(&self, claim: Claim, now: DateTime<Utc>) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() > 100_000 {
            used.retain(|_, until| *until > now);
        }
        let until = claim.at + MAX_SKEW;
        used.insert((claim.speaker, claim.nonce), until).is_none()
    }
}

impl Gate for Door {
    async fn admit(&self, user: &str, password: &str) -> Option<Guest> {
        self.recognise(user, password)
            .await
            .unwrap_or_else(|error| {
                tracing::error!(error.cause = %error, "nobody can be let in");
                None
            })
    }

    async fn heard(&self, speaker: i64, topic: Topic, payload: Bytes) {
        hand_on(&self.inbox, speaker, topic, payload).await;
    }

    async fn trespassed(&self, guest: Guest, trespass: Trespass) {
        let (Trespass::Hear(topic) | Trespass::Say(topic)) = trespass;
        let id = SpeakerId(guest.speaker);
        tracing::warn!(
            speaker.id = id.0,
            topic,
            "a loudspeaker reached outside its topics"
        );
        if let Err(error) = speakers::note_trespass(&self.app, id, &topic).await {
            tracing::error!(error.cause = %error, "a trespass is not kept");
        }
    }
}

/// The same at a broker that is not our own: it says who spoke, and is believed in nothing.
pub(super) struct Ear {
    pub(super) app: App,
    pub(super) inbox: Sender<Heard>,
}

impl Listener for Ear {
    async fn connected(&mut self) {
        tracing::info!("connected to the broker");
        self.app.broker.stir_all();
    }

    async fn heard(&mut self, topic: Topic, payload: Bytes) {
        if let Topic::Receipts(speaker) | Topic::Status(speaker) = topic {
            hand_on(&self.inbox, speaker, topic, payload).await;
        }
    }
}

async fn hand_on(inbox: &Sender<Heard>, speaker: i64, topic: Topic, payload: Bytes) {
    let speaker = SpeakerId(speaker);
    let heard = match topic {
        Topic::Receipts(_) => Heard::Receipts(speaker, payload),
        Topic::Status(_) => Heard::Status(speaker, payload),
        _ => return,
    };
    // While the inbox is full, nothing more is read from this speaker.
    let _ = inbox.send(heard).await;
}
