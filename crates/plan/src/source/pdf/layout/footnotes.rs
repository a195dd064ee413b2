//! Footnotes: the small number in the text becomes `[^1]`, the note at the page's foot `[^1]: …`.

use super::lines::Line;
use super::words::{Word, number_of_mark};

/// Marks on a page.
const MOST_MARKS: usize = 200;

/// Takes the notes off the foot of a page's lines, which run from top to bottom.
///
/// A note begins with a number that is raised in the text above it, and is set smaller than the text. From the
/// first one on everything is notes.
///
/// `marks` are the raised numbers in the page's tables.
pub fn take(lines: &mut Vec<Line>, mut marks: Vec<String>, usual: f64) -> Vec<(String, Vec<Line>)> {
    let known = |line: &Line, marks: &[String]| {
        begun(line, usual).filter(|(number, _)| marks.iter().any(|mark| mark == number))
    };
    let first = lines.iter().position(|line| {
        let found = known(line, &marks).is_some();
        let room = MOST_MARKS.saturating_sub(marks.len());
        marks.extend(self::marks(line).take(room));
        found
    });
    let mut notes: Vec<(String, Vec<Line>)> = Vec::new();
    for mut line in lines.split_off(first.unwrap_or(lines.len())) {
        match (known(&line, &marks), notes.last_mut()) {
            (Some((number, rest)), _) => {
                if rest.is_empty() {
                    line.words.remove(0);
                } else {
                    line.words[0].text = rest;
                }
                notes.push((number, vec![line]));
            }
            (None, Some((_, note))) => note.push(line),
            (None, None) => {}
        }
    }
    notes
}

/// The raised numbers of a line.
pub fn marks(line: &Line) -> impl Iterator<Item = String> + '_ {
    let raised = line.words.iter().filter(|word| word.raised);
    raised.filter_map(|word| number_of_mark(&word.text).map(str::to_owned))
}

/// The number that a note begins with, and what else its first word holds: some writers leave no gap, `1Nghị định`.
fn begun(line: &Line, usual: f64) -> Option<(String, String)> {
    let first = line.words.first()?;
    if line.size > 0.95 * usual || (!first.raised && first.size > line.size * 1.05) {
        return None;
    }
    let digits = first.text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = first.text.split_at(digits);
    if rest.starts_with(|letter: char| letter.is_alphabetic() || "“\"".contains(letter)) {
        return Some((number_of_mark(number)?.to_owned(), rest.to_owned()));
    }
    let number = number_of_mark(first.text.trim_end_matches('.'))?;
    (line.words.len() > 1).then(|| (number.to_owned(), String::new()))
}

/// A word's text, with the mark of a footnote written as one if the page has that note.
pub fn marked(word: &Word, notes: &[String]) -> String {
    match number_of_mark(&word.text) {
        Some(number) if word.raised && notes.iter().any(|note| note == number) => {
            format!("[^{number}]")
        }
        _ => word.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{self, tests::word};
    use super::*;

    #[test]
    fn a_note_is_taken_off_and_its_mark_written() {
        let mark = Word {
            raised: true,
            ..word("1", 125.0, 100.0, 8.0)
        };
        let squared = Word {
            raised: true,
            ..word("2", 230.0, 100.0, 8.0)
        };
        let mut lines = lines::find(vec![
            word("thông", 90.0, 100.0, 14.0),
            mark,
            word("km", 216.0, 100.0, 14.0),
            squared,
            word("1", 90.0, 700.0, 10.0),
            word("Nghị", 97.0, 700.0, 10.0),
            word("định", 90.0, 712.0, 10.0),
        ]);
        let notes = take(&mut lines, Vec::new(), 14.0);
        assert_eq!(lines.len(), 1);
        assert_eq!(
            (notes.len(), notes[0].0.as_str(), notes[0].1.len()),
            (1, "1", 2)
        );
        assert_eq!(lines[0].text(&["1".to_owned()]), "thông[^1] km2");
        assert_eq!(lines[0].text(&[]), "thông1 km2");
    }
}
