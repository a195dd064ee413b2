//! What is to be said about an entry that a province wants to add.

use serde::Serialize;

use crate::explain::EntryUsed;
use crate::spoken::Rule;

/// A remark about one of several entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remarked {
    /// The entry's place among those looked over, from 0.
    pub addition: usize,
    /// The remark.
    pub remark: Remark,
}

/// Why an entry is refused, or what it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remark {
    /// Nothing is written.
    NothingWritten,
    /// Nothing is said for it.
    NothingSaid,
    /// What is written or said is too long for an entry.
    TooLong {
        /// Characters allowed.
        longest: usize,
    },
    /// What is written or said goes over a line.
    LineBreak,
    /// What is to be said holds digits, capitals or signs that are themselves to be read.
    NotWords {
        /// The part that is no word.
        part: String,
        /// How it would be read.
        said: String,
    },
    /// A rule reads the sign before the lexicon is asked.
    NeverRead {
        /// The rule.
        by: Rule,
    },
    /// Another entry of the same list says it otherwise.
    SaidTwice {
        /// The other's place in the list, from 0.
        other: usize,
    },
    /// An entry that is there now will no longer be read.
    Replaces {
        /// The entry.
        entry: EntryUsed,
    },
    /// A longer entry that begins so goes on to win where it stands.
    LongerStays {
        /// The entry.
        entry: EntryUsed,
    },
    /// An ordinary word: the entry changes it wherever it stands.
    EverydayWord,
}

impl Remark {
    /// Whether the entry cannot be added.
    #[must_use]
    pub fn refuses(&self) -> bool {
        !matches!(
            self,
            Self::Replaces { .. } | Self::LongerStays { .. } | Self::EverydayWord
        )
    }

    /// What is wrong or what changes, and what to do, in Vietnamese.
    #[must_use]
    pub fn vietnamese(&self) -> String {
        match self {
            Self::NothingWritten => "chưa có chữ viết: hãy ghi đúng như trong văn bản".to_owned(),
            Self::NothingSaid => "chưa có cách đọc: hãy ghi những tiếng cần đọc".to_owned(),
            Self::TooLong { longest } => {
                format!("quá dài: mỗi bên không quá {longest} ký tự")
            }
            Self::LineBreak => "không được xuống dòng: hãy ghi trên một dòng".to_owned(),
            Self::NotWords { part, said } => {
                format!("“{part}” trong cách đọc chưa phải là tiếng: hãy viết ra, ví dụ “{said}”")
            }
            Self::NeverRead { by } => format!(
                "không bao giờ được dùng vì chữ này luôn được đọc theo quy tắc “{}”: hãy dùng cách đọc riêng {{{{…|…}}}} trong bài",
                by.vietnamese()
            ),
            Self::SaidTwice { other } => {
                format!("trùng với mục thứ {} nhưng đọc khác: hãy giữ một mục", other + 1)
            }
            Self::Replaces { entry } => format!(
                "thay cho mục đang có “{}” đọc là “{}”",
                entry.written, entry.spoken
            ),
            Self::LongerStays { entry } => format!(
                "mục dài hơn “{}” vẫn đọc là “{}”",
                entry.written, entry.spoken
            ),
            Self::EverydayWord => {
                "đây là từ thông thường: mọi chỗ có từ này sẽ đọc theo mục này; hãy thêm điều kiện đứng trước, đứng sau nếu không muốn vậy".to_owned()
            }
        }
    }
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingWritten => f.write_str("nothing is written: give it as it stands in texts"),
            Self::NothingSaid => f.write_str("nothing is said for it: give the words a reader would say"),
            Self::TooLong { longest } => write!(f, "too long: at most {longest} characters on either side"),
            Self::LineBreak => f.write_str("it goes over a line: write it on one"),
            Self::NotWords { part, said } => {
                write!(f, "\"{part}\" in what is said is no word: write it out, such as \"{said}\"")
            }
            Self::NeverRead { by } => write!(
                f,
                "it would never be used, for it is always read as {by}: write the reading into the text, {{{{…|…}}}}"
            ),
            Self::SaidTwice { other } => {
                write!(f, "entry {} is the same and says otherwise: keep one of them", other + 1)
            }
            Self::Replaces { entry } => {
                write!(f, "it replaces \"{}\", said \"{}\"", entry.written, entry.spoken)
            }
            Self::LongerStays { entry } => {
                write!(f, "the longer \"{}\" is still said \"{}\"", entry.written, entry.spoken)
            }
            Self::EverydayWord => f.write_str(
                "an ordinary word, which changes wherever it stands: add the words it must stand beside if that is not meant",
            ),
        }
    }
}
