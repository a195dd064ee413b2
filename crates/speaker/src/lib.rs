//! The receiver behind a loudspeaker: fetches signed manifests and sounds, plays them at their
//! time from its own disk, and keeps a signed receipt of every playing until the server has it.
//!
//! Three threads share a [`Device`]: `player` never touches the network, `rounds` and `broker` never
//! the sound. `rounds` alone is enough; `broker` makes it quicker.

mod asked;
mod broker;
mod client;
mod clock;
mod conform;
mod cue;
mod decode;
mod device;
mod downloads;
mod enrol;
mod folder;
#[cfg(test)]
mod history;
mod identity;
mod journal;
mod line;
mod outbox;
mod output;
mod player;
mod reserve;
mod rounds;
mod run;
mod sounds;
mod status;
mod swarm;
mod tone;
mod trial;

pub use client::CallError;
pub use clock::{Clock, MachineClock, ServerTime};
pub use conform::{Conformity, Found, Point, conform};
pub use device::Device;
pub use enrol::{EnrolError, enrol};
pub use folder::FolderError;
pub use identity::{Identity, IdentityError};
pub use output::{Output, OutputError};
pub use run::{RunError, run};
pub use status::{Report, report};
pub use swarm::{Summary, Swarm, SwarmError, swarm};
pub use trial::Trial;
