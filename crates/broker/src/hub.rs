//! Who hears what, and what is kept for those who come later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use loa_air::Topic;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::{Guest, wire};

/// So many messages wait for one speaker. Whoever does not take them is cut off, and finds the newest
/// state when it comes back.
const QUEUE: usize = 64;

/// The speakers on the line. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<Lines>>);

#[derive(Default)]
struct Lines {
    next: u64,
    open: HashMap<u64, Line>,
    of_speaker: HashMap<i64, u64>,
    hearing: HashMap<Topic, HashMap<u64, Sender<Bytes>>>,
    kept: HashMap<Topic, Bytes>,
}

struct Line {
    speaker: i64,
    sender: Sender<Bytes>,
    topics: Vec<Topic>,
}

/// A place on the line; it is given up when this goes.
pub(crate) struct Place {
    hub: Hub,
    id: u64,
    pub(crate) guest: Guest,
    /// Packets to send; `None` when the line is to be closed.
    pub(crate) packets: Receiver<Bytes>,
}

impl Hub {
    /// Says something to all who hear the topic; answers how many.
    pub fn publish(&self, topic: Topic, payload: &[u8]) -> usize {
        self.lines()
            .send(topic, &wire::publish(topic, payload, false))
    }

    /// The same, kept for those who come later. An empty payload keeps nothing any more.
    pub fn keep(&self, topic: Topic, payload: &[u8]) -> usize {
        let mut lines = self.lines();
        if payload.is_empty() {
            lines.kept.remove(&topic);
        } else {
            let packet = wire::publish(topic, payload, true);
            lines.kept.insert(topic, packet);
        }
        lines.send(topic, &wire::publish(topic, payload, false))
    }

    /// Closes the line of a speaker: its key is revoked, for one.
    pub fn close(&self, speaker: i64) {
        let mut lines = self.lines();
        if let Some(id) = lines.of_speaker.get(&speaker).copied() {
            lines.remove(id);
        }
    }

    /// Whether a speaker is on the line.
    pub fn has(&self, speaker: i64) -> bool {
        self.lines().of_speaker.contains_key(&speaker)
    }

    /// How many speakers are on the line.
    pub fn len(&self) -> usize {
        self.lines().open.len()
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A speaker comes; an older line of the same speaker is closed.
    pub(crate) fn enter(&self, guest: Guest) -> Place {
        let (sender, packets) = channel(QUEUE);
        let mut lines = self.lines();
        let id = lines.next;
        lines.next += 1;
        if let Some(older) = lines.of_speaker.insert(guest.speaker, id) {
            lines.remove(older);
        }
        let line = Line {
            speaker: guest.speaker,
            sender,
            topics: Vec::new(),
        };
        lines.open.insert(id, line);
        Place {
            hub: self.clone(),
            id,
            guest,
            packets,
        }
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// From now on this line hears the topic; answers what is kept there.
    pub(crate) fn hear(&self, topic: Topic) -> Option<Bytes> {
        let mut lines = self.hub.lines();
        let line = lines.open.get_mut(&self.id)?;
        line.topics.push(topic);
        let sender = line.sender.clone();
        let hearing = lines.hearing.entry(topic).or_default();
        hearing.insert(self.id, sender);
        lines.kept.get(&topic).cloned()
    }

    /// It does not hear the topic any more.
    pub(crate) fn turn_away(&self, topic: Topic) {
        let mut lines = self.hub.lines();
        if let Some(line) = lines.open.get_mut(&self.id) {
            line.topics.retain(|other| *other != topic);
        }
        lines.forget(topic, self.id);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.hub.lines().remove(self.id);
    }
}

impl Lines {
    fn send(&mut self, topic: Topic, packet: &Bytes) -> usize {
        let mut full = Vec::new();
        let mut sent = 0;
        for (id, sender) in self.hearing.get(&topic).into_iter().flatten() {
            match sender.try_send(packet.clone()) {
                Ok(()) => sent += 1,
                Err(_) => full.push(*id),
            }
        }
        for id in full {
            self.remove(id);
        }
        sent
    }

    fn remove(&mut self, id: u64) {
        let Some(line) = self.open.remove(&id) else {
            return;
        };
        if self.of_speaker.get(&line.speaker) == Some(&id) {
            self.of_speaker.remove(&line.speaker);
        }
        for topic in line.topics {
            self.forget(topic, id);
        }
    }

    fn forget(&mut self, topic: Topic, id: u64) {
        if let Some(hearing) = self.hearing.get_mut(&topic) {
            hearing.remove(&id);
            if hearing.is_empty() {
                self.hearing.remove(&topic);
            }
        }
    }
}
