//! Two clause trees, clause by clause: what a corrected document kept, changed, added and removed.

mod common;
mod likeness;
mod order;
mod outline;
mod pairing;
mod pieces;

pub use pieces::{Piece, PieceKind, pieces};

use crate::model::Clause;
use outline::{Outline, Wordings};

/// What became of a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change<'a> {
    /// Its own words are the same, whatever its number is now and wherever it went.
    Same {
        /// As it was.
        old: &'a Clause,
        /// As it is.
        new: &'a Clause,
    },
    /// The same clause in other words.
    Changed {
        /// As it was.
        old: &'a Clause,
        /// As it is.
        new: &'a Clause,
    },
    /// It was not there.
    Added(&'a Clause),
    /// It is there no more.
    Removed(&'a Clause),
}

impl<'a> Change<'a> {
    /// The clause as it was.
    pub fn before(&self) -> Option<&'a Clause> {
        match self {
            Self::Same { old, .. } | Self::Changed { old, .. } | Self::Removed(old) => Some(old),
            Self::Added(_) => None,
        }
    }

    /// The clause as it is.
    pub fn after(&self) -> Option<&'a Clause> {
        match self {
            Self::Same { new, .. } | Self::Changed { new, .. } | Self::Added(new) => Some(new),
            Self::Removed(_) => None,
        }
    }
}

/// Compares two trees. Every clause of either, at any depth, stands in exactly one of the changes;
/// they come in the order of the new document, removed clauses where they stood in the old one.
///
/// A clause's own words are its heading and its text, without its children; where lines break in
/// them does not matter. docs/decisions tells how clauses are matched.
pub fn compare<'a>(old: &'a [Clause], new: &'a [Clause]) -> Vec<Change<'a>> {
    let mut wordings = Wordings::default();
    let old = Outline::of(old, &mut wordings);
    let new = Outline::of(new, &mut wordings);
    let pairing = pairing::pair(&old, &new, wordings.count());
    order::changes(&old, &new, &pairing)
}
