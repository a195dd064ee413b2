//! The receiver behind a loudspeaker: fetches signed manifests and sounds, plays them at their
//! time from its own disk, and keeps a signed receipt of every playing until the server has it.
//!
//! Two threads share a [`Device`]: `player` never touches the network, `rounds` never the sound.

mod client;
mod clock;
mod cue;
mod decode;
mod device;
mod enrol;
mod folder;
mod identity;
mod journal;
mod outbox;
mod output;
mod player;
mod rounds;
mod run;
mod sounds;
mod status;

pub use client::CallError;
pub use clock::{Clock, MachineClock, ServerTime};
pub use device::Device;
pub use enrol::{EnrolError, enrol};
pub use folder::FolderError;
pub use identity::{Identity, IdentityError};
pub use output::{Output, OutputError};
pub use run::{RunError, run};
pub use status::{Report, report};
