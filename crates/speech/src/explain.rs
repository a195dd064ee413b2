//! Why a text is read as it is: for an editor that shows what is said above what is written.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::markup;
use crate::phrases::{Condition, Entry, Origin};
use crate::reader::speak;
use crate::source::Source;
use crate::spoken::{Pause, Piece, Rule};
use crate::token::{Token, tokenize, tokenize_marked};

/// A stretch of the text, what is said for it, and what read it so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Bytes of the text. All of them together cover it, in order.
    pub source: Range<usize>,
    /// The text there.
    pub written: String,
    /// The words said; empty where the text is silent.
    pub spoken: String,
    /// The rest after them.
    pub pause: Pause,
    /// The rule that read it.
    pub by: Rule,
    /// The entry of the lexicon, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryUsed>,
    /// The language to say it in, where it is not Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// An entry of the lexicon that read something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryUsed {
    /// As it stands in the lexicon.
    pub written: String,
    /// What it says.
    pub spoken: String,
    /// Beside which words it holds.
    #[serde(flatten)]
    pub when: Condition,
    /// Whether it is built in or was added.
    pub origin: Origin,
}

impl From<&Entry> for EntryUsed {
    fn from(entry: &Entry) -> Self {
        Self {
            written: entry.written.clone(),
            spoken: entry.spoken.clone(),
            when: entry.condition.clone(),
            origin: entry.origin,
        }
    }
}

/// Reads a text like [`speak`], and says of every piece which rule or entry read it.
#[must_use]
pub fn explain(text: &str, lexicon: &Lexicon) -> Vec<Explained> {
    let source = Source::new(text);
    let marks = markup::marks(&source.text);
    let tokens = if marks.is_empty() {
        tokenize(&source.text)
    } else {
        tokenize_marked(&source.text, &marks)
    };
    let place = |piece: &Piece| {
        let start = piece.source.start;
        let at = tokens.partition_point(|token| source.original(token.at) < start);
        tokens
            .get(at)
            .is_some_and(|token| source.original(token.at) == start)
            .then_some(at)
    };
    speak(text, lexicon)
        .pieces
        .into_iter()
        .map(|piece| Explained {
            written: text
                .get(piece.source.clone())
                .unwrap_or_default()
                .to_owned(),
            entry: (piece.by == Rule::Entry)
                .then(|| entry(lexicon, &tokens, place(&piece)?))
                .flatten(),
            source: piece.source,
            spoken: piece.spoken,
            pause: piece.pause,
            by: piece.by,
            language: piece.language,
        })
        .collect()
}

fn entry(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> Option<EntryUsed> {
    let found = lexicon
        .say
        .entry(tokens, at)
        .or_else(|| lexicon.units.entry(tokens, at));
    found.map(|(_, entry)| entry.into())
}

impl Rule {
    /// What read a piece, in Vietnamese.
    #[must_use]
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Written => "đọc như chữ viết",
            Self::Silent => "không đọc",
            Self::Author => "cách đọc riêng của người viết",
            Self::Entry => "từ điển cách đọc",
            Self::Item => "số thứ tự của đề mục",
            Self::LegalNumber => "số, ký hiệu văn bản",
            Self::Date => "ngày tháng",
            Self::Time => "giờ giấc",
            Self::Number => "số và đơn vị",
            Self::Roman => "số La Mã",
            Self::Phone => "số điện thoại",
            Self::Identity => "số định danh, tài khoản",
            Self::Plate => "biển số xe",
            Self::Angle => "tọa độ",
            Self::Address => "địa chỉ mạng, thư điện tử",
            Self::Code => "mã có chữ và số",
            Self::Letters => "chữ viết hoa, chữ cái",
            Self::Sign => "dấu và ký hiệu",
        }
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Written => "said as written",
            Self::Silent => "silent",
            Self::Author => "the author's own reading",
            Self::Entry => "an entry of the lexicon",
            Self::Item => "the number of an item",
            Self::LegalNumber => "a document's number and notation",
            Self::Date => "a date",
            Self::Time => "a time of day",
            Self::Number => "a number with its unit",
            Self::Roman => "a Roman numeral",
            Self::Phone => "a telephone number",
            Self::Identity => "an identity or account number",
            Self::Plate => "a licence plate",
            Self::Angle => "coordinates",
            Self::Address => "a web or mail address",
            Self::Code => "a code of letters and digits",
            Self::Letters => "capitals and letters",
            Self::Sign => "a sign",
        })
    }
}
