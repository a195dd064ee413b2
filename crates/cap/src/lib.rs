//! Warnings as the Common Alerting Protocol 1.2 has them (OASIS, 1 July 2010), so that any system that
//! listens for warnings understands ours.
//!
//! Pure: what comes in is an [`Alert`], what comes out is a document. `tests/schema.rs` has another program
//! check it against the schema.

mod alert;
mod write;

pub use alert::{
    Alert, Area, Category, Certainty, Info, MessageType, Reference, Resource, Severity, Status,
    Urgency,
};
