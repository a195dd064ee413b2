//! A reading laid out for people: paragraphs of segments, each with what is written and, where it
//! differs, what is said.

use std::borrow::Cow;

use loa_speech::Rule;

use super::reading::{By, Reading, Rest};
use crate::ids::EntryId;

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its segments, in order.
    pub segments: Vec<Segment>,
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What is written.
    pub written: String,
    /// What is said, where it differs.
    pub said: String,
    /// How it is shown.
    pub tone: Tone,
    /// Where it begins in the text and where it ends, in the units in which browsers count (UTF-16).
    pub from: usize,
    /// The end.
    pub to: usize,
    /// The province's entry that was followed.
    pub entry: Option<EntryId>,
    /// The rule that read it, where that is known.
    pub rule: Option<Rule>,
}

/// How a segment is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Said as it is written.
    Plain,
    /// A mark that is not said.
    Quiet,
    /// Read by a rule.
    Rule,
    /// Read by an entry of the program.
    Builtin,
    /// Read by an entry of the province.
    Province,
    /// Read as its author wants it.
    Author,
}

impl Tone {
    /// The last part of the name of its class and of its text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Quiet => "quiet",
            Self::Rule => "rule",
            Self::Builtin => "builtin",
            Self::Province => "province",
            Self::Author => "author",
        }
    }

    /// Whether what is said stands above what is written.
    pub fn is_pair(self) -> bool {
        !matches!(self, Self::Plain | Self::Quiet)
    }
}

/// Lays out the reading of a text.
pub fn lines(text: &str, reading: &Reading) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut at = 0;
    for piece in &reading.pieces {
        let written = text.get(piece.source.clone()).unwrap_or_default();
        match piece.by {
            By::Silent => {
                for (run, is_shown) in runs(written) {
                    let tone = if is_shown { Tone::Plain } else { Tone::Quiet };
                    at = line.push(run, "", tone, at);
                }
            }
            By::Written => at = line.push(written, "", Tone::Plain, at),
            By::Rule => {
                at = line.push(written, &piece.spoken, Tone::Rule, at);
                if let Some(last) = line.segments.last_mut() {
                    last.rule = piece.rule;
                }
            }
            By::Builtin => at = line.push(written, &piece.spoken, Tone::Builtin, at),
            By::Author => at = line.push(written, &piece.spoken, Tone::Author, at),
            By::Province(entry) => {
                at = line.push(written, &piece.spoken, Tone::Province, at);
                if let Some(last) = line.segments.last_mut() {
                    last.entry = Some(entry);
                }
            }
        }
        if piece.rest == Rest::Paragraph {
            lines.push(std::mem::take(&mut line));
        }
    }
    lines.push(line);
    lines.retain(|line| {
        line.segments
            .iter()
            .any(|segment| !segment.written.trim().is_empty())
    });
    lines
}

/// The tones of pairs that come up, in the order in which they are explained.
pub(super) fn tones(lines: &[Line]) -> Vec<Tone> {
    let shown = |tone: &Tone| {
        let mut segments = lines.iter().flat_map(|line| &line.segments);
        segments.any(|segment| segment.tone == *tone)
    };
    let all = [Tone::Province, Tone::Builtin, Tone::Rule, Tone::Author];
    all.into_iter().filter(shown).collect()
}

/// Segments in which what is said differs from what is written, each pair once, in order.
pub(super) fn pairs(lines: &[Line]) -> Vec<&Segment> {
    let mut pairs: Vec<&Segment> = Vec::new();
    for segment in lines.iter().flat_map(|line| &line.segments) {
        let known = |other: &&Segment| {
            other.written == segment.written
                && other.said == segment.said
                && other.tone == segment.tone
        };
        if segment.tone.is_pair() && !pairs.iter().any(known) {
            pairs.push(segment);
        }
    }
    pairs
}

impl Line {
    /// Adds a segment that begins at `from`, and answers where it ends. Plain text runs on.
    fn push(&mut self, written: &str, said: &str, tone: Tone, from: usize) -> usize {
        let to = from + written.encode_utf16().count();
        let more = self
            .segments
            .last_mut()
            .filter(|last| last.tone == tone && !tone.is_pair());
        if let Some(last) = more {
            last.written.push_str(written);
            last.to = to;
        } else if !written.is_empty() {
            self.segments.push(Segment {
                written: written.to_owned(),
                said: said.to_owned(),
                tone,
                from,
                to,
                entry: None,
                rule: None,
            });
        }
        to
    }
}

impl Segment {
    /// Whether an entry of the lexicon could read it otherwise: numbers and signs are for rules.
    pub fn is_word(&self) -> bool {
        self.tone != Tone::Author && self.written.starts_with(char::is_alphabetic)
    }

    /// What is printed: of an author's own reading `{{chữ|lời}}` the part before the bar.
    pub fn printed(&self) -> Cow<'_, str> {
        if self.tone == Tone::Author {
            Cow::Owned(loa_speech::plain(&self.written))
        } else {
            Cow::Borrowed(&self.written)
        }
    }
}

/// A silent stretch cut into blanks and marks that one hears as a rest, and other signs.
fn runs(written: &str) -> Vec<(&str, bool)> {
    let is_shown = |letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | '.' | ';' | ':' | '?' | '!' | '…')
    };
    let mut runs = Vec::new();
    let mut start = 0;
    let mut kind = None;
    for (at, letter) in written.char_indices() {
        if kind.is_some_and(|kind| kind != is_shown(letter)) {
            runs.push((&written[start..at], !is_shown(letter)));
            start = at;
        }
        kind = Some(is_shown(letter));
    }
    if let Some(kind) = kind {
        runs.push((&written[start..], kind));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::InForce;

    fn read(text: &str) -> Vec<Line> {
        lines(text, &InForce::builtin().read(text))
    }

    #[test]
    fn what_is_said_stands_beside_what_is_written() {
        let text = "**UBND** xã thực hiện Nghị định số 61/2018/NĐ-CP.\n\nBà con đón nghe.";
        let lines = read(text);
        assert_eq!(lines.len(), 2, "{lines:?}");
        let tones: Vec<_> = lines[0]
            .segments
            .iter()
            .map(|segment| (segment.tone, segment.written.as_str()))
            .collect();
        assert_eq!(tones[0], (Tone::Quiet, "**"));
        assert_eq!(tones[1], (Tone::Builtin, "UBND"));
        let act = lines[0]
            .segments
            .iter()
            .find(|segment| segment.written.contains("NĐ-CP"));
        assert!(act.is_some_and(|act| act.tone == Tone::Rule && act.said.contains("sáu mươi mốt")));
        assert_eq!(pairs(&lines).len(), 2);
        assert_eq!(
            lines[1].segments.len(),
            1,
            "said as it is written: {lines:?}"
        );
    }

    #[test]
    fn an_author_s_own_reading_is_shown_as_it_is_printed() {
        let lines = read("Giám đốc {{TT|trung tâm}} nói {{(xem hình)|}}.");
        let own: Vec<_> = lines[0]
            .segments
            .iter()
            .filter(|segment| segment.tone == Tone::Author)
            .map(|segment| (segment.printed().into_owned(), segment.said.as_str()))
            .collect();
        let wanted = [
            ("TT".to_owned(), "trung tâm"),
            ("(xem hình)".to_owned(), ""),
        ];
        assert_eq!(own, wanted);
    }

    #[test]
    fn places_are_counted_as_browsers_count() {
        let text = "😀 UBND xã";
        let lines = read(text);
        let units: Vec<u16> = text.encode_utf16().collect();
        let entry = lines[0]
            .segments
            .iter()
            .find(|segment| segment.written == "UBND")
            .unwrap();
        assert_eq!(
            String::from_utf16(&units[entry.from..entry.to]).unwrap(),
            "UBND"
        );
    }

    #[test]
    fn a_reading_that_was_kept_is_laid_out_alike() {
        let text = "TTHC của UBND:\n- một\n- hai 37,5%";
        let reading = InForce::builtin().read(text);
        let kept = Reading::from_json(&reading.to_json().unwrap()).unwrap();
        assert_eq!((&kept.words, &kept.text), (&reading.words, &reading.text));
        let shown = |reading| {
            let segments = lines(text, reading)
                .into_iter()
                .flat_map(|line| line.segments);
            segments
                .map(|segment| (segment.written, segment.said, segment.tone, segment.from))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(&kept), shown(&reading));
    }
}
