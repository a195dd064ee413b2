//! Vietnamese official text as a reader would say it: pure, no input or output.
//!
//! [`speak`] turns a text into pieces, each with the span of the source it came from, so that an
//! editor can show what will be said above what is written. The words come from rules for numbers,
//! dates and notations, and from a [`Lexicon`] that is data and takes a province's additions.

mod additions;
mod explain;
mod hash;
mod language;
mod layout;
mod letter;
mod lexicon;
mod markup;
mod number;
mod phrases;
mod reader;
mod remark;
mod rules;
mod scan;
mod source;
mod spoken;
mod token;

pub use additions::Addition;
pub use explain::{EntryUsed, Explained, explain};
pub use language::Language;
pub use lexicon::{Lexicon, LexiconError};
pub use markup::{MarkupProblem, MarkupProblemKind, marked, markup_problems, plain, unmarked};
pub use phrases::{Condition, Origin};
pub use reader::speak;
pub use remark::{Remark, Remarked};
pub use spoken::{Pause, Piece, Rule, Sentence, Spoken};

/// The spoken form of one line, with the built-in lexicon.
#[must_use]
pub fn speak_line(text: &str) -> String {
    speak(text, Lexicon::builtin()).text()
}
