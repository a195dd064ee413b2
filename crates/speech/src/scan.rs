//! A place in the tokens: rules look ahead with it, and back for the words that decide a reading.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::letter;
use crate::lexicon::Lexicon;
use crate::token::{Kind, Token};

/// How many words back a context may reach.
const LOOK_BACK: usize = 4;

/// What a rule found: the words, and the first token it did not read.
#[derive(Debug)]
pub(crate) struct Reading {
    pub end: usize,
    pub spoken: String,
}

/// Words in small letters, the nearest first.
type Words<'a> = Vec<Cow<'a, str>>;

/// The words before the place where the rules began, found once for all of them.
#[derive(Default)]
pub(crate) struct Before<'a> {
    close: OnceCell<Words<'a>>,
    loose: OnceCell<Words<'a>>,
}

/// A cursor; copying it is how a rule tries something and comes back.
#[derive(Clone, Copy)]
pub(crate) struct Scan<'a> {
    pub tokens: &'a [Token<'a>],
    pub lexicon: &'a Lexicon,
    pub at: usize,
    /// Where the rules began.
    pub origin: usize,
    pub before: &'a Before<'a>,
}

impl<'a> Scan<'a> {
    pub(crate) fn peek(&self) -> Option<Kind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    pub(crate) fn digits(&mut self) -> Option<&'a str> {
        self.take(Kind::Digits)
    }

    pub(crate) fn word(&mut self) -> Option<&'a str> {
        self.take(Kind::Word)
    }

    pub(crate) fn mark(&mut self, mark: char) -> Option<()> {
        self.take(Kind::Mark(mark)).map(|_| ())
    }

    /// A number of at most two digits within bounds: a day, a month, an hour.
    pub(crate) fn small(&mut self, least: u64, most: u64) -> Option<u64> {
        let digits = self.digits()?;
        let value = digits.parse().ok()?;
        (digits.len() <= 2 && (least..=most).contains(&value)).then_some(value)
    }

    /// A year of four digits.
    pub(crate) fn year(&mut self) -> Option<u64> {
        let digits = self.digits()?;
        let value = digits.parse().ok()?;
        (digits.len() == 4 && (1000..3000).contains(&value)).then_some(value)
    }

    /// A dash, close or with spaces around it.
    pub(crate) fn dash(&mut self) -> Option<()> {
        self.spaces();
        self.mark('-')?;
        self.spaces();
        Some(())
    }

    pub(crate) fn spaces(&mut self) {
        while self.peek() == Some(Kind::Space) {
            self.at += 1;
        }
    }

    /// Nothing that would make the number just read part of a longer sign: no digit, no letter,
    /// no slash or dot that a digit follows.
    pub(crate) fn at_end_of_number(&self) -> bool {
        match self.peek() {
            Some(Kind::Digits | Kind::Word) => false,
            Some(Kind::Mark('/' | '.' | ',' | '-')) => self
                .tokens
                .get(self.at + 1)
                .is_none_or(|token| token.kind != Kind::Digits),
            _ => true,
        }
    }

    pub(crate) fn reading(&self, spoken: String) -> Reading {
        Reading {
            end: self.at,
            spoken,
        }
    }

    /// Whether the words just before end in a phrase of the named context.
    pub(crate) fn follows(&self, context: &str) -> bool {
        self.lexicon.follows(context, self.words_before())
    }

    /// The same, with colons, dots and brackets between allowed: 'Điện thoại: (0226)'.
    pub(crate) fn follows_loosely(&self, context: &str) -> bool {
        let words = || self.look_back(&[':', '.', '(', '+']);
        self.at == self.origin
            && self
                .lexicon
                .follows(context, self.before.loose.get_or_init(words))
    }

    /// The nearest words before, nearest first, in lower case, as far as the line and marks allow.
    /// Behind the place where the rules began nothing is known.
    pub(crate) fn words_before(&self) -> &'a [Cow<'a, str>] {
        if self.at == self.origin {
            self.before.close.get_or_init(|| self.look_back(&[]))
        } else {
            &[]
        }
    }

    fn look_back(&self, allowed: &[char]) -> Words<'a> {
        let mut words = Vec::new();
        for token in self.tokens[..self.at].iter().rev() {
            match token.kind {
                Kind::Space => {}
                Kind::Mark(mark) if words.is_empty() && allowed.contains(&mark) => {}
                Kind::Word | Kind::Digits if words.len() < LOOK_BACK => {
                    words.push(letter::lower(token.text));
                }
                _ => break,
            }
        }
        words
    }

    /// The token directly before, spaces included.
    pub(crate) fn touching(&self) -> Option<Kind> {
        self.at
            .checked_sub(1)
            .map(|before| self.tokens[before].kind)
    }

    fn take(&mut self, kind: Kind) -> Option<&'a str> {
        let token = self
            .tokens
            .get(self.at)
            .filter(|token| token.kind == kind)?;
        self.at += 1;
        Some(token.text)
    }
}
