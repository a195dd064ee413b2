//! Paragraphs and tables, as DOCX and web pages hold them, on their way to lines.

use std::rc::Rc;

use super::{columns, table};
use crate::MAX_BYTES;
use crate::error::ReadError;

/// A piece of a document between two blank lines.
#[derive(Debug, Clone)]
pub enum Block {
    /// Running text.
    Paragraph(Paragraph),
    /// Rows of cells.
    Table(Table),
    /// Text that was laid out by hand.
    Verbatim(String),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// Its lines: a forced line end begins a line of its own.
    pub lines: Vec<TextLine>,
    /// Whether a page begins with it.
    pub page: bool,
    /// The footnotes it refers to: `[^1]: …`.
    pub notes: Vec<String>,
}

/// A line of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// What it says.
    pub text: String,
    /// Whether it is a heading, or all in bold.
    pub strong: bool,
}

/// A table, merged cells already spread.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Rc<str>>>,
    /// Whether a page begins with it.
    pub page: bool,
    /// The footnotes that its cells refer to.
    pub notes: Vec<String>,
}

/// The blocks as the canonical text.
pub fn write(blocks: &[Block]) -> Result<String, ReadError> {
    let mut text = String::new();
    for block in blocks {
        let notes: &[String] = match block {
            Block::Paragraph(paragraph) => {
                page(&mut text, paragraph.page);
                for line in &paragraph.lines {
                    let dress = if line.strong { "**" } else { "" };
                    for piece in [dress, &line.text, dress, "\n"] {
                        text.push_str(piece);
                    }
                }
                &paragraph.notes
            }
            Block::Table(rows) => {
                page(&mut text, rows.page);
                for row in table::lines(&rows.rows) {
                    text.push_str(&row);
                    text.push('\n');
                }
                &rows.notes
            }
            Block::Verbatim(lines) => {
                text.push_str(lines);
                text.push('\n');
                &[]
            }
        };
        text.push('\n');
        for note in notes {
            text.push_str(note);
            text.push_str("\n\n");
        }
        refuse_above(&text)?;
    }
    Ok(text)
}

fn page(text: &mut String, begins: bool) {
    if begins {
        text.push('\u{c}');
    }
}

fn refuse_above(text: &str) -> Result<(), ReadError> {
    if text.len() > MAX_BYTES {
        return Err(ReadError::TooMuchText);
    }
    Ok(())
}

/// A paragraph that is being read, run by run.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    lines: Vec<DraftLine>,
    notes: Vec<String>,
}

#[derive(Debug, Clone, Default)]
struct DraftLine {
    text: String,
    /// Letters or figures were seen in bold, and in ordinary weight.
    bold: bool,
    light: bool,
    page: bool,
}

impl Draft {
    /// Adds text as it stands, in bold or not.
    pub fn push(&mut self, text: &str, bold: bool) {
        let line = self.last();
        line.text.push_str(text);
        // Blanks and punctuation have no weight that anyone would see.
        if text.chars().any(char::is_alphanumeric) {
            line.bold |= bold;
            line.light |= !bold;
        }
    }

    /// Adds what has no weight of its own.
    pub fn mark(&mut self, text: &str) {
        self.last().text.push_str(text);
    }

    /// Puts a marker before all that is there.
    pub fn lead(&mut self, marker: &str) {
        self.last();
        if let Some(line) = self
            .lines
            .iter_mut()
            .find(|line| !line.text.trim().is_empty())
        {
            line.text.insert_str(0, &format!("{marker} "));
        } else {
            marker.clone_into(&mut self.lines[0].text);
        }
    }

    /// Ends the line.
    pub fn end_line(&mut self) {
        self.last();
        self.lines.push(DraftLine::default());
    }

    /// Ends the page.
    pub fn end_page(&mut self) {
        self.end_line();
        self.last().page = true;
    }

    /// Adds a footnote behind the paragraph.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Goes on with another paragraph in the same line.
    pub fn join(&mut self, other: Draft) {
        self.notes.extend(other.notes);
        let mut lines = other.lines.into_iter();
        if let Some(first) = lines.next() {
            let line = self.last();
            line.text.push_str(&first.text);
            line.bold |= first.bold;
            line.light |= first.light;
        }
        self.lines.extend(lines);
    }

    /// Whether nothing would be seen of it.
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }

    /// Whether a blank, or a line's end, stands last in it.
    pub fn ends_blank(&self) -> bool {
        self.lines
            .last()
            .is_none_or(|line| line.text.is_empty() || line.text.ends_with(' '))
    }

    /// Whether a page ends in it behind all its text.
    pub fn ends_page(&self) -> bool {
        self.lines
            .iter()
            .rev()
            .take_while(|line| line.text.trim().is_empty())
            .any(|line| line.page)
    }

    /// Whether there is something to be seen, and all of it in bold.
    pub fn is_bold(&self) -> bool {
        self.lines.iter().any(|line| line.bold) && !self.lines.iter().any(|line| line.light)
    }

    /// The paragraphs it makes: an empty line or a page's end parts it. `strong` answers for all
    /// its lines; without it each answers for itself.
    pub fn finish(self, strong: Option<bool>) -> Vec<Paragraph> {
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        let mut fresh = Some(false);
        for line in self.lines {
            let text = columns::tidy(&line.text);
            if line.page {
                fresh = Some(true);
            }
            if text.is_empty() {
                fresh = fresh.or(Some(false));
                continue;
            }
            if let Some(page) = fresh.take() {
                paragraphs.push(Paragraph {
                    page,
                    ..Paragraph::default()
                });
            }
            let strong = strong.unwrap_or(line.bold && !line.light);
            if let Some(paragraph) = paragraphs.last_mut() {
                paragraph.lines.push(TextLine { text, strong });
            }
        }
        if let Some(last) = paragraphs.last_mut() {
            last.notes = self.notes;
        }
        paragraphs
    }

    fn last(&mut self) -> &mut DraftLine {
        if self.lines.is_empty() {
            self.lines.push(DraftLine::default());
        }
        let last = self.lines.len() - 1;
        &mut self.lines[last]
    }
}
