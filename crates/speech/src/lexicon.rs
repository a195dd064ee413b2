//! The lexicon: abbreviations, units, notations of legal acts, names of letters, and the words
//! that tell one reading from another. All of it is data in `lexicon/*.toml`; a province's own
//! additions use the same form and win over what is built in.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::hash::Fnv;
use crate::phrases::{Condition, Origin, Phrases};
use crate::token::{Kind, tokenize};

const BUILTIN: [&str; 10] = [
    include_str!("../lexicon/abbreviations.toml"),
    include_str!("../lexicon/society.toml"),
    include_str!("../lexicon/titles.toml"),
    include_str!("../lexicon/names.toml"),
    include_str!("../lexicon/senses.toml"),
    include_str!("../lexicon/contexts.toml"),
    include_str!("../lexicon/legal.toml"),
    include_str!("../lexicon/letters.toml"),
    include_str!("../lexicon/syllables.toml"),
    include_str!("../lexicon/units.toml"),
];

/// Why additions to the lexicon were refused.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// Not TOML, or a table or field the lexicon does not have.
    #[error("the lexicon cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// An entry that could never be found or would say nothing usable.
    #[error("lexicon entry \"{written}\": {reason}")]
    Entry {
        /// The entry as written.
        written: String,
        /// What is wrong with it and what to do.
        reason: &'static str,
    },
}

/// Words and notations with their readings.
#[derive(Clone, Default)]
pub struct Lexicon {
    pub(crate) say: Phrases,
    pub(crate) units: Phrases,
    pub(crate) kinds: Table<String>,
    pub(crate) agencies: Table<String>,
    pub(crate) terms: Table<String>,
    pub(crate) marks: Table<String>,
    pub(crate) web: Table<String>,
    pub(crate) codes: Table<String>,
    pub(crate) currencies: Table<String>,
    pub(crate) roads: Table<String>,
    pub(crate) bodies: Table<String>,
    letters: Table<char>,
    clause_letters: Table<char>,
    contexts: Contexts,
    onsets: Vec<String>,
    rimes: HashSet<String, BuildHasherDefault<Fnv>>,
}

type Table<Key> = HashMap<Key, String, BuildHasherDefault<Fnv>>;

/// Per context the last words of its phrases, each with the words before it.
type Contexts = HashMap<String, Endings, BuildHasherDefault<Fnv>>;
type Endings = HashMap<String, Vec<Vec<String>>, BuildHasherDefault<Fnv>>;

/// One TOML file of the lexicon. Every table may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LexiconFile {
    say: BTreeMap<String, String>,
    in_context: Vec<InContext>,
    units: BTreeMap<String, String>,
    kinds: BTreeMap<String, String>,
    agencies: BTreeMap<String, String>,
    terms: BTreeMap<String, String>,
    marks: BTreeMap<String, String>,
    web: BTreeMap<String, String>,
    codes: BTreeMap<String, String>,
    currencies: BTreeMap<String, String>,
    roads: BTreeMap<String, String>,
    bodies: BTreeMap<String, String>,
    letters: BTreeMap<char, String>,
    clause_letters: BTreeMap<char, String>,
    contexts: BTreeMap<String, Vec<String>>,
    onsets: Vec<String>,
    rimes: Vec<String>,
}

/// A reading that holds only beside certain words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InContext {
    written: Vec<String>,
    spoken: String,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    before_name: bool,
    #[serde(default)]
    before_number: bool,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").finish_non_exhaustive()
    }
}

impl Lexicon {
    /// The lexicon of the program itself, read once.
    ///
    /// # Panics
    /// Never in a released program: a test reads the same embedded files.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            BUILTIN.iter().fold(Self::default(), |lexicon, file| {
                lexicon
                    .with_file(file, Origin::Builtin)
                    .expect("the embedded lexicon is read by a test")
            })
        })
    }

    /// This lexicon with the entries of a TOML text on top, which win over the present ones.
    ///
    /// `[say]` maps what is written to what is said; the other tables are those of the built-in
    /// files.
    pub fn with_additions(&self, toml: &str) -> Result<Self, LexiconError> {
        self.with_file(toml, Origin::Added)
    }

    fn with_file(&self, toml: &str, origin: Origin) -> Result<Self, LexiconError> {
        let file: LexiconFile = toml::from_str(toml)?;
        let mut lexicon = self.clone();
        for (written, spoken) in &file.say {
            let written = checked(written, spoken)?;
            lexicon
                .say
                .insert(&written, spoken, Condition::default(), origin);
        }
        for entry in file.in_context {
            let when = Condition {
                after: entry.after,
                before: entry.before,
                before_name: entry.before_name,
                before_number: entry.before_number,
            };
            for written in &entry.written {
                let written = checked(written, &entry.spoken)?;
                lexicon
                    .say
                    .insert(&written, &entry.spoken, when.clone(), origin);
            }
        }
        for (written, spoken) in &file.units {
            let written = checked(written, spoken)?;
            lexicon
                .units
                .insert(&written, spoken, Condition::default(), origin);
        }
        lexicon.kinds.extend(file.kinds);
        lexicon.agencies.extend(file.agencies);
        lexicon.terms.extend(file.terms);
        lexicon.marks.extend(file.marks);
        lexicon.web.extend(file.web);
        lexicon.codes.extend(file.codes);
        for (written, spoken) in &file.currencies {
            let written = checked(written, spoken)?;
            lexicon
                .units
                .insert(&written, spoken, Condition::default(), origin);
        }
        lexicon.currencies.extend(file.currencies);
        lexicon.roads.extend(file.roads);
        lexicon.bodies.extend(file.bodies);
        lexicon.letters.extend(file.letters);
        lexicon.clause_letters.extend(file.clause_letters);
        for (name, phrases) in file.contexts {
            let context = lexicon.contexts.entry(name).or_default();
            for phrase in phrases {
                let mut words: Vec<String> =
                    phrase.split_whitespace().map(str::to_lowercase).collect();
                if let Some(last) = words.pop() {
                    context.entry(last).or_default().push(words);
                }
            }
        }
        lexicon.onsets.extend(file.onsets);
        lexicon
            .onsets
            .sort_by_key(|onset| std::cmp::Reverse(onset.len()));
        lexicon.rimes.extend(file.rimes);
        Ok(lexicon)
    }

    /// The name of a letter, as in a spelled abbreviation.
    pub(crate) fn letter(&self, letter: char) -> Option<&str> {
        let lower = letter.to_lowercase().next()?;
        self.letters.get(&lower).map(String::as_str)
    }

    /// The name of a letter that marks a point of a clause, where d (dê) must differ from đ (đê).
    pub(crate) fn clause_letter(&self, letter: char) -> Option<&str> {
        let lower = letter.to_lowercase().next()?;
        self.clause_letters
            .get(&lower)
            .map(String::as_str)
            .or_else(|| self.letter(letter))
    }

    /// Whether the words before a place, nearest first and in lower case, end in a phrase of the
    /// named context.
    pub(crate) fn follows<W: AsRef<str>>(&self, context: &str, before: &[W]) -> bool {
        let Some((last, earlier)) = before.split_first() else {
            return false;
        };
        let Some(phrases) = self
            .contexts
            .get(context)
            .and_then(|context| context.get(last.as_ref()))
        else {
            return false;
        };
        phrases.iter().any(|words| {
            words.len() <= earlier.len()
                && words
                    .iter()
                    .rev()
                    .zip(earlier)
                    .all(|(word, before)| word == before.as_ref())
        })
    }

    /// Whether a word in lower case, without its tone, is a syllable of Vietnamese.
    pub(crate) fn is_syllable(&self, toneless: &str) -> bool {
        if self.rimes.contains(toneless) {
            return true;
        }
        self.onsets
            .iter()
            .filter_map(|onset| toneless.strip_prefix(onset.as_str()))
            .any(|rime| self.rimes.contains(rime))
    }
}

/// An entry composed like the text it will be compared with.
fn checked(written: &str, spoken: &str) -> Result<String, LexiconError> {
    use unicode_normalization::UnicodeNormalization;
    let refuse = |reason| {
        Err(LexiconError::Entry {
            written: written.to_owned(),
            reason,
        })
    };
    let composed: String = written.trim().nfc().collect();
    if !tokenize(&composed)
        .iter()
        .any(|token| !matches!(token.kind, Kind::Space | Kind::Newline))
    {
        return refuse("nothing is written; give the abbreviation as it stands in texts");
    }
    if spoken.trim().is_empty() {
        return refuse("nothing is said for it; give the words a reader would say");
    }
    Ok(composed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_are_sound() {
        let lexicon = BUILTIN
            .iter()
            .try_fold(Lexicon::default(), |lexicon, file| {
                lexicon.with_file(file, Origin::Builtin)
            })
            .unwrap();
        assert!(lexicon.is_syllable("nghiêng"));
        assert!(!lexicon.is_syllable("ubnd"));
    }

    #[test]
    fn additions_win_and_bad_ones_are_named() {
        let lexicon = Lexicon::builtin()
            .with_additions("[say]\n\"UBND\" = \"ủy ban\"")
            .unwrap();
        assert_eq!(crate::speak("UBND tỉnh", &lexicon).text(), "ủy ban tỉnh");
        let error = Lexicon::builtin()
            .with_additions("[say]\n\"XYZ\" = \" \"")
            .unwrap_err();
        assert!(error.to_string().contains("XYZ"), "{error}");
        assert!(
            Lexicon::builtin()
                .with_additions("[sai]\na = \"b\"")
                .is_err()
        );
    }
}
