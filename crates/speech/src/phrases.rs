//! Written phrases found token by token: the longest wins, then the one with a condition.

use std::collections::HashMap;

use crate::token::{Kind, Token, tokenize};

/// Words that must stand beside a phrase for its reading to hold; nothing means always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Condition {
    pub after: Vec<String>,
    pub before: Vec<String>,
    pub before_name: bool,
    pub before_number: bool,
}

#[derive(Clone, Debug)]
struct Entry {
    tokens: Vec<String>,
    spoken: String,
    condition: Condition,
}

/// Phrases by their first token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    entries: HashMap<String, Vec<Entry>>,
}

impl Phrases {
    pub(crate) fn insert(&mut self, written: &str, spoken: &str, condition: Condition) {
        let tokens: Vec<String> = tokenize(written)
            .iter()
            .map(|token| token.text.to_owned())
            .collect();
        let Some(first) = tokens.first() else { return };
        let entries = self.entries.entry(first.clone()).or_default();
        entries.retain(|entry| entry.tokens != tokens || entry.condition != condition);
        entries.push(Entry {
            tokens,
            spoken: spoken.trim().to_owned(),
            condition,
        });
        entries.sort_by_key(|entry| {
            std::cmp::Reverse((entry.tokens.len(), entry.condition != Condition::default()))
        });
    }

    /// The reading of the phrase that begins at a token, and the token after it.
    pub(crate) fn find(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, &str)> {
        let entries = self.entries.get(tokens.get(at)?.text)?;
        entries.iter().find_map(|entry| {
            let end = at + entry.tokens.len();
            let found = tokens
                .get(at..end)?
                .iter()
                .zip(&entry.tokens)
                .all(|(token, written)| token.text == written);
            (found && stands_alone(tokens, at, end) && entry.condition.holds(tokens, at, end))
                .then_some((end, entry.spoken.as_str()))
        })
    }
}

impl Phrases {
    /// The reading of one word, wherever it stands.
    pub(crate) fn exactly(&self, word: &str) -> Option<&str> {
        let entries = self.entries.get(word)?;
        let plain =
            |entry: &&Entry| entry.tokens.len() == 1 && entry.condition == Condition::default();
        entries
            .iter()
            .find(plain)
            .map(|entry| entry.spoken.as_str())
    }
}

impl Condition {
    fn holds(&self, tokens: &[Token<'_>], start: usize, end: usize) -> bool {
        if *self == Self::default() {
            return true;
        }
        let previous = tokens[..start]
            .iter()
            .rev()
            .find(|token| token.kind != Kind::Space);
        let next = tokens[end..].iter().find(|token| token.kind != Kind::Space);
        let among = |words: &[String], token: Option<&Token<'_>>| {
            token.is_some_and(|token| words.contains(&token.text.to_lowercase()))
        };
        (!self.after.is_empty() && among(&self.after, previous))
            || (!self.before.is_empty() && among(&self.before, next))
            || (self.before_name && next.is_some_and(is_name))
            || (self.before_number && next.is_some_and(|token| token.kind == Kind::Digits))
    }
}

/// A capital followed by small letters.
fn is_name(token: &Token<'_>) -> bool {
    let mut letters = token.text.chars();
    token.kind == Kind::Word
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
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
