//! A province's own entries: looked over before they are taken, their conflicts named.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::lexicon::Lexicon;
use crate::phrases::{Condition, Entry, Origin};
use crate::reader::speak;
use crate::remark::{Remark, Remarked};
use crate::rules::syllable;
use crate::spoken::Rule;
use crate::token::{Kind, tokenize};

/// Longest entry and longest reading, in characters: an entry is an abbreviation or a name.
const LONGEST: usize = 200;

/// More longer entries than this are not named one by one.
const MOST_LONGER: usize = 5;

/// An entry to add: what is written, what is said, and beside which words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// As it stands in texts; capitals and small letters differ.
    pub written: String,
    /// The words a reader says.
    pub spoken: String,
    /// Where it holds; nothing means everywhere.
    #[serde(flatten)]
    pub when: Condition,
}

impl Addition {
    /// An entry that holds everywhere.
    #[must_use]
    pub fn new(written: &str, spoken: &str) -> Self {
        Self {
            written: written.to_owned(),
            spoken: spoken.to_owned(),
            when: Condition::default(),
        }
    }
}

impl Lexicon {
    /// This lexicon with a province's entries on top, which win over the built-in ones.
    ///
    /// # Errors
    /// All remarks, where at least one of them refuses its entry; nothing is added then.
    pub fn with(&self, additions: &[Addition]) -> Result<Self, Vec<Remarked>> {
        let remarks = self.review(additions);
        if remarks.iter().any(|remarked| remarked.remark.refuses()) {
            return Err(remarks);
        }
        let mut lexicon = self.clone();
        lexicon.add(additions);
        Ok(lexicon)
    }

    /// What is to be said about entries before they are added: refusals, and conflicts with what
    /// is there and among themselves.
    #[must_use]
    pub fn review(&self, additions: &[Addition]) -> Vec<Remarked> {
        let mut with = self.clone();
        let sound: Vec<bool> = additions
            .iter()
            .map(|addition| self.form(addition).is_none())
            .collect();
        for (addition, _) in additions.iter().zip(&sound).filter(|(_, sound)| **sound) {
            with.add(std::slice::from_ref(addition));
        }
        let mut remarks = Vec::new();
        for (index, addition) in additions.iter().enumerate() {
            let mut remark = |remark| {
                remarks.push(Remarked {
                    addition: index,
                    remark,
                });
            };
            if let Some(refusal) = self.form(addition) {
                remark(refusal);
                continue;
            }
            let earlier = additions[..index]
                .iter()
                .zip(&sound)
                .position(|(other, sound)| {
                    *sound
                        && composed(&other.written) == composed(&addition.written)
                        && other.when == addition.when
                        && other.spoken.trim() != addition.spoken.trim()
                });
            if let Some(other) = earlier {
                remark(Remark::SaidTwice { other });
                continue;
            }
            if let Some(by) = with.read_otherwise(addition) {
                remark(Remark::NeverRead { by });
                continue;
            }
            self.conflicts(addition).into_iter().for_each(remark);
        }
        remarks
    }

    fn add(&mut self, additions: &[Addition]) {
        for addition in additions {
            let when = Condition {
                after: lower(&addition.when.after),
                before: lower(&addition.when.before),
                ..addition.when
            };
            self.say.insert(
                &composed(&addition.written),
                &addition.spoken,
                when,
                Origin::Added,
            );
        }
    }

    /// What is wrong with an entry by itself.
    fn form(&self, addition: &Addition) -> Option<Remark> {
        let written = composed(&addition.written);
        let tokens = tokenize(&written);
        let spoken = addition.spoken.trim();
        if tokens.is_empty() {
            return Some(Remark::NothingWritten);
        }
        if spoken.is_empty() {
            return Some(Remark::NothingSaid);
        }
        if written.chars().count().max(spoken.chars().count()) > LONGEST {
            return Some(Remark::TooLong { longest: LONGEST });
        }
        if [&written, spoken].iter().any(|text| {
            tokenize(text)
                .iter()
                .any(|token| token.kind == Kind::Newline)
        }) {
            return Some(Remark::LineBreak);
        }
        // What a voice is given must be words: 'UBND xã 5' is to be written out.
        let read = speak(spoken, self).pieces.into_iter().find(|piece| {
            !matches!(piece.by, Rule::Written | Rule::Silent)
                && piece.spoken.to_lowercase() != spoken[piece.source.clone()].to_lowercase()
        });
        read.map(|piece| Remark::NotWords {
            part: spoken[piece.source.clone()].to_owned(),
            said: piece.spoken,
        })
    }

    /// The rule that reads the entry's own sign before the lexicon is asked, beside every word
    /// that its condition names.
    fn read_otherwise(&self, addition: &Addition) -> Option<Rule> {
        let written = composed(&addition.written);
        let when = &addition.when;
        let mut places: Vec<(String, String)> = Vec::new();
        places.extend(
            when.after
                .iter()
                .map(|word| (format!("{word} "), String::new())),
        );
        places.extend(
            when.before
                .iter()
                .map(|word| (String::new(), format!(" {word}"))),
        );
        places.extend(
            when.before_name
                .then(|| (String::new(), " Hà Nam".to_owned())),
        );
        places.extend(when.before_number.then(|| (String::new(), " 5".to_owned())));
        if places.is_empty() {
            places.push(("có ".to_owned(), " là".to_owned()));
        }
        let reader = |(before, after): &(String, String)| {
            let text = format!("{before}{written}{after}");
            let spoken = speak(&text, self);
            let piece = spoken
                .pieces
                .into_iter()
                .find(|piece| piece.source.end > before.len())?;
            let whole = piece.source == (before.len()..before.len() + written.len());
            (!whole || piece.by != Rule::Entry).then_some(piece.by)
        };
        let others: Vec<Option<Rule>> = places.iter().map(reader).collect();
        others
            .iter()
            .all(Option::is_some)
            .then(|| others.into_iter().flatten().next())?
    }

    fn conflicts(&self, addition: &Addition) -> Vec<Remark> {
        let written = composed(&addition.written);
        let everywhere = addition.when == Condition::default();
        let mut remarks: Vec<Remark> = self
            .say
            .like(&written)
            .filter(|entry| {
                entry.is_written(&written)
                    && (everywhere || entry.condition == addition.when)
                    && entry.spoken != addition.spoken.trim()
            })
            .map(|entry| Remark::Replaces {
                entry: entry.into(),
            })
            .collect();
        let longer = |entry: &&Entry| entry.begins_with(&written);
        remarks.extend(
            self.say
                .like(&written)
                .filter(longer)
                .take(MOST_LONGER)
                .map(|entry| Remark::LongerStays {
                    entry: entry.into(),
                }),
        );
        let everyday = tokenize(&written).iter().all(|token| match token.kind {
            Kind::Word => {
                token.text.chars().skip(1).any(char::is_lowercase) && syllable(token.text, self)
            }
            Kind::Space => true,
            _ => false,
        });
        if everyday && everywhere {
            remarks.push(Remark::EverydayWord);
        }
        remarks
    }
}

fn composed(written: &str) -> String {
    written.trim().nfc().collect()
}

fn lower(words: &[String]) -> Vec<String> {
    words
        .iter()
        .map(|word| {
            word.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect()
}
