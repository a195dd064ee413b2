//! Vietnamese official text as a reader would say it: pure, no input or output.
//!
//! [`speak`] turns a text into pieces, each with the span of the source it came from, so that an
//! editor can show what will be said above what is written; [`explain`] adds which rule or entry
//! read each of them. The words come from rules for numbers, dates and notations, and from a
//! [`Lexicon`] that is data and takes a province's additions: [`Lexicon::review`] says what is
//! wrong with them and what they change.
//!
//! An author has the last word: `{{TT|trung tâm}}` in the text itself is printed `TT` ([`plain`])
//! and said `trung tâm`, `{{Johnson & Johnson|@en}}` is given to an English voice as it stands.
//! [`marked`] writes such a mark, [`markup_problems`] names those that are not well formed.

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
