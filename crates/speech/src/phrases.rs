//! Written phrases found token by token: the longest wins, then what was added last, then the one
//! with a condition.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use serde::{Deserialize, Serialize};

use crate::hash::Fnv;
use crate::letter;
use crate::token::{Kind, Token, tokenize};

/// Words that must stand beside a phrase for its reading to hold; nothing means always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Condition {
    /// One of these, in small letters, stands before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// One of these, in small letters, stands behind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<String>,
    /// A name (a capital and small letters) stands behind.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub before_name: bool,
    /// A number stands behind.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub before_number: bool,
}

/// Where an entry of the lexicon comes from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Built into the program.
    #[default]
    Builtin,
    /// Added, by a province for itself.
    Added,
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    signs: Vec<Sign>,
    pub written: String,
    pub spoken: String,
    pub condition: Condition,
    pub origin: Origin,
}

/// A token of a phrase: dashes, quotes and spaces of all shapes are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sign {
    Text(String),
    Mark(char),
    Space,
}

/// Phrases by their first token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    words: HashMap<String, Vec<Entry>, BuildHasherDefault<Fnv>>,
    marks: HashMap<char, Vec<Entry>, BuildHasherDefault<Fnv>>,
}

impl Phrases {
    pub(crate) fn insert(
        &mut self,
        written: &str,
        spoken: &str,
        condition: Condition,
        origin: Origin,
    ) {
        let signs = signs(written);
        let entries = match signs.first() {
            Some(Sign::Text(word)) => self.words.entry(word.clone()).or_default(),
            Some(Sign::Mark(mark)) => self.marks.entry(*mark).or_default(),
            Some(Sign::Space) | None => return,
        };
        entries.retain(|entry| entry.signs != signs || entry.condition != condition);
        entries.push(Entry {
            signs,
            written: written.to_owned(),
            spoken: spoken.trim().to_owned(),
            condition,
            origin,
        });
        entries.sort_by_key(|entry| {
            std::cmp::Reverse((
                entry.signs.len(),
                entry.origin,
                entry.condition != Condition::default(),
            ))
        });
    }

    /// The reading of the phrase that begins at a token, and the token after it.
    pub(crate) fn find(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, &str)> {
        let (end, entry) = self.entry(tokens, at)?;
        Some((end, entry.spoken.as_str()))
    }

    /// The entry that begins at a token, and the token after it.
    pub(crate) fn entry(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, &Entry)> {
        let first = tokens.get(at)?;
        self.beginning_with(first)?.iter().find_map(|entry| {
            let end = at + entry.signs.len();
            let found = tokens
                .get(at + 1..end)?
                .iter()
                .zip(&entry.signs[1..])
                .all(|(token, sign)| sign.is(token));
            (found && stands_alone(tokens, at, end) && entry.condition.holds(tokens, at, end))
                .then_some((end, entry))
        })
    }

    /// The reading of one word, wherever it stands.
    pub(crate) fn exactly(&self, word: &str) -> Option<&str> {
        let plain =
            |entry: &&Entry| entry.signs.len() == 1 && entry.condition == Condition::default();
        let entry = self.words.get(word)?.iter().find(plain)?;
        Some(&entry.spoken)
    }

    /// All entries that begin like a written phrase.
    pub(crate) fn like(&self, written: &str) -> impl Iterator<Item = &Entry> {
        let first = tokenize(written).first().copied();
        first
            .and_then(|token| self.beginning_with(&token))
            .into_iter()
            .flatten()
    }

    fn beginning_with(&self, token: &Token<'_>) -> Option<&Vec<Entry>> {
        match token.kind {
            Kind::Word | Kind::Digits => self.words.get(token.text),
            Kind::Mark(mark) => self.marks.get(&mark),
            Kind::Space | Kind::Newline | Kind::Marked(_) => None,
        }
    }
}

impl Entry {
    /// Whether this is the same phrase, its dashes and spaces aside.
    pub(crate) fn is_written(&self, written: &str) -> bool {
        self.signs == signs(written)
    }

    /// Whether this is longer than a phrase and begins with it.
    pub(crate) fn begins_with(&self, written: &str) -> bool {
        let signs = signs(written);
        self.signs.len() > signs.len() && self.signs.starts_with(&signs)
    }
}

fn signs(written: &str) -> Vec<Sign> {
    tokenize(written)
        .iter()
        .map(|token| match token.kind {
            Kind::Mark(mark) => Sign::Mark(mark),
            Kind::Space | Kind::Newline => Sign::Space,
            Kind::Word | Kind::Digits | Kind::Marked(_) => Sign::Text(token.text.to_owned()),
        })
        .collect()
}

impl Sign {
    fn is(&self, token: &Token<'_>) -> bool {
        match self {
            Self::Text(text) => token.text == text,
            Self::Mark(mark) => token.kind == Kind::Mark(*mark),
            Self::Space => token.kind == Kind::Space,
        }
    }
}

impl Condition {
    fn holds(&self, tokens: &[Token<'_>], start: usize, end: usize) -> bool {
        if *self == Self::default() {
            return true;
        }
        let next = tokens[end..].iter().find(|token| token.kind != Kind::Space);
        self.after
            .iter()
            .any(|phrase| ends_in(&tokens[..start], phrase))
            || self
                .before
                .iter()
                .any(|phrase| begins_with(&tokens[end..], phrase))
            || (self.before_name && next.is_some_and(is_name))
            || (self.before_number && next.is_some_and(|token| token.kind == Kind::Digits))
    }
}

/// Whether the words of a phrase in small letters stand at the end of the tokens, or after a mark
/// that is a phrase of its own (&).
fn ends_in(tokens: &[Token<'_>], phrase: &str) -> bool {
    let mut tokens = tokens
        .iter()
        .rev()
        .filter(|token| token.kind != Kind::Space);
    phrase
        .rsplit(' ')
        .all(|word| tokens.next().is_some_and(|token| same_word(token, word)))
}

fn begins_with(tokens: &[Token<'_>], phrase: &str) -> bool {
    let mut tokens = tokens.iter().filter(|token| token.kind != Kind::Space);
    phrase
        .split(' ')
        .all(|word| tokens.next().is_some_and(|token| same_word(token, word)))
}

fn same_word(token: &Token<'_>, word: &str) -> bool {
    token.text == word
        || (token.kind == Kind::Word
            && token
                .text
                .chars()
                .flat_map(char::to_lowercase)
                .eq(word.chars()))
}

/// A capital followed by small letters.
fn is_name(token: &Token<'_>) -> bool {
    let mut letters = token.text.chars();
    token.kind == Kind::Word
        && letters.next().is_some_and(letter::is_upper)
        && letters.next().is_some_and(letter::is_lower)
}

/// A phrase that ends in a letter must not run on into digits, nor the reverse.
fn stands_alone(tokens: &[Token<'_>], start: usize, end: usize) -> bool {
    let alphanumeric = |index: usize| {
        tokens
            .get(index)
            .is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Digits))
    };
    let runs_in =
        start > 0 && tokens[start].kind == Kind::Word && tokens[start - 1].kind == Kind::Word;
    !(runs_in || alphanumeric(end - 1) && alphanumeric(end))
}
