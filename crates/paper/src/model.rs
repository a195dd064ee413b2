use chrono::NaiveDate;

/// One official document, as facts. [`crate::form`] says how each is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficialDocument {
    /// The agency above the issuer, if one is named. Printed in capitals; `\n` breaks the line.
    pub parent_agency: Option<String>,
    /// The agency that issues the document. Printed in capitals; `\n` breaks the line.
    pub issuer: String,
    /// The running number; `None` leaves the blank the clerk fills in. '5' prints as '05'.
    pub number: Option<String>,
    /// What follows the number, without the slash: 'BC-STTTT'.
    pub notation: String,
    /// The place before the date: 'Hà Nam'.
    pub place: String,
    /// The date of issue; `None` leaves day and month blank.
    pub date: Option<NaiveDate>,
    /// The year printed while the document has no date.
    pub year_if_undated: i32,
    /// The kind of document ('BÁO CÁO'). Empty for an official letter (công văn),
    /// whose subject then stands under its number as 'V/v …'.
    pub kind: String,
    /// The subject (trích yếu); `\n` breaks the line.
    pub title: String,
    /// The text. The closing './.' is added where it ends in a paragraph.
    pub body: Vec<Block>,
    /// Who signs.
    pub signature: Signature,
    /// Recipients without dash or closing mark; the last is usually 'Lưu: VT, …'.
    pub recipients: Vec<String>,
    /// Annexes, each on its own pages, numbered I, II, … where there are several.
    pub annexes: Vec<Annex>,
    /// A small framed mark on a paper not yet issued: 'DỰ THẢO'.
    pub draft: Option<String>,
}

/// The signing block: 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH', then the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The form of signing: 'TM.', 'Q.', 'KT.', 'TL.', 'TUQ.'; `None` when the head signs.
    pub form: Option<String>,
    /// The authority and posts, a line each, printed in capitals: `["GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]`.
    pub lines: Vec<String>,
    /// The signer's full name; empty while it is not known.
    pub name: String,
}

/// An annex on its own pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Annex {
    /// Its title, printed in capitals; `\n` breaks the line.
    pub title: String,
    /// The document it belongs to: 'Kèm theo Báo cáo số …'. Brackets are added if missing.
    pub reference: String,
    /// Its content.
    pub blocks: Vec<Block>,
    /// Whether the pages lie on their long side, which the decree allows for wide tables.
    pub landscape: bool,
}

/// A part of a text, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading with its own number in the text: 'I. CHỈ ĐẠO, TRIỂN KHAI'.
    Heading {
        /// 1 for I., 2 for 1., 3 for a); higher counts as 3.
        level: u8,
        /// Number and words.
        text: String,
    },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A paragraph that opens with a dash, as official documents list things.
    Bullet(Vec<Run>),
    /// A table; its heading is repeated on every page.
    Table {
        /// At least one.
        columns: Vec<Column>,
        /// Rows of cells of runs; one cell per column.
        rows: Vec<Vec<Vec<Run>>>,
        /// Whether the last row is the total, printed bold.
        total_row: bool,
    },
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The heading.
    pub title: String,
    /// Its width against the sum of all shares.
    pub width_share: f32,
    /// How the cells below the heading are aligned.
    pub align: Align,
}

/// How a cell is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers of order, units, dates.
    Center,
    /// Figures.
    Right,
}

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// A full http, https or mailto address, e.g. the page with a figure's evidence.
    pub link: Option<String>,
}

impl Run {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Text that opens an address: a figure and the page with its evidence.
    pub fn linked(text: impl Into<String>, link: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            link: Some(link.into()),
            ..Self::default()
        }
    }

    /// The same in bold.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same in italics.
    #[must_use]
    pub fn italic(self) -> Self {
        Self {
            italic: true,
            ..self
        }
    }
}
