//! Goes through the tokens once and puts the pieces together.

use crate::layout;
use crate::lexicon::Lexicon;
use crate::markup::{self, Mark};
use crate::rules;
use crate::scan::{Before, Scan};
use crate::source::Source;
use crate::spoken::{Pause, Piece, Rule, Spoken};
use crate::token::{Kind, Token, tokenize, tokenize_marked};

/// Reads a text aloud, on paper: what is said, in what order, with what rests.
///
/// Never fails: what no rule knows is said as it is written, unknown capitals and digits letter by
/// letter, and marks are silent.
#[must_use]
pub fn speak(text: &str, lexicon: &Lexicon) -> Spoken {
    let source = Source::new(text);
    let marks = markup::marks(&source.text);
    let tokens = if marks.is_empty() {
        tokenize(&source.text)
    } else {
        tokenize_marked(&source.text, &marks)
    };
    read(&source, &tokens, &marks, lexicon)
}

/// What an author wrote to be said: read like any text, but that braces in it are no marks.
fn said_by_author(words: &str, lexicon: &Lexicon) -> (String, Pause) {
    let source = Source::new(words);
    read(&source, &tokenize(&source.text), &[], lexicon).words_and_rest()
}

fn read(source: &Source<'_>, tokens: &[Token<'_>], marks: &[Mark], lexicon: &Lexicon) -> Spoken {
    let mut reader = Reader {
        source,
        tokens,
        marks,
        pieces: Vec::with_capacity(tokens.len() / 8 + 1),
        plain: false,
    };
    reader.read(lexicon);
    Spoken {
        pieces: reader.pieces,
    }
}

struct Reader<'a> {
    source: &'a Source<'a>,
    tokens: &'a [Token<'a>],
    marks: &'a [Mark],
    pieces: Vec<Piece>,
    /// The last piece is words said as they are written, and may take more of them.
    plain: bool,
}

impl Reader<'_> {
    fn read(&mut self, lexicon: &Lexicon) {
        let mut at = self.open_line(0, lexicon);
        while let Some(token) = self.tokens.get(at) {
            let before = Before::default();
            let scan = Scan {
                tokens: self.tokens,
                lexicon,
                at,
                origin: at,
                before: &before,
            };
            at = match token.kind {
                Kind::Newline => {
                    let (end, pause) = layout::line_break(self.tokens, at);
                    self.silent(at, end, pause);
                    self.open_line(end, lexicon)
                }
                Kind::Space => {
                    self.space(at);
                    at + 1
                }
                Kind::Marked(index) => {
                    self.author(at, index, lexicon);
                    at + 1
                }
                Kind::Word | Kind::Digits | Kind::Mark(_) => {
                    match (rules::read(scan), token.kind) {
                        (Some((rule, reading)), _) => {
                            self.say(at, reading.end, reading.spoken, Pause::None, rule);
                            reading.end
                        }
                        (None, Kind::Mark(mark)) => {
                            let (end, pause) = layout::mark(scan, mark);
                            self.silent(at, end, pause);
                            end
                        }
                        (None, _) => {
                            self.plain_word(at);
                            at + 1
                        }
                    }
                }
            };
        }
    }

    /// Bullets are silent, the number of an item is said with a rest after it.
    fn open_line(&mut self, at: usize, lexicon: &Lexicon) -> usize {
        let end = layout::line_opening(self.tokens, at);
        if end > at {
            self.silent(at, end, Pause::None);
        }
        let before = Before::default();
        let scan = Scan {
            tokens: self.tokens,
            lexicon,
            at: end,
            origin: end,
            before: &before,
        };
        match rules::clause_marker(scan) {
            Some(reading) => {
                self.say(end, reading.end, reading.spoken, Pause::Short, Rule::Item);
                reading.end
            }
            None => end,
        }
    }

    /// The space behind plain words is theirs only if another plain word follows.
    fn end_plain(&mut self) {
        let space = self.plain
            && self
                .pieces
                .last()
                .is_some_and(|last| last.spoken.ends_with(' '));
        self.plain = false;
        if let Some(last) = self.pieces.last_mut().filter(|_| space) {
            last.spoken.pop();
            last.source.end -= 1;
            let source = last.source.end..last.source.end + 1;
            self.pieces.push(Piece {
                source,
                spoken: String::new(),
                pause: Pause::None,
                by: Rule::Silent,
                language: None,
            });
        }
    }

    fn say(&mut self, start: usize, end: usize, spoken: String, pause: Pause, by: Rule) {
        self.end_plain();
        let source = self.span(start, end);
        self.pieces.push(Piece {
            source,
            spoken,
            pause,
            by,
            language: None,
        });
    }

    /// The words of another language stay as the author wrote them.
    fn author(&mut self, at: usize, index: usize, lexicon: &Lexicon) {
        let Some(mark) = self.marks.get(index) else {
            return;
        };
        let (spoken, pause) = match mark.language {
            Some(_) => {
                let words: Vec<&str> = mark.said.split_whitespace().collect();
                (words.join(" "), Pause::None)
            }
            None => said_by_author(&mark.said, lexicon),
        };
        self.say(at, at + 1, spoken, pause, Rule::Author);
        if let Some(piece) = self.pieces.last_mut() {
            piece.language.clone_from(&mark.language);
        }
    }

    fn silent(&mut self, start: usize, end: usize, pause: Pause) {
        self.end_plain();
        let span = self.span(start, end);
        match self
            .pieces
            .last_mut()
            .filter(|piece| piece.by == Rule::Silent)
        {
            Some(last) => {
                last.source.end = span.end;
                last.pause = last.pause.max(pause);
            }
            None => self.pieces.push(Piece {
                source: span,
                spoken: String::new(),
                pause,
                by: Rule::Silent,
                language: None,
            }),
        }
    }

    /// One space between plain words joins them; any other is silent.
    fn space(&mut self, at: usize) {
        let joins = self.plain
            && self.tokens[at].text == " "
            && self
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Word);
        let span = self.span(at, at + 1);
        match self.pieces.last_mut().filter(|_| joins) {
            Some(last) => {
                last.spoken.push(' ');
                last.source.end = span.end;
            }
            None => self.silent(at, at + 1, Pause::None),
        }
    }

    fn plain_word(&mut self, at: usize) {
        let span = self.span(at, at + 1);
        let word = self.tokens[at].text;
        match self
            .pieces
            .last_mut()
            .filter(|last| self.plain && last.spoken.ends_with(' '))
        {
            Some(last) => {
                last.spoken.push_str(word);
                last.source.end = span.end;
            }
            None => self.pieces.push(Piece {
                source: span,
                spoken: word.to_owned(),
                pause: Pause::None,
                by: Rule::Written,
                language: None,
            }),
        }
        self.plain = true;
    }

    fn span(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let offset = |index: usize| {
            self.source.original(
                self.tokens
                    .get(index)
                    .map_or(self.source.text.len(), |token| token.at),
            )
        };
        offset(start)..offset(end)
    }
}
