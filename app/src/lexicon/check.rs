//! What makes an entry useless or harmful: what `crates/speech` says of it, and what the store and
//! the pages add. Told beside its field before it is kept.

use loa_speech::{Lexicon, Remark};

use super::entry::Entry;
use crate::web::{Errors, Lang};

/// Longest texts, in characters: what both databases can index, and more than any abbreviation has.
const WRITTEN_LIMIT: usize = 80;
const SPOKEN_LIMIT: usize = 200;
const WORDS_LIMIT: usize = 200;
const NOTE_LIMIT: usize = 500;

/// What is wrong with a tidied entry.
pub(super) fn faults(entry: &Entry) -> Errors {
    let faults = faults_of(std::slice::from_ref(entry));
    faults.into_iter().next().unwrap_or_default()
}

/// What is wrong with each of several tidied entries, in their order.
pub(super) fn faults_of(entries: &[Entry]) -> Vec<Errors> {
    let mut faults: Vec<Errors> = entries.iter().map(typed).collect();
    let additions: Vec<_> = entries.iter().map(Entry::addition).collect();
    for remarked in Lexicon::builtin().review(&additions) {
        let Some(errors) = faults.get_mut(remarked.addition) else {
            continue;
        };
        if let Some((field, text)) = refusal(&remarked.remark)
            && errors.none()
        {
            errors.add(field, text);
        }
    }
    faults
}

/// What is to be said of a tidied entry beside its faults: what is not a word in it, what it takes
/// the place of, what it leaves as it is.
pub(super) fn remarks(entry: &Entry, lang: Lang) -> Vec<String> {
    let mut addition = entry.addition();
    if addition.spoken.is_empty() {
        // Whatever will be said: what is there now is named before.
        "tiếng".clone_into(&mut addition.spoken);
    }
    let remarked = Lexicon::builtin().review(&[addition]);
    let told = remarked.iter().map(|remarked| &remarked.remark);
    told.filter(|remark| **remark != Remark::NothingWritten)
        .map(|remark| match lang {
            Lang::Vi => capital(&remark.vietnamese()),
            Lang::En => capital(&remark.to_string()),
        })
        .collect()
}

/// The field and the text of a remark that refuses its entry.
fn refusal(remark: &Remark) -> Option<(&'static str, &'static str)> {
    match remark {
        Remark::NothingWritten => Some(("written", "lexicon-written-missing")),
        Remark::NothingSaid => Some(("spoken", "lexicon-spoken-missing")),
        Remark::NotWords { .. } => Some(("spoken", "lexicon-spoken-not-words")),
        Remark::NeverRead { .. } => Some(("written", "lexicon-never-read")),
        Remark::SaidTwice { .. } => Some(("written", "lexicon-file-twice")),
        remark if remark.refuses() => Some(("written", "lexicon-refused")),
        _ => None,
    }
}

/// What is wrong with the fields by themselves.
fn typed(entry: &Entry) -> Errors {
    let mut errors = Errors::default();
    let written = &entry.written;
    errors.require(
        fits(written, WRITTEN_LIMIT),
        "written",
        "lexicon-written-long",
    );
    // Braces and bars are an author's own reading in a text.
    errors.require(
        !written.contains(['{', '}', '|', '\\']),
        "written",
        "lexicon-written-marks",
    );
    let spoken = &entry.spoken;
    let is_said =
        |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | ',' | '-' | '\'' | '’');
    let is_clean = spoken.chars().all(is_said) && !spoken.starts_with([',', '-', '\'', '’']);
    errors.require(fits(spoken, SPOKEN_LIMIT), "spoken", "lexicon-spoken-long");
    errors.require(is_clean, "spoken", "lexicon-spoken-marks");
    for (field, words) in [("after", &entry.after), ("before", &entry.before)] {
        let length: usize = words.iter().map(|word| word.chars().count() + 1).sum();
        errors.require(length <= WORDS_LIMIT, field, "lexicon-condition-long");
    }
    errors.require(fits(&entry.note, NOTE_LIMIT), "note", "lexicon-note-long");
    errors
}

fn fits(text: &str, limit: usize) -> bool {
    text.chars().count() <= limit
}

/// A sentence of its own.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
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
            ("4T", "bốn tê"),
        ] {
            assert_eq!(fault(&entry(written, spoken)), None, "{written}");
        }
        let beside = Entry {
            after: vec!["sân bay".into(), "&".into()],
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
            ("QL 5", "quốc lộ", "written", "lexicon-never-read"),
            ("BCĐ", " ", "spoken", "lexicon-spoken-missing"),
            ("BCĐ", "…", "spoken", "lexicon-spoken-marks"),
            ("BCĐ", "ban 389", "spoken", "lexicon-spoken-not-words"),
            ("BCĐ", "ban UBND", "spoken", "lexicon-spoken-not-words"),
            ("BCĐ", "ban <b>", "spoken", "lexicon-spoken-marks"),
            ("BCĐ", "- ban", "spoken", "lexicon-spoken-marks"),
        ] {
            let found = fault(&entry(written, spoken));
            assert_eq!(found, Some((field, text)), "{written:?} {spoken:?}");
        }
        let long = entry(&"A".repeat(81), "a");
        assert_eq!(fault(&long), Some(("written", "lexicon-written-long")));
    }

    #[test]
    fn what_an_entry_takes_the_place_of_is_named_in_both_languages() {
        let ours = entry("TT", "trung tâm văn hóa");
        let told = remarks(&ours, Lang::Vi).join(" ");
        assert!(
            told.contains("Thay cho mục đang có “TT” đọc là “thị trấn”"),
            "{told}"
        );
        assert!(
            remarks(&ours, Lang::En)
                .join(" ")
                .contains("It replaces \"TT\"")
        );
        assert!(remarks(&entry("XYZT", "một"), Lang::Vi).is_empty());
    }
}
