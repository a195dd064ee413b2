//! What was measured.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::Manifest;
use serde::Serialize;

/// Kept by all members together.
#[derive(Default)]
pub(super) struct Report(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    connected: HashSet<i64>,
    refused: usize,
    lost: usize,
    rounds: BTreeMap<DateTime<Utc>, Measured>,
}

#[derive(Default)]
struct Measured {
    arrivals: Vec<i64>,
    starts: Vec<i64>,
    last_start: Option<DateTime<Utc>>,
    last_ack: Option<DateTime<Utc>>,
    acknowledged: usize,
}

/// All of it.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// Members that were connected.
    pub count: usize,
    /// What was refused.
    pub refused: usize,
    /// Receipts that were never acknowledged.
    pub lost_receipts: usize,
    /// Largest memory of the process, in MB.
    pub memory_mb: u64,
    /// By the moment at which something was to start.
    pub rounds: Vec<Round>,
}

/// One moment at which something was to start.
#[derive(Debug, Serialize)]
pub struct Round {
    /// The moment.
    pub planned_at: DateTime<Utc>,
    /// From the server's signature, dated in whole milliseconds, to the checked message at the member.
    pub arrival_ms: Option<Spread>,
    /// Start against plan, in milliseconds.
    pub lateness_ms: Option<Spread>,
    /// How many started.
    pub started: usize,
    /// How many receipts were acknowledged.
    pub acknowledged: usize,
    /// From the last start to the last acknowledgement, in seconds.
    pub receipts_s: Option<f64>,
}

/// How a figure is spread over the members.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Spread {
    /// The smallest.
    pub first: f64,
    /// The middle.
    pub median: f64,
    /// Of a hundred, one is larger.
    pub p99: f64,
    /// The largest.
    pub last: f64,
}

impl Report {
    pub(super) fn connect(&self, speaker: i64) {
        self.notes().connected.insert(speaker);
    }

    pub(super) fn connected(&self) -> usize {
        self.notes().connected.len()
    }

    pub(super) fn arrived(&self, urgent: &Manifest, now: DateTime<Utc>) {
        // The newest slot is what it came for.
        let newest = urgent.slots.iter().max_by_key(|slot| slot.id);
        if let Some(slot) = newest {
            let took = micros(now - urgent.issued_at);
            let mut notes = self.notes();
            notes.round(slot.starts_at).arrivals.push(took);
        }
    }

    pub(super) fn started(&self, planned_at: DateTime<Utc>, now: DateTime<Utc>) {
        let mut notes = self.notes();
        let round = notes.round(planned_at);
        round.starts.push(micros(now - planned_at));
        round.last_start = round.last_start.max(Some(now));
    }

    pub(super) fn acknowledged(&self, planned_at: DateTime<Utc>, now: DateTime<Utc>) {
        let mut notes = self.notes();
        let round = notes.round(planned_at);
        round.acknowledged += 1;
        round.last_ack = round.last_ack.max(Some(now));
        let done = round.acknowledged;
        if done == notes.connected.len() {
            tracing::info!(round = %planned_at, acknowledged = done, "all receipts are acknowledged");
        }
    }

    pub(super) fn refused(&self) {
        self.notes().refused += 1;
    }

    pub(super) fn lost(&self, receipts: usize) {
        self.notes().lost += receipts;
    }

    pub(super) fn summary(&self) -> Summary {
        let notes = self.notes();
        Summary {
            count: notes.connected.len(),
            refused: notes.refused,
            lost_receipts: notes.lost,
            memory_mb: memory_mb(),
            rounds: notes
                .rounds
                .iter()
                .map(|(at, round)| round.shown(*at))
                .collect(),
        }
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Notes {
    fn round(&mut self, at: DateTime<Utc>) -> &mut Measured {
        self.rounds.entry(at).or_default()
    }
}

impl Measured {
    fn shown(&self, planned_at: DateTime<Utc>) -> Round {
        let waited = self.last_ack.zip(self.last_start);
        let ms = waited.map(|(ack, start)| (ack - start).num_milliseconds());
        Round {
            planned_at,
            arrival_ms: Spread::of(&self.arrivals),
            lateness_ms: Spread::of(&self.starts),
            started: self.starts.len(),
            acknowledged: self.acknowledged,
            receipts_s: ms
                .and_then(|ms| i32::try_from(ms).ok())
                .map(|ms| f64::from(ms) / 1_000.0),
        }
    }
}

impl Spread {
    fn of(figures: &[i64]) -> Option<Self> {
        let mut sorted = figures.to_vec();
        sorted.sort_unstable();
        let ms = |micros: &i64| {
            let micros = i32::try_from(*micros);
            micros.map_or(f64::MAX, |micros| f64::from(micros) / 1_000.0)
        };
        let at = |place: usize| sorted.get(place).map(ms);
        let last = sorted.len().checked_sub(1)?;
        Some(Self {
            first: at(0)?,
            median: at(last / 2)?,
            p99: at((sorted.len() * 99).div_ceil(100) - 1)?,
            last: at(last)?,
        })
    }
}

fn micros(length: TimeDelta) -> i64 {
    length.num_microseconds().unwrap_or(i64::MAX)
}

fn memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kb.unwrap_or_default() / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_that_of_all_figures() {
        let spread = |figures: &[i64]| {
            let Spread {
                first,
                median,
                p99,
                last,
            } = Spread::of(figures)?;
            Some([first, median, p99, last].map(|ms| format!("{ms:.3}")))
        };
        let figures: Vec<i64> = (1..=1_000).rev().map(|ms| ms * 1_000).collect();
        let shown = ["1.000", "500.000", "990.000", "1000.000"].map(str::to_owned);
        assert_eq!(spread(&figures), Some(shown));
        assert_eq!(spread(&[]), None);
        assert_eq!(spread(&[7]), Some(["0.007"; 4].map(str::to_owned)));
    }
}
