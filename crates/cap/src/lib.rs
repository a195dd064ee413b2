//! Warnings as the Common Alerting Protocol 1.2 has them (OASIS, 1 July 2010), so that any system that
//! listens for warnings understands ours.
//!
//! Pure: an [`Alert`] becomes a document, and a document of somebody else an [`Alert`] or a [`Refused`] that says
//! what is wrong and in which line. `tests/schema.rs` has another program check what is written against the schema.
//!
//! Nothing here looks at a signature: whoever acts on what was read has to check that first.

mod alert;
mod elements;
mod read;
mod write;

pub use alert::{
    Alert, Area, Category, Certainty, Info, MessageType, Reference, Resource, Severity, Status,
    Urgency,
};
pub use elements::{Problem, Refused};
