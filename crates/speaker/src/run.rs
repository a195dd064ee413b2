//! Running: one thread plays, one asks and tells, one listens; none waits for another.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rand::RngCore;

use crate::broker;
use crate::clock::Clock;
use crate::device::Device;
use crate::folder::{self, FolderError};
use crate::identity::{Identity, IdentityError};
use crate::output::Output;
use crate::player;
use crate::rounds::Rounds;

/// Why a speaker stops.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Another process plays from the same folder.
    #[error("{0}: another loa-speaker runs with this folder; stop it first")]
    Busy(String),
    /// Not enrolled, or the folder is damaged.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The disk.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// Plays and reports until the process ends or its disk fails. `poll` overrides the server's wish.
pub fn run(
    data: &Path,
    output: &Output,
    poll: Option<Duration>,
    volume: u8,
    clock: Box<dyn Clock>,
    dice: Box<dyn RngCore + Send>,
) -> Result<(), RunError> {
    let asked = Identity::read(data)?.poll_seconds;
    let path = data.join("lock");
    let lock = File::create(&path).map_err(folder::at(&path))?;
    if lock.try_lock().is_err() {
        return Err(RunError::Busy(data.display().to_string()));
    }
    let device = Device::open(data, clock, dice, volume)?;
    let poll = poll.unwrap_or(Duration::from_secs(u64::from(asked)));
    tracing::info!(
        speaker = device.identity.speaker,
        area = device.identity.area,
        version = device.version(),
        "ready"
    );
    let (bell, rung) = mpsc::channel();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let rounds = Rounds::new(&device);
        scope.spawn(move || rounds.go_on(poll, &rung));
        let news = bell.clone();
        scope.spawn(|| broker::listen(&device, &{ news }, &over));
        // The channel closes when the player ends, and so the others end too.
        let played = player::play_on(&device, output, &{ bell });
        over.store(true, Ordering::Relaxed);
        played
    })?;
    Ok(())
}
