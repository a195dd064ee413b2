//! What makes an entry useless or harmful: told beside its field before it is kept.

use loa_speech::{Lexicon, LexiconError, speak};

use super::entry::Entry;
use super::in_force::with_entries;
use crate::web::Errors;

/// Longest texts, in characters: what both databases can index, and more than any abbreviation has.
const WRITTEN_LIMIT: usize = 80;
const SPOKEN_LIMIT: usize = 300;
const WORDS_LIMIT: usize = 200;
const NOTE_LIMIT: usize = 500;

/// What is wrong with a tidied entry.
pub(super) fn faults(entry: &Entry) -> Errors {
    let mut errors = typed(entry);
    if errors.none() {
        match with_entries(std::slice::from_ref(entry)) {
            Ok(lexicon) => {
                errors.require(is_found(entry, &lexicon), "written", "lexicon-unreachable");
            }
            Err(LexiconError::Entry { .. } | LexiconError::Toml(_)) => {
                errors.add("written", "lexicon-refused");
            }
        }
    }
    errors
}

/// What is wrong with each of many tidied entries, in their order. One lexicon is made for all of
/// them; only what is not found in it is looked at by itself, since another entry may hide it.
pub(super) fn faults_of(entries: &[Entry]) -> Vec<Errors> {
    let all = with_entries(entries).ok();
    let fine = |entry: &Entry| all.as_ref().is_some_and(|lexicon| is_found(entry, lexicon));
    entries
        .iter()
        .map(|entry| match typed(entry) {
            errors if errors.none() && !fine(entry) => faults(entry),
            errors => errors,
        })
        .collect()
}

/// What is wrong with the fields by themselves.
fn typed(entry: &Entry) -> Errors {
    let mut errors = Errors::default();
    written(entry, &mut errors);
    spoken(&entry.spoken, &mut errors);
    condition(&entry.after, "after", &mut errors);
    condition(&entry.before, "before", &mut errors);
    errors.require(fits(&entry.note, NOTE_LIMIT), "note", "lexicon-note-long");
    errors
}

fn written(entry: &Entry, errors: &mut Errors) {
    if entry.written.is_empty() {
        errors.add("written", "lexicon-written-missing");
    } else if !fits(&entry.written, WRITTEN_LIMIT) {
        errors.add("written", "lexicon-written-long");
    } else if entry.written.contains(['{', '}', '|', '\\']) {
        errors.add("written", "lexicon-written-marks");
    }
}

/// Words that a voice can say: no digits that it would read in its own way, no signs.
fn spoken(spoken: &str, errors: &mut Errors) {
    let is_word =
        |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | ',' | '-' | '\'' | '’');
    if !spoken.contains(char::is_alphabetic) {
        errors.add("spoken", "lexicon-spoken-missing");
    } else if !fits(spoken, SPOKEN_LIMIT) {
        errors.add("spoken", "lexicon-spoken-long");
    } else if spoken.contains(char::is_numeric) {
        errors.add("spoken", "lexicon-spoken-digits");
    } else if !spoken.chars().all(is_word) || !spoken.starts_with(char::is_alphabetic) {
        errors.add("spoken", "lexicon-spoken-marks");
    }
}

/// The crate compares one word at a time, so a condition of two words would never hold.
fn condition(words: &[String], field: &'static str, errors: &mut Errors) {
    let is_one = |word: &String| {
        word.chars().all(char::is_alphabetic)
            || word.chars().all(|letter| letter.is_ascii_digit())
            || word.chars().count() == 1
    };
    if words
        .iter()
        .map(|word| word.chars().count() + 1)
        .sum::<usize>()
        > WORDS_LIMIT
    {
        errors.add(field, "lexicon-condition-long");
    } else if !words.iter().all(is_one) {
        errors.add(field, "lexicon-condition-words");
    }
}

/// Whether the entry is found where it should hold: numbers and signs are read by rules, whatever
/// the lexicon has.
fn is_found(entry: &Entry, lexicon: &Lexicon) -> bool {
    let written = &entry.written;
    let mut places = Vec::new();
    if !entry.is_conditional() {
        places.extend([format!("và {written} thì"), format!("{written} thì")]);
    }
    places.extend(
        entry
            .after
            .iter()
            .map(|word| format!("{word} {written} thì")),
    );
    places.extend(
        entry
            .before
            .iter()
            .map(|word| format!("và {written} {word}")),
    );
    if entry.before_name {
        places.push(format!("và {written} Hoa"));
    }
    if entry.before_number {
        places.push(format!("và {written} 5"));
    }
    places.iter().any(|place| {
        let spoken = speak(place, lexicon);
        spoken.pieces.iter().any(|piece| {
            place.get(piece.source.clone()) == Some(written) && piece.spoken == entry.spoken
        })
    })
}

fn fits(text: &str, limit: usize) -> bool {
    text.chars().count() <= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(written: &str, spoken: &str) -> Entry {
        Entry {
            written: written.into(),
            spoken: spoken.into(),
            ..Entry::default()
        }
    }

    fn fault(entry: &Entry) -> Option<(&'static str, &'static str)> {
        faults(&entry.tidied()).all().first().copied()
    }

    #[test]
    fn what_a_reader_could_say_is_taken() {
        for (written, spoken) in [
            ("BCĐ", "Ban Chỉ đạo"),
            ("Samsung", "sam sung"),
            ("PAR INDEX", "pa in đếch"),
            ("T.T", "thị trấn"),
            ("Đăk Lăk", "Đắc Lắc"),
        ] {
            assert_eq!(fault(&entry(written, spoken)), None, "{written}");
        }
        let beside = Entry {
            after: vec!["xã".into(), "&".into()],
            before_name: true,
            ..entry("TT", "trung tâm")
        };
        assert_eq!(fault(&beside), None);
    }

    #[test]
    fn what_could_never_be_found_or_said_is_refused_beside_its_field() {
        for (written, spoken, field, text) in [
            (" ", "gì đó", "written", "lexicon-written-missing"),
            ("\u{200B}", "gì đó", "written", "lexicon-written-missing"),
            ("{{a", "gì đó", "written", "lexicon-written-marks"),
            ("2026", "năm nay", "written", "lexicon-unreachable"),
            ("%", "phần", "written", "lexicon-unreachable"),
            ("BCĐ", " ", "spoken", "lexicon-spoken-missing"),
            ("BCĐ", "…", "spoken", "lexicon-spoken-missing"),
            ("BCĐ", "ban 389", "spoken", "lexicon-spoken-digits"),
            ("BCĐ", "ban <b>", "spoken", "lexicon-spoken-marks"),
            ("BCĐ", "- ban", "spoken", "lexicon-spoken-marks"),
        ] {
            assert_eq!(
                fault(&entry(written, spoken)),
                Some((field, text)),
                "{written:?}"
            );
        }
        let long = entry(&"A".repeat(81), "a");
        assert_eq!(fault(&long), Some(("written", "lexicon-written-long")));
        let two = Entry {
            after: vec!["số nhà".into()],
            ..entry("TT", "thị trấn")
        };
        assert_eq!(fault(&two), Some(("after", "lexicon-condition-words")));
    }
}
