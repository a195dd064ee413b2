//! Many simulated receivers in one process: real keys, connections, downloads and receipts, no sound.
//!
//! They play by the same rule as a real one ([`crate::cue`]) and keep nothing on disk. The check of a
//! signature is shared among those that got the same bytes: real receivers check each on its own
//! processor.

mod hall;
mod member;
mod report;

use std::sync::Arc;
use std::time::Duration;

use rand::RngCore;
use rand::rngs::StdRng;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::Clock;

pub use report::Summary;

/// What a swarm is told.
#[derive(Debug, Clone)]
pub struct Swarm {
    /// The server.
    pub server: String,
    /// One code each.
    pub codes: Vec<String>,
}

/// Why there is no swarm.
#[derive(Debug, thiserror::Error)]
pub enum SwarmError {
    /// No program of its kind without it.
    #[error("no thread for the swarm ({0})")]
    Runtime(#[from] std::io::Error),
    /// The server refused, or a thread broke.
    #[error("{0}")]
    Enrolment(String),
}

/// Enrols all, runs them until `over` returns, and answers what was measured. `ready` is told once all
/// are connected.
pub fn swarm(
    wanted: &Swarm,
    clock: Box<dyn Clock>,
    mut dice: StdRng,
    ready: impl FnOnce(usize),
    over: impl FnOnce() + Send + 'static,
) -> Result<Summary, SwarmError> {
    raise_open_files();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let hall = Arc::new(hall::Hall::new(&wanted.server, clock));
        let mut enrolling = JoinSet::new();
        for code in wanted.codes.clone() {
            let (hall, seed) = (hall.clone(), seed(&mut dice));
            enrolling.spawn(async move { member::Member::enrol(hall, code, seed).await });
        }
        let (end, ended) = watch::channel(false);
        let mut running = JoinSet::new();
        while let Some(member) = enrolling.join_next().await {
            let member = member.map_err(|error| SwarmError::Enrolment(error.to_string()))?;
            let member = member.map_err(|error| SwarmError::Enrolment(error.to_string()))?;
            running.spawn(member.run(ended.clone()));
        }
        while hall.report.connected() < wanted.codes.len() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        ready(hall.report.connected());
        let _ = tokio::task::spawn_blocking(over).await;
        let _ = end.send(true);
        while running.join_next().await.is_some() {}
        Ok(hall.report.summary())
    })
}

/// A connection is an open file.
fn raise_open_files() {
    let maximum = getrlimit(Resource::Nofile).maximum;
    let most = Rlimit {
        current: maximum,
        maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, most) {
        tracing::warn!(%error, "no more open files are allowed");
    }
}

fn seed(dice: &mut StdRng) -> [u8; 32] {
    let mut seed = [0; 32];
    dice.fill_bytes(&mut seed);
    seed
}
