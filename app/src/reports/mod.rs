//! Reports: what is answered. A report of a unit for a year is a snapshot of figures, each with the
//! entries of the ledger it was counted from, and of what people wrote to them.

mod api;
mod board;
mod codes;
mod content;
mod counting;
mod document;
mod drafting;
pub mod entity;
mod file;
mod letterhead;
mod life;
mod narrative;
mod pages;
mod paper;
mod period;
mod ranges;
mod regimes;
mod report;
mod verify;

pub use api::api;
pub use board::{Owed, Sent, board, due, to_accept};
pub use codes::Code;
pub use content::{Content, Figure, Ledger};
pub use file::{FileKind, file};
pub use letterhead::Letterhead;
pub use life::{NotSaved, accept, amend, may_accept, recount, return_, submit, write};
pub use narrative::{Chapter, Narrative};
pub use pages::{in_words, routes};
pub use period::{MonthDay, Period, Rule, Timing};
pub use regimes::{Known, Regime, list as regimes};
pub use report::{Report, State, get, open, versions};
pub use verify::verify;
