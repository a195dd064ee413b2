//! The broker that stands in the server: MQTT 3.1.1 for loudspeakers, and for nobody else.
//!
//! It is no switch between clients. What loudspeakers hear comes from the server alone, through a
//! [`Hub`]; what they say goes to the server alone, through its [`Gate`]. A speaker that listens or
//! speaks outside its own topics is cut off, and the gate is told. So nothing that holds one speaker's
//! key, or a hundred, reaches another speaker.
//!
//! State, not events: there are no sessions to be resumed. A speaker that was away hears what is kept
//! for its topics when it subscribes, and asks over HTTP for the rest. A message is handed over once
//! (quality 0) or the connection is closed, never dropped in between.

mod files;
mod hub;
mod line;
mod outside;
mod server;
mod tls;
mod wire;

use std::future::Future;

pub use bytes::Bytes;
use loa_air::Topic;

pub use files::raise_open_files;
pub use hub::Hub;
pub use outside::{Listener, Outside, OutsideError};
pub use server::serve;
pub use tls::{Certificate, TlsError};

/// Whoever signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guest {
    /// The speaker.
    pub speaker: i64,
    /// Its area.
    pub area: i64,
}

/// The server's side of the broker.
pub trait Gate: Send + Sync + 'static {
    /// Who signs in with this name and password, if anybody.
    fn admit(&self, user: &str, password: &str) -> impl Future<Output = Option<Guest>> + Send;

    /// A speaker said something on one of its own topics. As long as this takes, nothing more is read
    /// from it.
    fn heard(&self, speaker: i64, topic: Topic, payload: Bytes) -> impl Future<Output = ()> + Send;

    /// A speaker was cut off because it reached outside its own topics.
    fn trespassed(&self, guest: Guest, trespass: Trespass) -> impl Future<Output = ()> + Send;
}

/// What a speaker did that no speaker may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trespass {
    /// It asked to hear this.
    Hear(String),
    /// It said something there.
    Say(String),
}
