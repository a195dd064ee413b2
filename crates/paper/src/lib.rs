//! Facts → official documents, as DOCX and PDF, in the form of decree
//! 30/2020/NĐ-CP on clerical work.
//!
//! The crate is pure: it reads neither clock, disk nor network, and the same
//! [`OfficialDocument`] always gives the same bytes. What the decree prescribes
//! stands in [`form`]; [`pdf()`] and [`docx()`] take every measure from there.
//!
//! Text given by people is only ever text: it reaches the typesetter as data
//! and the word processor's XML escaped, so nothing in it can act as markup.

mod clean;
mod docx;
mod error;
mod face;
pub mod form;
mod model;
mod pdf;

pub use docx::docx;
pub use error::PaperError;
pub use model::{Align, Annex, Block, Column, OfficialDocument, Run, Signature};
pub use pdf::pdf;
