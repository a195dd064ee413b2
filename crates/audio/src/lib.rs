//! Spoken words made into sound that may be broadcast.
//!
//! A [`Voice`] says sentences; [`render`] joins them with rests, brings them to the loudness of the
//! outlet (EBU R128), keeps the true peak below its ceiling, and writes an MP3. A sentence that was
//! said before is taken from the cache, and the same words give the same bytes.

mod cache;
mod espeak;
mod loudness;
mod mp3;
mod pcm;
mod render;
mod resample;
mod voice;

pub use espeak::Espeak;
pub use loudness::Loudness;
pub use pcm::{Pcm, WavError};
pub use render::{AudioError, SentenceSound, Sound, render};
pub use voice::{Voice, VoiceError};
