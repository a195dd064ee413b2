//! Warnings as the Common Alerting Protocol 1.2 has them (OASIS, 1 July 2010), so that any system that
//! listens for warnings understands ours.
//!
//! Pure: an [`Alert`] becomes a document, and a document of somebody else an [`Alert`] or a [`Refused`] that says
//! what is wrong and in which line. `tests/schema.rs` has another program check what is written against the schema.
//!
//! A signature is checked by whoever acts on what was read: [`to_check`] says what has to be checked.

mod alert;
mod elements;
mod read;
mod signature;
mod write;

pub use alert::{
    Alert, Area, Category, Certainty, Info, MessageType, Reference, Resource, Severity, Status,
    Urgency,
};
pub use elements::{Problem, Refused};
pub use signature::to_check;
