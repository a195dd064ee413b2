//! Random histories of a speaker against a model of what it owes: whatever the network, the clocks and the
//! power do, nothing is said twice, nothing foreign is said, and no receipt is lost.
//!
//! The real device and the real player run on a real folder, by a clock that only moves when it is
//! waited on. The server is a model: slots, versions, and what it has heard.

mod events;
mod sounds;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{
    Item, Manifest, Outcome, Priority, Receipt, SecretKey, Signed, Slot, sign_manifest,
    sign_urgent, verify_receipt,
};
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tempfile::TempDir;

use crate::clock::{Clock, SetClock};
use crate::device::Device;
use crate::folder::{self, FolderError, power};
use crate::identity::Identity;
use crate::output::Output;
use crate::player;
use crate::rounds::Bell;
use events::{Event, events};
use sounds::{LENGTHS, sounds};

const AREA: i64 = 3;
const SPEAKER: i64 = 17;

/// The server, the folder, the speaker while it has power.
struct Story {
    folder: TempDir,
    clock: SetClock,
    start: DateTime<Utc>,
    server: SecretKey,
    key: SecretKey,
    device: Option<Device>,
    bell: Sender<Bell>,
    slots: Vec<Slot>,
    version: i64,
    /// Every message that was ever signed, by version.
    manifests: Vec<Signed>,
    urgents: Vec<Signed>,
    /// What may be said, ever: slot and delivery, with the sound.
    genuine: BTreeMap<(i64, i64), String>,
    received: BTreeMap<String, Receipt>,
    highest: i64,
}

impl Story {
    fn begin() -> Self {
        let folder = TempDir::new().unwrap();
        let start: DateTime<Utc> = "2026-11-26T02:00:00Z".parse().unwrap();
        let (server, key) = (
            SecretKey::from_seed(&[42; 32]),
            SecretKey::from_seed(&[7; 32]),
        );
        let identity = Identity {
            area: AREA,
            enrolled_at: start - TimeDelta::hours(1),
            name: String::new(),
            poll_seconds: 60,
            server: "http://127.0.0.1:9".into(),
            server_key: server.public().text(),
            speaker: SPEAKER,
        };
        folder::write_json(&folder.path().join("identity.json"), &identity).unwrap();
        std::fs::write(folder.path().join("key"), hex::encode(key.seed())).unwrap();
        let mut story = Self {
            folder,
            clock: SetClock::at(start),
            start,
            server,
            key,
            device: None,
            bell: channel().0,
            slots: Vec::new(),
            version: 0,
            manifests: Vec::new(),
            urgents: Vec::new(),
            genuine: BTreeMap::new(),
            received: BTreeMap::new(),
            highest: 0,
        };
        story.sign();
        story
    }

    /// The true time.
    fn now(&self) -> DateTime<Utc> {
        self.start + self.clock.monotonic()
    }

    /// A new version, as the server signs it.
    fn sign(&mut self) {
        self.version += 1;
        let now = self.now();
        self.slots.retain(|slot| slot.ends_at > now);
        let all = Manifest {
            area: AREA,
            issued_at: now,
            slots: self.slots.clone(),
            valid_until: now + TimeDelta::hours(72),
            version: self.version,
        };
        let mut urgent = all.clone();
        urgent
            .slots
            .retain(|slot| slot.priority == Priority::Urgent);
        self.manifests.push(sign_manifest(&self.server, &all));
        self.urgents.push(sign_urgent(&self.server, &urgent));
    }

    fn make(&mut self, after: i64, seconds: i64, items: usize, priority: Priority) {
        let id = i64::try_from(self.genuine.len()).unwrap() + 100;
        let starts_at = self.now() + TimeDelta::seconds(after);
        let items: Vec<Item> = (0..items)
            .map(|place| {
                let (sha256, bytes) = &sounds()[place % LENGTHS.len()];
                let delivery = id * 10 + i64::try_from(place).unwrap();
                self.genuine.insert((id, delivery), sha256.clone());
                Item {
                    bytes: bytes.len() as u64,
                    delivery,
                    duration_ms: LENGTHS[place % LENGTHS.len()],
                    lufs: -16.0,
                    sha256: sha256.clone(),
                    title: String::new(),
                }
            })
            .collect();
        self.slots.push(Slot {
            ends_at: starts_at + TimeDelta::seconds(seconds),
            id,
            items,
            priority,
            starts_at,
        });
        self.sign();
    }

    fn happens(&mut self, event: &Event) {
        match *event {
            Event::Made {
                after,
                seconds,
                items,
                priority,
            } => {
                self.make(after, seconds, items, priority);
            }
            Event::TakenBack(which) if !self.slots.is_empty() => {
                let which = which % self.slots.len();
                self.slots.remove(which);
                self.sign();
            }
            Event::TakenBack(_) => {}
            Event::Manifest { earlier } => {
                let body = body(&self.manifests, earlier);
                self.run(|device, _| device.accept(&body).map(drop));
            }
            Event::Urgent { earlier } => {
                let body = body(&self.urgents, earlier);
                self.run(|device, _| device.accept_urgent(&body).map(drop));
            }
            Event::Forged => self.forge(),
            Event::Sound(which) => self.bring(which),
            Event::Plays(tenths) => self.play(tenths),
            Event::HandedIn { acknowledged } => self.hand_in(acknowledged),
            Event::Jumps(minutes) => {
                let mut both = self.clock.0.lock().unwrap();
                both.0 += TimeDelta::minutes(minutes);
            }
            Event::PowerFails(changes) => power::fails_after(changes),
        }
        self.check();
    }

    /// Does something with the speaker; when the disk or the power fails, it ends there.
    fn run(&mut self, act: impl FnOnce(&Device, &Sender<Bell>) -> Result<(), FolderError>) {
        if self.device.is_none() {
            self.start();
        }
        let Some(device) = &self.device else {
            return;
        };
        if act(device, &self.bell).is_err() {
            self.device = None;
            power::is_back();
        }
    }

    /// Switches the speaker on, and it hears the server's time.
    fn start(&mut self) {
        let (clock, dice) = (
            Box::new(self.clock.clone()),
            Box::new(StdRng::seed_from_u64(self.seed())),
        );
        match Device::open(self.folder.path(), clock, dice, 80) {
            Ok(device) => {
                device
                    .time
                    .learn(self.clock.monotonic(), self.now(), Duration::from_millis(1));
                self.device = Some(device);
            }
            Err(_) => power::is_back(),
        }
    }

    /// No number is used twice in a history.
    fn seed(&self) -> u64 {
        u64::try_from(self.clock.monotonic().as_nanos()).unwrap() ^ self.received.len() as u64
    }

    fn forge(&mut self) {
        let sha256 = sounds()[0].0.clone();
        let item = Item {
            bytes: sounds()[0].1.len() as u64,
            delivery: 666,
            duration_ms: LENGTHS[0],
            lufs: -16.0,
            sha256,
            title: String::new(),
        };
        let now = self.now();
        let forged = Manifest {
            area: AREA,
            issued_at: now,
            slots: vec![Slot {
                ends_at: now + TimeDelta::hours(1),
                id: 66,
                items: vec![item],
                priority: Priority::Urgent,
                starts_at: now,
            }],
            valid_until: now + TimeDelta::hours(72),
            version: self.version + 100,
        };
        let thief = SecretKey::from_seed(&[66; 32]);
        for signed in [sign_manifest(&thief, &forged), sign_urgent(&thief, &forged)] {
            let body = serde_json::to_vec(&signed).unwrap();
            self.run(|device, _| {
                assert!(device.accept(&body)?.is_err());
                assert!(device.accept_urgent(&body)?.is_err());
                Ok(())
            });
        }
    }

    fn bring(&mut self, which: usize) {
        let (sha256, bytes) = &sounds()[which % LENGTHS.len()];
        self.run(|device, _| {
            if device.sounds.holds(sha256) {
                return Ok(());
            }
            let (mut part, have) = device.sounds.part(sha256)?;
            let rest = bytes
                .get(usize::try_from(have).unwrap()..)
                .unwrap_or_default();
            std::io::Write::write_all(&mut part, rest).unwrap();
            assert!(device.sounds.take(sha256)?);
            Ok(())
        });
    }

    fn play(&mut self, tenths: i64) {
        let until =
            self.clock.monotonic() + Duration::from_millis(u64::try_from(tenths * 100).unwrap());
        let clock = self.clock.clone();
        while clock.monotonic() < until {
            let before = clock.monotonic();
            self.run(|device, bell| {
                let wait = player::step(device, &Output::Null, bell)?;
                device
                    .time
                    .sleep(wait.min(until.saturating_sub(clock.monotonic())));
                Ok(())
            });
            if clock.monotonic() == before {
                // It was off for a moment.
                clock.sleep(Duration::from_millis(10));
            }
        }
    }

    fn hand_in(&mut self, acknowledged: bool) {
        let public = self.key.public();
        let mut came = Vec::new();
        self.run(|device, _| {
            for (id, signed) in device.receipts.oldest(100)? {
                came.push((
                    id.clone(),
                    verify_receipt(&signed, &public, SPEAKER).unwrap(),
                ));
                if acknowledged {
                    device.receipt_known(&id)?;
                }
            }
            Ok(())
        });
        for (id, receipt) in came {
            let known = self.received.insert(id, receipt.clone());
            assert!(
                known.is_none_or(|known| known == receipt),
                "one id, two receipts"
            );
        }
    }

    /// What holds at every moment.
    fn check(&mut self) {
        let Some(device) = &self.device else {
            return;
        };
        let version = device.version();
        assert!(
            version >= self.highest,
            "v{version} after v{}",
            self.highest
        );
        assert!(version <= self.version, "nobody signed v{version}");
        self.highest = version;
    }

    /// All goes well from now on; then the books are balanced.
    fn end(mut self) {
        power::is_back();
        self.happens(&Event::Manifest { earlier: 0 });
        for which in 0..LENGTHS.len() {
            self.happens(&Event::Sound(which));
        }
        let last = self.slots.iter().map(|slot| slot.ends_at).max();
        let left = last.map_or(0, |last| (last - self.now()).num_milliseconds() / 100);
        self.happens(&Event::Plays(left.max(0) + 50));
        self.happens(&Event::HandedIn { acknowledged: true });
        let device = self.device.as_ref().expect("it has power");
        assert!(device.journal.broken().is_empty(), "something never ended");
        assert!(device.receipts.oldest(1).unwrap().is_empty());

        let mut said = BTreeSet::new();
        let mut times = Vec::new();
        for receipt in self.received.values() {
            let what = (receipt.slot, receipt.delivery);
            assert_eq!(
                self.genuine.get(&what),
                Some(&receipt.sha256),
                "foreign: {receipt:?}"
            );
            assert!(said.insert(what), "two receipts: {receipt:?}");
            assert!(device.journal.begun(receipt.slot, receipt.delivery));
            if receipt.outcome != Outcome::Failed {
                times.push((receipt.started_at, receipt.ended_at));
            }
        }
        times.sort();
        for pair in times.windows(2) {
            assert!(pair[0].1 <= pair[1].0, "two at once: {pair:?}");
        }
        // What the last manifest asked for, with a slot still to come then, was said or has its reason.
        for slot in &self.slots {
            for item in &slot.items {
                assert!(said.contains(&(slot.id, item.delivery)), "missed: {slot:?}");
            }
        }
    }
}

fn body(messages: &[Signed], earlier: usize) -> Vec<u8> {
    let place = messages.len().saturating_sub(1 + earlier);
    serde_json::to_vec(&messages[place]).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_books_balance(events in proptest::collection::vec(events(), 1..40)) {
        let mut story = Story::begin();
        for event in &events {
            story.happens(event);
        }
        story.end();
    }

    /// With its sounds there in time and its power on, a slot that stands alone is said whole and in time,
    /// whatever the wall clock does and however often messages come again.
    #[test]
    fn a_slot_that_can_be_said_is_said(
        jumps in proptest::collection::vec(-90i64..90, 0..4),
        after in 2i64..20,
        items in 1usize..4,
        again in 0usize..3,
    ) {
        let mut story = Story::begin();
        story.make(after, 10, items, Priority::Ordinary);
        story.happens(&Event::Manifest { earlier: 0 });
        for which in 0..LENGTHS.len() {
            story.happens(&Event::Sound(which));
        }
        for minutes in &jumps {
            story.happens(&Event::Jumps(*minutes));
            story.happens(&Event::Plays(3));
            for _ in 0..again {
                story.happens(&Event::Manifest { earlier: 0 });
                story.happens(&Event::Urgent { earlier: 1 });
            }
        }
        story.happens(&Event::Plays(after * 10 + 120));
        story.happens(&Event::HandedIn { acknowledged: true });
        prop_assert_eq!(story.received.len(), items);
        for receipt in story.received.values() {
            prop_assert_eq!(receipt.outcome, Outcome::Whole, "{:?}", receipt);
            prop_assert!(receipt.lateness_ms.abs() <= 200, "{:?}", receipt);
        }
        story.end();
    }
}
