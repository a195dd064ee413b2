//! One simulated receiver.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use loa_air::{
    Acknowledged, Enrolled, Enrolment, Manifest, Notice, Outcome, PublicKey, Receipt, SecretKey,
    Signed, Topic, sign_receipt,
};
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use rumqttc::{AsyncClient, Event, EventLoop, Packet, QoS};
use tokio::sync::watch;

use super::SwarmError;
use super::hall::{Hall, download};
use crate::asked::Asked;
use crate::broker::{options, password};
use crate::client::{Asked as Answer, CallError, Caller};
use crate::clock::ServerTime;
use crate::cue::{self, Cue};

/// How often a receipt that was not acknowledged is said again.
const AGAIN: Duration = Duration::from_secs(5);
/// How often it is looked whether anything is due.
const LOOK: Duration = Duration::from_millis(200);
/// After the end a member stays so long for the last acknowledgements.
const LAST: Duration = Duration::from_secs(10);

/// Its key and who it is.
struct Identity {
    hall: Arc<Hall>,
    key: SecretKey,
    enrolled: Enrolled,
    server: PublicKey,
    dice: Mutex<StdRng>,
}

/// A receiver without sound and without a disk.
pub(super) struct Member {
    who: Arc<Identity>,
    asked: Asked,
    held: HashSet<String>,
    begun: HashSet<(i64, i64)>,
    playing: Option<(Cue, DateTime<Utc>)>,
    /// Receipts until they are acknowledged, and which round they belong to.
    unacknowledged: BTreeMap<String, (Signed, DateTime<Utc>)>,
}

impl Caller for Identity {
    fn speaker(&self) -> i64 {
        self.enrolled.speaker
    }

    fn key(&self) -> &SecretKey {
        &self.key
    }

    fn time(&self) -> &ServerTime {
        &self.hall.time
    }

    fn nonce(&self) -> String {
        let mut bytes = [0; 16];
        let mut dice = self.dice.lock().unwrap_or_else(PoisonError::into_inner);
        dice.fill_bytes(&mut bytes);
        hex::encode(bytes)
    }
}

impl Member {
    /// Shows a code and learns who it is.
    pub(super) async fn enrol(
        hall: Arc<Hall>,
        code: String,
        seed: [u8; 32],
    ) -> Result<Self, SwarmError> {
        let mut dice = StdRng::from_seed(seed);
        let mut key = [0; 32];
        dice.fill_bytes(&mut key);
        let key = SecretKey::from_seed(&key);
        let enrolment = Enrolment {
            code,
            name: String::new(),
            public_key: key.public().text(),
        };
        let asks = hall.clone();
        let enrolled = hall.ask(move || asks.client.enrol(&enrolment)).await;
        let enrolled = enrolled.map_err(|error| SwarmError::Enrolment(error.to_string()))?;
        let server = PublicKey::parse(&enrolled.server_key);
        let server = server.map_err(|error| SwarmError::Enrolment(error.to_string()))?;
        let who = Identity {
            hall,
            key,
            enrolled,
            server,
            dice: Mutex::new(dice),
        };
        Ok(Self {
            who: Arc::new(who),
            asked: Asked::default(),
            held: HashSet::new(),
            begun: HashSet::new(),
            playing: None,
            unacknowledged: BTreeMap::new(),
        })
    }

    /// Runs until the end is told.
    pub(super) async fn run(mut self, mut ended: watch::Receiver<bool>) {
        let mut last = None;
        while last.is_none_or(|last| tokio::time::Instant::now() < last) {
            if let Err(error) = self.attend(&mut ended, &mut last).await {
                tracing::debug!(speaker = self.who.speaker(), error, "the line broke");
                let wait = self
                    .who
                    .dice
                    .lock()
                    .map_or(500, |mut dice| dice.random_range(200..2_000));
                tokio::time::sleep(Duration::from_millis(wait)).await;
            }
        }
        self.who.hall.report.lost(self.unacknowledged.len());
    }

    async fn attend(
        &mut self,
        ended: &mut watch::Receiver<bool>,
        last: &mut Option<tokio::time::Instant>,
    ) -> Result<(), String> {
        let (client, mut events) = self.connect().await.map_err(|error| error.to_string())?;
        self.fetch_manifest().await;
        let mut look = tokio::time::interval(LOOK);
        let mut again = tokio::time::interval(AGAIN);
        loop {
            let next = self.next_moment();
            tokio::select! {
                event = events.poll() => self.take(&client, event.map_err(|error| error.to_string())?).await,
                () = tokio::time::sleep(next) => self.play(&client),
                _ = look.tick() => self.play(&client),
                _ = again.tick() => self.try_again(&client).await,
                _ = ended.changed(), if last.is_none() => {
                    *last = Some(tokio::time::Instant::now() + LAST);
                }
            }
            let over = last.is_some_and(|last| tokio::time::Instant::now() >= last);
            if over || (last.is_some() && self.unacknowledged.is_empty() && self.playing.is_none())
            {
                *last = Some(tokio::time::Instant::now());
                return Ok(());
            }
        }
    }

    /// What did not come through before.
    async fn try_again(&mut self, client: &AsyncClient) {
        for (receipt, _) in self.unacknowledged.values() {
            say(client, self.who.speaker(), receipt);
        }
        if let Some(plan) = self.asked.plan.clone() {
            self.fetch_sounds(&plan).await;
        }
    }

    async fn connect(&self) -> Result<(AsyncClient, EventLoop), CallError> {
        let who = self.who.clone();
        let access = self
            .who
            .hall
            .ask(move || who.hall.client.access(&*who, &who.server))
            .await?;
        let mut options =
            options(self.who.speaker(), access, || password(&*self.who)).map_err(|url| {
                CallError::Unreachable {
                    url,
                    reason: "no address of a broker".to_owned(),
                }
            })?;
        options.set_inflight(4);
        Ok(AsyncClient::new(options, 16))
    }

    async fn take(&mut self, client: &AsyncClient, event: Event) {
        let (speaker, area) = (self.who.speaker(), self.who.enrolled.area);
        match event {
            Event::Incoming(Packet::ConnAck(_)) => {
                for topic in Topic::heard_by(speaker, area) {
                    let _ = client.try_subscribe(topic.to_string(), QoS::AtMostOnce);
                }
            }
            Event::Incoming(Packet::SubAck(_)) => self.who.hall.report.connect(speaker),
            Event::Incoming(Packet::Publish(said)) if !said.payload.is_empty() => {
                match said.topic.parse() {
                    Ok(Topic::Urgent(_)) => self.hear_urgent(&said.payload).await,
                    Ok(Topic::Manifest(_)) => {
                        let notice = serde_json::from_slice::<Notice>(&said.payload);
                        // An urgent one says the same and came before.
                        if notice.is_ok_and(|notice| notice.version > self.asked.newest()) {
                            self.fetch_manifest().await;
                        }
                    }
                    Ok(Topic::Ack(_)) => self.acknowledged(&said.payload),
                    _ => {}
                }
                self.play(client);
            }
            _ => {}
        }
    }

    async fn hear_urgent(&mut self, body: &[u8]) {
        let hall = self.who.hall.clone();
        let checked = hall.check(body, &self.who.server, self.who.enrolled.area, true);
        match checked {
            Ok(urgent) if urgent.version > self.asked.newest() => {
                hall.report.arrived(&urgent, hall.time.exactly());
                self.asked.take_urgent((*urgent).clone());
                self.fetch_sounds(&urgent).await;
            }
            Ok(_) => {}
            Err(_) => hall.report.refused(),
        }
    }

    async fn fetch_manifest(&mut self) {
        let (who, held) = (self.who.clone(), self.asked.version());
        let area = who.enrolled.area;
        let answer = self
            .who
            .hall
            .ask(move || who.hall.client.manifest(&*who, area, held))
            .await;
        let Ok(Answer::Came(body)) = answer else {
            return;
        };
        match self.who.hall.check(&body, &self.who.server, area, false) {
            Ok(manifest) => {
                self.asked.take((*manifest).clone());
                self.fetch_sounds(&manifest).await;
            }
            Err(_) => self.who.hall.report.refused(),
        }
    }

    async fn fetch_sounds(&mut self, manifest: &Manifest) {
        let items = manifest.slots.iter().flat_map(|slot| &slot.items);
        let wanted: HashSet<&String> = items.map(|item| &item.sha256).collect();
        for sha256 in wanted {
            if self.held.contains(sha256) {
                continue;
            }
            let (who, hash) = (self.who.clone(), sha256.clone());
            let fetched = self
                .who
                .hall
                .ask(move || download(&who.hall, &*who, &hash))
                .await;
            match fetched {
                Ok(true) => drop(self.held.insert(sha256.clone())),
                Ok(false) => self.who.hall.report.refused(),
                Err(error) => tracing::debug!(%error, "a sound is not here yet"),
            }
        }
    }

    /// How long nothing begins or ends.
    fn next_moment(&self) -> Duration {
        let now = self.who.hall.time.now();
        let next = match (&self.playing, &self.asked.plan) {
            (Some((cue, began)), _) => Some(ends_at(cue, *began)),
            (None, Some(plan)) => cue::next_start(plan, now),
            (None, None) => None,
        };
        let wait = next.and_then(|next| (next - now).to_std().ok());
        wait.unwrap_or(LOOK).min(LOOK)
    }

    fn play(&mut self, client: &AsyncClient) {
        let now = self.who.hall.time.now();
        if let Some((cue, began)) = &self.playing {
            if now < ends_at(cue, *began) {
                return;
            }
            let (cue, began) = (cue.clone(), *began);
            self.playing = None;
            self.finish(client, &cue, began, now);
        }
        let Some(plan) = self.asked.plan.clone() else {
            return;
        };
        let begun = |slot, delivery| self.begun.contains(&(slot, delivery));
        let due = cue::due(&plan, now, begun, |sha256| self.held.contains(sha256));
        if let Some(cue) = due {
            self.begun.insert((cue.slot, cue.item.delivery));
            let hall = &self.who.hall;
            hall.report.started(cue.planned_at, hall.time.exactly());
            self.playing = Some((cue, now));
        }
    }

    fn finish(
        &mut self,
        client: &AsyncClient,
        cue: &Cue,
        began: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        let speaker = self.who.speaker();
        let id = format!("r{:013}-{}", began.timestamp_millis(), self.who.nonce());
        let receipt = Receipt {
            area: self.who.enrolled.area,
            clock_offset_ms: 0,
            delivery: cue.item.delivery,
            detail: None,
            ended_at: now,
            id: id.clone(),
            lateness_ms: (began - cue.planned_at).num_milliseconds(),
            manifest_version: self.asked.newest(),
            outcome: Outcome::Whole,
            sha256: cue.item.sha256.clone(),
            slot: cue.slot,
            speaker,
            started_at: began,
            volume: 80,
        };
        let signed = sign_receipt(&self.who.key, &receipt);
        say(client, speaker, &signed);
        self.unacknowledged.insert(id, (signed, cue.planned_at));
    }

    fn acknowledged(&mut self, payload: &[u8]) {
        let known: Acknowledged = serde_json::from_slice(payload).unwrap_or_default();
        for id in known.acknowledged {
            if let Some((_, planned_at)) = self.unacknowledged.remove(&id) {
                let hall = &self.who.hall;
                hall.report.acknowledged(planned_at, hall.time.now());
            }
        }
    }
}

fn ends_at(cue: &Cue, began: DateTime<Utc>) -> DateTime<Utc> {
    let length = Duration::from_millis(cue.item.duration_ms);
    (began + length).min(cue.ends_at)
}

fn say(client: &AsyncClient, speaker: i64, receipt: &Signed) {
    if let Ok(body) = serde_json::to_vec(&[receipt]) {
        let topic = Topic::Receipts(speaker).to_string();
        let _ = client.try_publish(topic, QoS::AtLeastOnce, false, body);
    }
}
