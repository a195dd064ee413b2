//! What a plan asks is written when it is confirmed, so the rows are declared by the plans.

pub use crate::plans::entity::{duty, duty_unit, regime};
