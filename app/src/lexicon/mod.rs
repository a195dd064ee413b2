//! The lexicon: how the programme's own words are read, above what `crates/speech` knows. It is
//! used wherever words are read: in the editor, for the sound, by programs and on the command line.

mod api;
mod builtin;
mod check;
pub mod entity;
mod entry;
mod exchange;
mod history;
mod import;
mod in_force;
mod lines;
mod pages;
mod reading;
mod rights;
mod search;
mod write;

pub use api::api;
pub(crate) use api::reading as reading_json;
pub use entry::Entry;
pub use in_force::{InForce, Lexicons, hold, in_force, of_store};
pub use lines::{Line, Segment, Tone, lines};
pub use pages::{Pace, ReadingPart, routes};
pub use reading::{By, Piece, Reading, Rest};
pub use rights::may_change;
pub use write::{NotKept, create, remove, save};
