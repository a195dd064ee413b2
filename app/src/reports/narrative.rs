//! The text of a report's chapters. A figure stands in it by its code in brackets, so that what is
//! printed is always what was counted, and opens it.

use serde::{Deserialize, Serialize};

use super::codes::Code;

/// Longest chapter, in characters.
const LIMIT: usize = 20_000;

/// What people write, chapter by chapter. The order of the fields is the order of the bytes that
/// are hashed; it never changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Narrative {
    /// I. Chỉ đạo, triển khai
    pub direction: String,
    /// II.1. Nội dung tuyên truyền
    pub content: String,
    /// II.2. Hình thức tuyên truyền
    pub forms: String,
    /// II.3. Kinh phí
    pub budget: String,
    /// III. Hạn chế, nguyên nhân
    pub limits: String,
    /// IV. Phương hướng
    pub next: String,
    /// V. Kiến nghị
    pub proposals: String,
}

/// A chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// I.
    Direction,
    /// II.1.
    Content,
    /// II.2.
    Forms,
    /// II.3.
    Budget,
    /// III.
    Limits,
    /// IV.
    Next,
    /// V.
    Proposals,
}

/// A stretch of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A figure.
    Figure(Code),
}

impl Chapter {
    /// All, in the order of the report.
    pub const ALL: [Self; 7] = [
        Self::Direction,
        Self::Content,
        Self::Forms,
        Self::Budget,
        Self::Limits,
        Self::Next,
        Self::Proposals,
    ];

    /// Its name in data, and of its field in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direction => "direction",
            Self::Content => "content",
            Self::Forms => "forms",
            Self::Budget => "budget",
            Self::Limits => "limits",
            Self::Next => "next",
            Self::Proposals => "proposals",
        }
    }
}

impl Narrative {
    /// The text of a chapter.
    pub fn of(&self, chapter: Chapter) -> &str {
        match chapter {
            Chapter::Direction => &self.direction,
            Chapter::Content => &self.content,
            Chapter::Forms => &self.forms,
            Chapter::Budget => &self.budget,
            Chapter::Limits => &self.limits,
            Chapter::Next => &self.next,
            Chapter::Proposals => &self.proposals,
        }
    }

    /// The text of a chapter, to be changed.
    pub fn of_mut(&mut self, chapter: Chapter) -> &mut String {
        match chapter {
            Chapter::Direction => &mut self.direction,
            Chapter::Content => &mut self.content,
            Chapter::Forms => &mut self.forms,
            Chapter::Budget => &mut self.budget,
            Chapter::Limits => &mut self.limits,
            Chapter::Next => &mut self.next,
            Chapter::Proposals => &mut self.proposals,
        }
    }

    /// As it is kept: no stray white space, one kind of line end.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for chapter in Chapter::ALL {
            let lines = self.of(chapter).lines().map(str::trim);
            let joined = lines.collect::<Vec<_>>().join("\n");
            joined.trim().clone_into(self.of_mut(chapter));
        }
        self
    }

    /// What is wrong with it: the chapter and the name of a text.
    pub fn faults(&self, known: &[Code]) -> Vec<(Chapter, &'static str)> {
        let mut faults = Vec::new();
        for chapter in Chapter::ALL {
            let text = self.of(chapter);
            if text.chars().count() > LIMIT {
                faults.push((chapter, "reports-chapter-long"));
            }
            let strange = brackets(text).any(|inner| {
                let code = inner.parse::<Code>();
                looks_like_a_code(inner) && !code.is_ok_and(|code| known.contains(&code))
            });
            if strange {
                faults.push((chapter, "reports-chapter-code"));
            }
        }
        faults
    }
}

/// Cuts a text into words and figures.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut words, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('[') {
        words.push_str(before);
        let figure = after.split_once(']');
        let figure = figure.and_then(|(inner, more)| Some((inner.parse().ok()?, more)));
        if let Some((code, more)) = figure {
            if !words.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut words)));
            }
            pieces.push(Piece::Figure(code));
            rest = more;
        } else {
            words.push('[');
            rest = after;
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Piece::Text(words));
    }
    pieces
}

/// What stands in brackets.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']').map(|(inner, _)| inner))
}

/// People put other things in brackets too: `[1]`, `[đã ký]`.
fn looks_like_a_code(inner: &str) -> bool {
    let group = inner.split('-').next().unwrap_or_default();
    let rest = inner
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte));
    rest && group.len() > 2 && group.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn figures_stand_by_their_codes() {
        let found = pieces("Đã phát [total] lượt [1], phủ [themes]/10 [channel-portal");
        let expected = [
            Piece::Text("Đã phát ".into()),
            Piece::Figure(Code::Total),
            Piece::Text(" lượt [1], phủ ".into()),
            Piece::Figure(Code::Themes),
            Piece::Text("/10 [channel-portal".into()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_code_that_counts_nothing_is_a_fault_and_other_brackets_are_not() {
        let with = |text: &str| Narrative {
            limits: text.into(),
            ..Narrative::default()
        };
        let faults = |text| with(text).faults(&[Code::Total]);
        let fault = vec![(Chapter::Limits, "reports-chapter-code")];
        for text in [
            "[totals]",
            "[theme-99]",
            "có [channel-fax] lượt",
            "[themes]",
        ] {
            assert_eq!(faults(text), fault, "{text}");
        }
        for text in ["[total]", "[1]", "[đã ký]", "[", "a]b[c", "[Total]", "[TT]"] {
            assert_eq!(faults(text), [], "{text}");
        }
        let long = vec![(Chapter::Limits, "reports-chapter-long")];
        assert_eq!(faults(&"ế".repeat(LIMIT + 1)), long);
    }

    #[test]
    fn white_space_is_tidied() {
        let narrative = Narrative {
            next: "  Một \r\n\r\n Hai\t\n".into(),
            ..Narrative::default()
        };
        assert_eq!(narrative.tidy().next, "Một\n\nHai");
    }

    proptest! {
        #[test]
        fn nothing_of_a_text_is_lost(text in "[a-z\\[\\] ]{0,30}(\\[total\\])?[\\[\\]x]{0,9}") {
            let back: String = pieces(&text).into_iter().map(|piece| match piece {
                Piece::Text(words) => words,
                Piece::Figure(code) => format!("[{code}]"),
            }).collect();
            prop_assert_eq!(back, text);
        }
    }
}
