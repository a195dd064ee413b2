//! A script passage by passage: what a voice is given at a time, as it is written.

use loa_speech::{Pause, Spoken};

/// A sentence of a script, or a passage in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// As it is written, on one line: what a recording of it is known by, whatever the lexicon makes
    /// of it.
    pub(super) written: String,
    /// As it is said.
    pub(super) said: String,
    /// Whether a paragraph ends with it.
    pub(super) ends_paragraph: bool,
}

/// The passages of a script, in their order.
pub(super) fn passages(script: &str, spoken: &Spoken) -> Vec<Passage> {
    let sentences = spoken.sentences();
    let mut passages: Vec<Passage> = sentences
        .into_iter()
        .map(|sentence| Passage {
            written: on_one_line(script.get(sentence.source).unwrap_or_default()),
            said: sentence.text,
            ends_paragraph: sentence.pause == Pause::Paragraph,
        })
        .collect();
    if let Some(last) = passages.last_mut() {
        last.ends_paragraph = true;
    }
    passages
}

/// As a recording is known by: printed as the author has it, blanks between words only.
pub(super) fn on_one_line(written: &str) -> String {
    let printed = loa_speech::plain(written);
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use loa_speech::{Lexicon, speak};

    #[test]
    fn passages_are_known_by_what_is_written() {
        let script = "UBND xã họp  lúc 8h.\n{{TT|Trung tâm}} mở cửa.";
        let passages = passages(script, &speak(script, Lexicon::builtin()));
        let written: Vec<&str> = passages.iter().map(|part| part.written.as_str()).collect();
        assert_eq!(written, ["UBND xã họp lúc 8h", "TT mở cửa"]);
        assert!(
            passages[0].said.starts_with("Ủy ban nhân dân")
                || passages[0].said.starts_with("ủy ban")
        );
        assert!(passages[1].ends_paragraph);
    }
}
