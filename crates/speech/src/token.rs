//! Text cut into words, digit runs, spaces, line ends and marks. Nothing is lost: the tokens tile it.

use unicode_normalization::char::is_combining_mark;

use crate::letter;
use crate::markup::Mark;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Digits,
    Space,
    Newline,
    /// One other character; dashes and quotes of all shapes are folded to `-`, `'` and `"`.
    Mark(char),
    /// A whole mark of the author's, by its place among the marks.
    Marked(usize),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    /// First byte in the composed text.
    pub at: usize,
}

pub(crate) fn tokenize(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 3 + 1);
    cut(text, 0, &mut tokens);
    tokens
}

/// A text with the author's marks in it; each is one token.
pub(crate) fn tokenize_marked<'a>(text: &'a str, marks: &[Mark]) -> Vec<Token<'a>> {
    let mut tokens = Vec::with_capacity(text.len() / 3 + 1);
    let mut done = 0;
    for (index, mark) in marks.iter().enumerate() {
        cut(&text[done..mark.span.start], done, &mut tokens);
        tokens.push(Token {
            kind: Kind::Marked(index),
            text: &text[mark.span.clone()],
            at: mark.span.start,
        });
        done = mark.span.end;
    }
    cut(&text[done..], done, &mut tokens);
    tokens
}

fn cut<'a>(text: &'a str, offset: usize, tokens: &mut Vec<Token<'a>>) {
    let mut letters = text.char_indices().peekable();
    while let Some((at, first)) = letters.next() {
        let kind = kind_of(first);
        let mut end = at + first.len_utf8();
        if !matches!(kind, Kind::Mark(_) | Kind::Marked(_)) {
            while let Some((next, letter)) = letters.next_if(|(_, letter)| joins(kind, *letter)) {
                end = next + letter.len_utf8();
            }
        }
        tokens.push(Token {
            kind,
            text: &text[at..end],
            at: offset + at,
        });
    }
}

fn kind_of(letter: char) -> Kind {
    match letter {
        '0'..='9' => Kind::Digits,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Newline,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Kind::Mark('-'),
        '\u{2018}' | '\u{2019}' | '\u{2032}' => Kind::Mark('\''),
        '\u{201C}' | '\u{201D}' | '\u{2033}' | '«' | '»' => Kind::Mark('"'),
        // Ordinal signs are alphabetic to Unicode; in official text they stand for the degree sign.
        'º' | '˚' => Kind::Mark('°'),
        _ if letter.is_ascii_alphabetic() => Kind::Word,
        _ if letter.is_ascii() => {
            if letter.is_ascii_whitespace() || letter.is_ascii_control() {
                Kind::Space
            } else {
                Kind::Mark(letter)
            }
        }
        '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{1BF}'
        | '\u{1EA0}'..='\u{1EF9}' => Kind::Word,
        // Zero-width characters and soft hyphens are only seen, never said.
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => Kind::Space,
        _ if letter.is_whitespace() || letter.is_control() => Kind::Space,
        _ if letter::is_alphabetic(letter) => Kind::Word,
        _ => Kind::Mark(letter),
    }
}

fn joins(kind: Kind, letter: char) -> bool {
    kind_of(letter) == kind
        || (kind == Kind::Word && letter >= '\u{300}' && is_combining_mark(letter))
}
