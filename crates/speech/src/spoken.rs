//! What will be said: pieces in the order of the text, each with the span it came from.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::letter;

/// How long the voice rests after a piece, and with which melody it ends.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// No rest.
    #[default]
    None,
    /// A comma.
    Short,
    /// A semicolon, a colon, a dash between clauses.
    Long,
    /// The end of a statement.
    Sentence,
    /// The end of a question.
    Question,
    /// The end of an exclamation.
    Exclamation,
    /// The end of a paragraph, a heading or an item of a list.
    Paragraph,
}

impl Pause {
    /// Whether a sentence ends here.
    #[must_use]
    pub fn ends_sentence(self) -> bool {
        self >= Self::Sentence
    }

    fn mark(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Short => ",",
            Self::Long => ";",
            Self::Sentence | Self::Paragraph => ".",
            Self::Question => "?",
            Self::Exclamation => "!",
        }
    }
}

/// A stretch of the source and what is said for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Bytes of the source. Pieces follow one another without gap or overlap and cover the source.
    pub source: Range<usize>,
    /// The words said; empty where the source is silent (spaces, marks, Markdown).
    pub spoken: String,
    /// The rest after these words.
    pub pause: Pause,
    /// What read them.
    pub by: Rule,
    /// The language to say them in, where it is not Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// What read a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Said as it is written.
    Written,
    /// Not said: spaces, marks, bullets, Markdown.
    Silent,
    /// The author's own reading, written in the text.
    Author,
    /// An entry of the lexicon.
    Entry,
    /// The number of a heading or an item at the start of a line.
    Item,
    /// The number and notation of a document.
    LegalNumber,
    /// A day, a month, a year, or a range of them.
    Date,
    /// A time of day or a range of them.
    Time,
    /// A number with its sign, unit, range or fraction.
    Number,
    /// A Roman numeral.
    Roman,
    /// A telephone number.
    Phone,
    /// An account, an identity or tax number, digit by digit.
    Identity,
    /// A licence plate.
    Plate,
    /// Coordinates and other angles.
    Angle,
    /// A web or mail address.
    Address,
    /// Letters and digits together: H5N1, QL1A, 5a.
    Code,
    /// Capitals or consonants, spelled or brought back to a word.
    Letters,
    /// A sign with a name: %, &, +.
    Sign,
}

/// A sentence as it is given to a voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The words with the marks that guide the voice's melody.
    pub text: String,
    /// The rest after the sentence.
    pub pause: Pause,
    /// The bytes of the source it came from.
    pub source: Range<usize>,
    /// The language to say it in, where it is not Vietnamese. A passage in another language stands
    /// by itself, with no rest before what follows in the same sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// The reading of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// All pieces, in the order of the source.
    pub pieces: Vec<Piece>,
}

impl Spoken {
    /// The reading on one line, as a voice is given it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut line = Line::default();
        for piece in &self.pieces {
            line.push(piece);
        }
        line.finish(false)
    }

    /// The reading without its last mark, and the rest which that mark stands for.
    pub(crate) fn words_and_rest(&self) -> (String, Pause) {
        let mut line = Line::default();
        for piece in &self.pieces {
            line.push(piece);
        }
        (line.text, line.pending)
    }

    /// The reading sentence by sentence; a sentence always has words.
    #[must_use]
    pub fn sentences(&self) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        let mut open = Open::default();
        for piece in &self.pieces {
            let spoken = !piece.spoken.is_empty();
            if spoken && open.language != piece.language {
                sentences.extend(open.close());
                open.language.clone_from(&piece.language);
            }
            open.line.push(piece);
            if spoken {
                let start = open.source.map_or(piece.source.start, |(start, _)| start);
                open.source = Some((start, piece.source.end));
            }
            if piece.pause.ends_sentence() {
                sentences.extend(open.close());
            }
        }
        sentences.extend(open.close_text());
        sentences
    }
}

/// A sentence in the making.
#[derive(Default)]
struct Open {
    line: Line,
    source: Option<(usize, usize)>,
    language: Option<Language>,
}

impl Open {
    /// The sentence, if it has words; a passage that another language interrupts ends without a
    /// mark.
    fn close(&mut self) -> Option<Sentence> {
        let (start, end) = self.source.take()?;
        let line = std::mem::take(&mut self.line);
        let pause = line.pending;
        Some(Sentence {
            text: line.finish(pause.ends_sentence()),
            pause,
            source: start..end,
            language: self.language.take(),
        })
    }

    /// The last sentence of all, which ends a paragraph whatever its mark.
    fn close_text(&mut self) -> Option<Sentence> {
        let mut sentence = self.close()?;
        if !sentence.pause.ends_sentence() {
            sentence.pause = Pause::Paragraph;
            sentence.text.push('.');
        }
        Some(sentence)
    }
}

/// Words joined with the marks of the pauses between them; a mark is written once words follow.
#[derive(Default)]
struct Line {
    text: String,
    pending: Pause,
}

impl Line {
    fn push(&mut self, piece: &Piece) {
        if !piece.spoken.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str(self.pending.mark());
                self.text.push(' ');
            }
            match capitalised(&piece.spoken)
                .filter(|_| self.pending.ends_sentence() && !self.text.is_empty())
            {
                Some(sentence) => self.text.push_str(&sentence),
                None => self.text.push_str(&piece.spoken),
            }
            self.pending = Pause::None;
        }
        self.pending = self.pending.max(piece.pause);
    }

    /// A line ends with a mark only where the source ended a sentence, a sentence always does.
    fn finish(mut self, always: bool) -> String {
        if !self.text.is_empty() {
            let mark = match self.pending {
                ending if ending.ends_sentence() => ending.mark(),
                _ if always => ".",
                _ => "",
            };
            self.text.push_str(mark);
        }
        self.text
    }
}

/// Words with a capital, as a sentence begins, where that changes nothing else about them.
fn capitalised(words: &str) -> Option<String> {
    let mut letters = words.chars();
    let first = letters.next()?;
    let mut upper = first.to_uppercase();
    let capital = upper
        .next()
        .filter(|capital| upper.next().is_none() && capital.to_lowercase().eq([first]))?;
    let rest = letters.as_str();
    let plain = !rest.chars().next().is_some_and(letter::is_upper);
    plain.then(|| format!("{capital}{rest}"))
}
