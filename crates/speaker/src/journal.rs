//! What was begun and what was ended: a playing is written down before its first sample, so that
//! no crash can make it play twice or go without a receipt.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::folder::{self, FolderError};
use crate::reserve::Reserve;

/// Playings this old are forgotten; no manifest reaches back so far.
const KEPT: TimeDelta = TimeDelta::days(14);

/// One delivery in one slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Play {
    /// Which delivery.
    pub delivery: i64,
    /// A receipt for it is kept or was acknowledged.
    pub ended: bool,
    /// Start against the plan.
    pub lateness_ms: i64,
    /// Which manifest asked for it.
    pub manifest_version: i64,
    /// The id of its one receipt.
    pub receipt: String,
    /// When it was last seen playing.
    pub seen_at: DateTime<Utc>,
    /// Of the sound.
    pub sha256: String,
    /// Which slot.
    pub slot: i64,
    /// By the server's clock.
    pub started_at: DateTime<Utc>,
    /// Why nothing of it was played at all.
    #[serde(default)]
    pub why_not: Option<String>,
}

/// All playings of the last days, on disk and in memory.
pub struct Journal {
    folder: PathBuf,
    reserve: Arc<Reserve>,
    plays: Mutex<HashMap<(i64, i64), Play>>,
    damaged: HashSet<(i64, i64)>,
}

impl Journal {
    /// Reads it, made if need be. A damaged entry counts as begun: it is
    /// said, and the playing is not repeated.
    pub fn open(folder: PathBuf, reserve: Arc<Reserve>) -> Result<Self, FolderError> {
        folder::make(&folder)?;
        let (mut plays, mut damaged) = (HashMap::new(), HashSet::new());
        for name in folder::list(&folder)? {
            match folder::read_json::<Play>(&folder.join(&name)) {
                Ok(Some(play)) => {
                    plays.insert((play.slot, play.delivery), play);
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(%error, "an entry of the journal is damaged");
                    damaged.extend(key(&name));
                }
            }
        }
        Ok(Self {
            folder,
            reserve,
            plays: Mutex::new(plays),
            damaged,
        })
    }

    /// Whether this delivery was begun in this slot, ever.
    pub fn begun(&self, slot: i64, delivery: i64) -> bool {
        self.damaged.contains(&(slot, delivery)) || self.lock().contains_key(&(slot, delivery))
    }

    /// Those without an end: the power went while they played.
    pub fn broken(&self) -> Vec<Play> {
        self.lock()
            .values()
            .filter(|play| !play.ended)
            .cloned()
            .collect()
    }

    /// Writes down how a playing stands.
    pub fn write(&self, play: &Play) -> Result<(), FolderError> {
        self.reserve.write_json(&self.path(play), play)?;
        self.lock().insert((play.slot, play.delivery), play.clone());
        Ok(())
    }

    /// Forgets what is too old to come back.
    pub fn tidy(&self, now: DateTime<Utc>) -> Result<(), FolderError> {
        let old: Vec<Play> = self
            .lock()
            .values()
            .filter(|p| p.ended && p.seen_at < now - KEPT)
            .cloned()
            .collect();
        for play in old {
            folder::remove(&self.path(&play))?;
            self.lock().remove(&(play.slot, play.delivery));
        }
        Ok(())
    }

    fn path(&self, play: &Play) -> PathBuf {
        self.folder
            .join(format!("{}-{}.json", play.slot, play.delivery))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(i64, i64), Play>> {
        self.plays.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Slot and delivery, from the name of a file.
fn key(name: &str) -> Option<(i64, i64)> {
    let (slot, delivery) = name.strip_suffix(".json")?.split_once('-')?;
    Some((slot.parse().ok()?, delivery.parse().ok()?))
}
