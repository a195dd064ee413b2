//! A radio script as it will be read aloud, above what is written.

use loa_speech::{Lexicon, Sentence, Spoken, speak};

/// A sentence of the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenLine {
    /// What is said; the parts that differ from what is written are marked.
    pub said: Vec<(String, bool)>,
    /// What is written, where it differs.
    pub written: Option<String>,
}

/// Reads a script aloud, on paper.
pub fn lines(script: &str) -> Vec<SpokenLine> {
    let spoken = speak(script, Lexicon::builtin());
    spoken
        .sentences()
        .iter()
        .map(|sentence| line(script, &spoken, sentence))
        .collect()
}

fn line(script: &str, spoken: &Spoken, sentence: &Sentence) -> SpokenLine {
    let mut said: Vec<(String, bool)> = Vec::new();
    let mut add = |text: &str, marked: bool| match said.last_mut() {
        Some((last, same)) if *same == marked => last.push_str(text),
        _ if text.is_empty() => {}
        _ => said.push((text.to_owned(), marked)),
    };
    // The sentence holds the words of its pieces in order, with marks between them.
    let mut rest = sentence.text.as_str();
    let within = spoken.pieces.iter().filter(|piece| {
        !piece.spoken.is_empty()
            && piece.source.start >= sentence.source.start
            && piece.source.end <= sentence.source.end
    });
    let mut differs = false;
    for piece in within {
        let Some(at) = rest.find(&piece.spoken) else {
            continue;
        };
        let written = script.get(piece.source.clone()).unwrap_or_default();
        let expanded = plain(written) != plain(&piece.spoken);
        differs |= expanded;
        add(&rest[..at], false);
        add(&piece.spoken, expanded);
        rest = &rest[at + piece.spoken.len()..];
    }
    add(rest, false);
    let written = script.get(sentence.source.clone()).filter(|_| differs);
    SpokenLine {
        said,
        written: written.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_read_otherwise_is_marked_and_shown_twice() {
        let lines = lines("Nghị định số 61/2018/NĐ-CP có hiệu lực. Bà con đón nghe.");
        assert_eq!(lines.len(), 2, "{lines:?}");
        let marked: Vec<&str> = lines[0]
            .said
            .iter()
            .filter(|(_, marked)| *marked)
            .map(|(text, _)| text.as_str())
            .collect();
        assert!(marked.concat().contains("sáu mươi mốt"), "{lines:?}");
        assert!(
            lines[0]
                .written
                .as_deref()
                .unwrap()
                .contains("61/2018/NĐ-CP")
        );
        assert_eq!(lines[1].written, None);
        assert_eq!(lines[1].said, [("Bà con đón nghe.".to_owned(), false)]);
    }
}
