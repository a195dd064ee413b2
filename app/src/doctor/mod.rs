//! What works on this machine, and what to do about what does not.

mod checks;
mod findings;
mod rehearsal;

pub use checks::check;
pub use findings::{Findings, Step};
pub use rehearsal::rehearse;
