//! An entry as a person gives it, and as it is kept.

use loa_speech::{Addition, Condition};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::entity::entry;

/// How something is read, and beside which words. Without any condition it is always read so; with
/// several, one that holds is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// As it stands in texts; case matters.
    pub written: String,
    /// The words a reader says.
    pub spoken: String,
    /// One of these words or phrases stands before it.
    pub after: Vec<String>,
    /// One of these words or phrases stands behind it.
    pub before: Vec<String>,
    /// A name stands behind it: a capital followed by small letters.
    pub before_name: bool,
    /// A number stands behind it.
    pub before_number: bool,
    /// Why, for colleagues.
    pub note: String,
}

impl Entry {
    /// The same as it will be kept: composed, on one line, conditions in small letters and in order.
    #[must_use]
    pub fn tidied(&self) -> Self {
        Self {
            written: tidy(&self.written),
            spoken: tidy(&self.spoken),
            after: words(&self.after),
            before: words(&self.before),
            before_name: self.before_name,
            before_number: self.before_number,
            note: tidy(&self.note),
        }
    }

    /// Whether it is read so only beside certain words.
    pub fn is_conditional(&self) -> bool {
        !self.after.is_empty() || !self.before.is_empty() || self.before_name || self.before_number
    }

    /// What no other entry has too: what is written, and when it is read so.
    pub fn key(&self) -> (String, String, String, bool, bool) {
        (
            self.written.clone(),
            joined(&self.after),
            joined(&self.before),
            self.before_name,
            self.before_number,
        )
    }

    /// As the crate takes it.
    pub fn addition(&self) -> Addition {
        Addition {
            written: self.written.clone(),
            spoken: self.spoken.clone(),
            when: Condition {
                after: self.after.clone(),
                before: self.before.clone(),
                before_name: self.before_name,
                before_number: self.before_number,
            },
        }
    }
}

impl From<&entry::Model> for Entry {
    fn from(row: &entry::Model) -> Self {
        Self {
            written: row.written.clone(),
            spoken: row.spoken.clone(),
            after: listed(&row.after_words),
            before: listed(&row.before_words),
            before_name: row.before_name,
            before_number: row.before_number,
            note: row.note.clone(),
        }
    }
}

/// Words and phrases as they are kept in one column.
pub(super) fn joined(words: &[String]) -> String {
    words.join(",")
}

/// Words and phrases as they are typed in one field: `số, đường` .
pub(super) fn listed(text: &str) -> Vec<String> {
    text.split([',', ';', '\n'])
        .map(tidy)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Composed, on one line, one blank between words, without what is only seen by machines.
pub(super) fn tidy(text: &str) -> String {
    let composed: String = text
        .nfc()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .filter(|letter| {
            !matches!(
                letter,
                '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
            )
        })
        .collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(typed: &[String]) -> Vec<String> {
    let mut words: Vec<String> = typed
        .iter()
        .flat_map(|word| listed(&word.to_lowercase()))
        .collect();
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_kept_in_one_form() {
        let typed = Entry {
            written: " UBND\u{200B} ".into(),
            spoken: "u\u{309}y  ban\n".into(),
            after: listed("Số; đường  phố, số"),
            ..Entry::default()
        };
        let kept = typed.tidied();
        assert_eq!(
            (kept.written.as_str(), kept.spoken.as_str()),
            ("UBND", "ủy ban")
        );
        assert_eq!(kept.after, ["số", "đường phố"]);
        assert!(kept.is_conditional());
        assert_eq!(kept.tidied(), kept);
    }
}
