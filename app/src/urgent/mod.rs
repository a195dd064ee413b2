//! Urgent messages: a story on the short path. One person writes it and names the areas; another
//! hears it and sends it to every loudspeaker there with one act. It goes before anything else, is
//! said until its time is over or it is taken back, and is looked back on afterwards.

mod announced;
mod api;
mod ask;
pub mod entity;
mod heard;
mod message;
mod pages;
mod review;
mod send;
mod waiting;

pub use announced::{Announced, announced, announced_one};
pub use api::api;
pub use ask::{Asked, Choices, NotAsked, ask, ask_in, check_timing, checked};
pub use heard::{Heard, heard};
pub use message::{Message, Stage, get, list};
pub use pages::{AskForm, AskPage, routes};
pub use review::review;
pub use send::{cancel, finish, finish_all, send, send_by_rule};
pub use waiting::{Task, Waiting, waiting};
