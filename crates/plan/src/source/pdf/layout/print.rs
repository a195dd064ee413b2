//! The parts of pages as lines of text.

use super::cells::Table;
use super::lines::{self, Line};
use super::spread::{Measure, laid_out, left_edge};
use super::words::Word;
use super::{Item, Page, continued, footnotes};
use crate::MAX_BYTES;
use crate::source::table;

/// Lines of a page that say by themselves where its edge is.
const FEW: usize = 8;
/// Points: no first line is indented by more.
const INDENT: f64 = 60.0;

/// Writes a document.
pub fn document(pages: Vec<Page>) -> String {
    let usual = lines::usual_size(pages.iter().flat_map(Page::words)).unwrap_or(14.0);
    let mut printed = Printed {
        measure: Measure::new(usual, &pages),
        text: String::new(),
        page: false,
        apart: false,
        open: None,
        left: None,
        notes: Vec::new(),
    };
    let mut first = true;
    for page in pages.into_iter().filter(|page| !page.items.is_empty()) {
        printed.page |= !std::mem::take(&mut first);
        printed.page(page, usual);
    }
    printed.write_notes();
    printed.text
}

/// What was written so far.
struct Printed {
    measure: Measure,
    text: String,
    /// Whether a page begins with what comes next.
    page: bool,
    /// Whether a blank line stands before what comes next.
    apart: bool,
    /// The table that was written last, if nothing came after it, with its rows.
    open: Option<(Table, Vec<Vec<String>>)>,
    /// Where the lines of the last block begin.
    left: Option<f64>,
    /// Footnotes that are yet to be written.
    notes: Vec<String>,
}

impl Printed {
    fn page(&mut self, mut page: Page, usual: f64) {
        let notes = take_notes(&mut page, usual);
        let numbers: Vec<String> = notes.iter().map(|(number, _)| number.clone()).collect();
        let (mut last, mut bottom) = (None, None);
        for (at, item) in page.items.iter().enumerate() {
            match item {
                Item::Table(table) => self.table(table, &numbers),
                Item::Line(_, block) if last == Some(*block) => {}
                Item::Line(_, block) => {
                    let lines: Vec<&Line> = page.items[at..]
                        .iter()
                        .map_while(|item| match item {
                            Item::Line(line, own) if own == block => Some(line),
                            _ => None,
                        })
                        .collect();
                    // Not so at the top of the second of two columns.
                    let gap = bottom.map_or(0.0, |bottom| lines[0].y - bottom);
                    self.apart |= self.measure.is_apart(gap);
                    bottom = lines.last().map(|line| line.y);
                    let left = self.left(&page, *block);
                    self.block(&lines, left, &numbers);
                }
            }
            last = match item {
                Item::Line(_, block) => Some(*block),
                Item::Table(_) => None,
            };
        }
        self.notes.extend(notes.iter().map(|(number, note)| {
            let texts: Vec<String> = note.iter().map(|line| line.text(&[])).collect();
            format!("[^{number}]: {}", texts.join(" "))
        }));
        if self.open.is_none() {
            self.write_notes();
        }
    }

    /// Writes the notes of the page before. Those below a table wait for its end: it may go on overleaf.
    fn write_notes(&mut self) {
        let page = std::mem::take(&mut self.page);
        for note in std::mem::take(&mut self.notes) {
            self.apart = true;
            self.line(&note);
            self.apart = true;
        }
        self.page = page;
    }

    /// The edge at which the lines of a block begin. A page of few lines, all of them indented, takes that of the
    /// page before.
    fn left(&mut self, page: &Page, block: usize) -> f64 {
        let lines: Vec<&Line> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Line(line, own) if *own == block => Some(line),
                _ => None,
            })
            .collect();
        let own = left_edge(&lines);
        let before = self
            .left
            .filter(|before| lines.len() < FEW && (own - INDENT..own).contains(before));
        let left = before.unwrap_or(own);
        self.left = Some(left);
        left
    }

    fn block(&mut self, lines: &[&Line], left: f64, notes: &[String]) {
        self.apart |= self.open.take().is_some();
        self.write_notes();
        let block = self.measure.block(lines, left, notes);
        for (index, line) in lines.iter().enumerate() {
            let gap = index.checked_sub(1).map(|before| line.y - lines[before].y);
            self.apart |= gap.is_some_and(|gap| block.is_apart(gap));
            let text = laid_out(&line.segments(notes), &block, index);
            let (indent, plain) = text.split_at(text.len() - text.trim_start().len());
            if line.is_bold() {
                self.line(&format!("{indent}**{plain}**"));
            } else if let Some(bold) = line.bold_lead() {
                let part = |words: &[Word]| {
                    Line {
                        words: words.to_vec(),
                        ..Line::default()
                    }
                    .text(notes)
                };
                let (lead, rest) = line.words.split_at(bold);
                self.line(&format!("{indent}**{}** {}", part(lead), part(rest)));
            } else {
                self.line(&text);
            }
        }
    }

    fn table(&mut self, table: &Table, notes: &[String]) {
        let mut rows = table.rows(notes);
        let mut written = Vec::new();
        match self.open.take() {
            Some((last, before)) if self.page && table.has_columns_of(&last) => {
                written = before;
                if let Some(row) = continued::over_page(&written, &mut rows) {
                    self.replace_last(&row);
                    written.pop();
                    written.push(row);
                }
            }
            _ => {
                self.write_notes();
                self.apart = true;
            }
        }
        for line in table::lines(&rows) {
            self.line(&line);
        }
        written.extend(rows);
        self.open = Some((table.clone(), written));
    }

    /// Writes the last line again, as the row that it has become.
    fn replace_last(&mut self, row: &[String]) {
        let end = self.text.trim_end().rfind('\n').map_or(0, |at| at + 1);
        let fed = self.text[end..].starts_with('\u{c}');
        self.text.truncate(end);
        let page = std::mem::replace(&mut self.page, fed);
        for line in table::lines(&[row.to_vec()]) {
            self.line(&line);
        }
        self.page = page;
    }

    fn line(&mut self, line: &str) {
        if self.text.len() > MAX_BYTES {
            return; // it is refused
        }
        if std::mem::take(&mut self.apart) && !self.text.is_empty() {
            self.text.push('\n');
        }
        if std::mem::take(&mut self.page) {
            self.text.push('\u{c}');
        }
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// Takes the footnotes off a page. Marks in its tables are of the same notes.
fn take_notes(page: &mut Page, usual: f64) -> Vec<(String, Vec<Line>)> {
    let (mut blocks, mut lines, mut tables) = (Vec::new(), Vec::new(), Vec::new());
    for item in std::mem::take(&mut page.items) {
        match item {
            Item::Line(line, block) => {
                blocks.push(block);
                lines.push(line);
                tables.push(None);
            }
            Item::Table(table) => tables.push(Some(table)),
        }
    }
    let marks = tables.iter().flatten().flat_map(Table::marks).collect();
    let notes = footnotes::take(&mut lines, marks, usual);
    let mut lines = lines.into_iter().zip(blocks);
    page.items = tables
        .into_iter()
        .filter_map(|table| match table {
            Some(table) => Some(Item::Table(table)),
            None => lines.next().map(|(line, block)| Item::Line(line, block)),
        })
        .collect();
    notes
}
