//! Spoken words made into sound that may be broadcast.
//!
//! A [`Voice`] says sentences; [`render`] joins them with rests, brings them to the loudness of the
//! outlet (EBU R128), keeps the true peak below its ceiling, and writes an MP3. A sentence that was
//! said before is taken from the cache, and the same words give the same bytes.

mod cache;
mod coding;
mod espeak;
mod estimate;
mod first;
mod frames;
mod jingle;
mod join;
mod layout;
mod limiter;
mod loudness;
mod master;
mod mp3;
mod ogg_opus;
mod pcm;
mod peaks;
mod recording;
mod render;
mod resample;
mod say;
mod server;
mod sound;
mod tags;
mod take;
mod voice;
mod weighting;

pub use espeak::Espeak;
pub use estimate::estimate;
pub use first::{PassedOver, Rendered, render_first};
pub use jingle::{Jingle, jingle};
pub use join::{JoinError, JoinPart, Joined, join};
pub use loudness::Loudness;
pub use master::{Master, master};
pub use pcm::{Pcm, WavError};
pub use recording::{RecordingError, decode, media_type};
pub use render::{length, render};
pub use server::Server;
pub use sound::{AudioError, SentenceSound, Sound};
pub use tags::{Chapter, Tags};
pub use take::Take;
pub use voice::{Voice, VoiceError};
