//! A text as it is read: piece by piece, with the place in the text and what the words come from.

use std::ops::Range;

use loa_speech::{Explained, Pause, Rule, Spoken};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::in_force::InForce;
use crate::files::sha256;
use crate::ids::EntryId;

/// What the words of a piece come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// They are what is written.
    Written,
    /// A rule: numbers, dates, notations, letters one by one.
    Rule,
    /// An entry of the program's own lexicon.
    Builtin,
    /// An entry of the province.
    Province(EntryId),
    /// The author, in the text itself.
    Author,
    /// Nothing is said here.
    Silent,
}

/// What follows a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// More of the sentence.
    None,
    /// The next sentence.
    Sentence,
    /// The next paragraph.
    Paragraph,
}

/// A stretch of the text and what is said for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text. Pieces follow one another and cover the text.
    pub source: Range<usize>,
    /// The words said.
    pub spoken: String,
    /// What follows.
    pub rest: Rest,
    /// What the words come from.
    pub by: By,
    /// Which rule it was; not kept.
    pub rule: Option<Rule>,
}

/// A reading as it is kept with the sound that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// SHA-256 of the sentences as the voice is given them: equal words make an equal sound.
    pub words: String,
    /// All that is said, on one line.
    pub text: String,
    /// All pieces.
    pub pieces: Vec<Piece>,
}

/// The form in the store: a piece ends where the next begins.
#[derive(Serialize, Deserialize)]
struct Kept {
    words: String,
    text: String,
    pieces: Vec<(usize, String, Rest, By)>,
}

impl Reading {
    /// What a text sounds like, with what the words come from.
    pub fn of(text: &str, spoken: &Spoken, lexicon: &InForce) -> Self {
        let pieces = lexicon.explain(text).into_iter().map(|piece| Piece {
            rest: rest(piece.pause),
            by: by(&piece, lexicon),
            rule: Some(piece.by),
            source: piece.source,
            spoken: piece.spoken,
        });
        Self {
            words: words(spoken),
            text: spoken.text(),
            pieces: pieces.collect(),
        }
    }

    /// As it is kept.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let pieces = self.pieces.iter();
        serde_json::to_string(&Kept {
            words: self.words.clone(),
            text: self.text.clone(),
            pieces: pieces
                .map(|piece| (piece.source.end, piece.spoken.clone(), piece.rest, piece.by))
                .collect(),
        })
    }

    /// From what was kept.
    pub fn from_json(json: &str) -> serde_json::Result<Self> {
        let kept: Kept = serde_json::from_str(json)?;
        let mut start = 0;
        let pieces = kept.pieces.into_iter().map(|(end, spoken, rest, by)| {
            let source = start..end;
            start = end;
            Piece {
                source,
                spoken,
                rest,
                by,
                rule: None,
            }
        });
        Ok(Self {
            words: kept.words,
            text: kept.text,
            pieces: pieces.collect(),
        })
    }
}

/// What a voice is given, in one number.
pub(super) fn words(spoken: &Spoken) -> String {
    let mut all = String::new();
    for sentence in spoken.sentences() {
        all.push_str(&sentence.text);
        all.push_str(&format!("\n{:?} {:?}\n", sentence.pause, sentence.language));
    }
    sha256(all.as_bytes())
}

fn rest(pause: Pause) -> Rest {
    if pause == Pause::Paragraph {
        Rest::Paragraph
    } else if pause.ends_sentence() {
        Rest::Sentence
    } else {
        Rest::None
    }
}

/// What the words come from, for people: the crate does not know which entry of the store it was.
fn by(piece: &Explained, lexicon: &InForce) -> By {
    match piece.by {
        Rule::Author => By::Author,
        Rule::Silent => By::Silent,
        Rule::Entry => {
            let entry = piece.entry.as_ref().and_then(|used| lexicon.entry(used));
            entry.map_or(By::Builtin, By::Province)
        }
        _ if plain(&piece.written) == plain(&piece.spoken) => By::Written,
        _ => By::Rule,
    }
}

fn plain(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let words: Vec<&str> = composed.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
