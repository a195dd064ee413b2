//! Two texts word by word.

use std::collections::HashMap;

use serde::Serialize;

use super::common::common;

/// A stretch of text that stands in both texts or only in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// In which.
    pub kind: PieceKind,
    /// The text, with its blanks and line ends.
    pub text: String,
}

/// In which text a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    /// In both.
    Same,
    /// Only in the old one.
    Removed,
    /// Only in the new one.
    Added,
}

/// What became of a text, word by word: without the added pieces it is the old text, without the
/// removed ones the new. Where both changed, the removed piece stands first.
///
/// Long texts that have little in common are told as rewritten between the words they share; the
/// time grows with their length, not with its square.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let (old, new) = (words(old), words(new));
    let mut numbers = HashMap::new();
    let mut number = |list: &[Word]| -> Vec<usize> {
        list.iter()
            .map(|word| {
                let next = numbers.len();
                *numbers.entry(word.text.to_owned()).or_insert(next)
            })
            .collect()
    };
    let pairs = common(&number(&old), &number(&new));
    let mut told = Told::default();
    let (mut at_old, mut at_new) = (0, 0);
    for (a, b) in pairs {
        told.change(&old[at_old..a], &new[at_new..b]);
        told.keep(&old[a], &new[b]);
        (at_old, at_new) = (a + 1, b + 1);
    }
    told.change(&old[at_old..], &new[at_new..]);
    told.finish()
}

/// A word or a sign, and the blanks behind it.
struct Word<'a> {
    text: &'a str,
    blanks: &'a str,
}

/// The words of a text; blanks before the first stand behind an empty one.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let letters = |c: char| c.is_alphanumeric();
        let length = if letters(first) {
            rest.find(|c| !letters(c)).unwrap_or(rest.len())
        } else if first.is_whitespace() {
            0
        } else {
            first.len_utf8()
        };
        let (word, behind) = rest.split_at(length);
        let (blanks, behind) = behind.split_at(behind.len() - behind.trim_start().len());
        words.push(Word { text: word, blanks });
        rest = behind;
    }
    words
}

#[derive(Default)]
struct Told {
    pieces: Vec<Piece>,
    removed: String,
    added: String,
}

impl Told {
    fn change(&mut self, old: &[Word], new: &[Word]) {
        for (list, text) in [(old, &mut self.removed), (new, &mut self.added)] {
            for word in list {
                text.push_str(word.text);
                text.push_str(word.blanks);
            }
        }
    }

    fn keep(&mut self, old: &Word, new: &Word) {
        if !old.text.is_empty() {
            self.settle();
            self.push(PieceKind::Same, old.text);
        }
        if old.blanks == new.blanks {
            self.settle();
            self.push(PieceKind::Same, old.blanks);
        } else {
            self.removed.push_str(old.blanks);
            self.added.push_str(new.blanks);
        }
    }

    /// Tells what has changed since the last word that stayed.
    fn settle(&mut self) {
        let (removed, added) = (
            std::mem::take(&mut self.removed),
            std::mem::take(&mut self.added),
        );
        self.push(PieceKind::Removed, &removed);
        self.push(PieceKind::Added, &added);
    }

    fn push(&mut self, kind: PieceKind, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => self.pieces.push(Piece {
                kind,
                text: text.to_owned(),
            }),
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.settle();
        self.pieces
    }
}
