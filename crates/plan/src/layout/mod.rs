//! How the lines of a document are laid out: pages, running heads, footnotes, indents, and whether
//! paragraphs are told by blank lines, by an indented first line, or only by where lines end.

mod pages;

use self::pages::{Seen, at_margin, key, pages, running};
use crate::marker;
use crate::source::Line;
use crate::source::table;

/// A line with words on it, and how it stands on its page.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The line.
    pub line: &'a Line,
    /// Whether blank lines part it from the one before.
    pub blank: bool,
    /// Whether a page was turned before it.
    pub turned: bool,
    /// Columns right of the text's edge on its page.
    pub indent: usize,
    /// Whether it begins or goes on with a footnote.
    pub note: bool,
}

/// How paragraphs are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A paragraph is a line, or blank lines stand between.
    Parted,
    /// Lines are wrapped, and the first of a paragraph is indented.
    Indented,
    /// Lines are wrapped, and nothing but their ends tells.
    Flush,
}

/// The rows of a document.
#[derive(Debug)]
pub struct Layout<'a> {
    /// Without blanks, page numbers and running heads.
    pub rows: Vec<Row<'a>>,
    /// How paragraphs are told apart.
    pub style: Style,
    /// How far a full line reaches, in columns.
    pub width: usize,
}

/// How many lines at the foot of a page may be footnotes.
const FOOT: usize = 20;

/// Looks at all lines once.
pub fn of(lines: &[Line]) -> Layout<'_> {
    let pages = pages(lines);
    let heads = running(&pages);
    let spread = usize::from(is_spread(lines));
    let mut rows = Vec::with_capacity(lines.len());
    let mut notes = 0;
    for (place, page) in pages.iter().enumerate() {
        let edge = edge(page);
        let foot = foot(page, &mut notes, pages.len());
        let mut turned = place > 0;
        for (at, seen) in page.iter().enumerate() {
            if heads.contains_key(&key(seen.line)) && at_margin(page, at) {
                continue;
            }
            rows.push(Row {
                line: seen.line,
                blank: turned || seen.gap > spread,
                turned,
                indent: seen.line.indent.saturating_sub(edge),
                note: at >= foot,
            });
            turned = false;
        }
    }
    let width = width(&rows);
    Layout {
        style: style(&rows, width),
        rows,
        width,
    }
}

/// Where the text of a page begins, in columns.
fn edge(page: &[Seen<'_>]) -> usize {
    let long = page
        .iter()
        .map(|seen| seen.line)
        .filter(|line| line.text.chars().count() >= 40 && !has_columns(&line.text));
    long.map(|line| line.indent).min().unwrap_or(0)
}

/// Where the footnotes of a page begin: the next number, raised once, before words, down to the
/// page's end.
fn foot(page: &[Seen<'_>], notes: &mut usize, pages: usize) -> usize {
    let numbered = |line: &Line| {
        let digits: String = line.text.chars().take_while(char::is_ascii_digit).collect();
        let number = digits.parse::<usize>().ok().filter(|_| digits.len() <= 2)?;
        if line.text.len() == digits.len() {
            return Some(number);
        }
        let rest = line.text[digits.len()..].strip_prefix(' ')?;
        let begins = rest.trim_start().chars().next()?;
        (begins.is_uppercase() || rest.starts_with("http")).then_some(number)
    };
    if pages < 2 {
        return page.len();
    }
    let from = page.len().saturating_sub(FOOT).max(page.len() / 3);
    let first = (from..page.len()).find(|at| numbered(page[*at].line) == Some(*notes + 1));
    let Some(first) = first else {
        return page.len();
    };
    let mut next = *notes + 1;
    for Seen { line, .. } in &page[first..] {
        match numbered(line) {
            Some(number) if number == next => next += 1,
            // A marker below would mean that this is the body.
            _ if marker::read(&line.text).is_some() => return page.len(),
            _ => {}
        }
    }
    *notes = next - 1;
    first
}

/// Whether a blank line stands between all lines, wrapped ones too: wide leading, not paragraphs.
fn is_spread(lines: &[Line]) -> bool {
    let mut gaps = [0_usize; 2];
    let mut cut = 0;
    let mut last: Option<&Line> = None;
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        if let Some(last) = last {
            gaps[usize::from(line.number - last.number > 1)] += 1;
            let lower = line.text.chars().next().is_some_and(char::is_lowercase);
            let goes_on = lower && marker::read(&line.text).is_none();
            let length = last.indent + last.text.chars().count();
            cut += usize::from(goes_on && (50..130).contains(&length));
        }
        last = Some(line);
    }
    gaps[1] > 20 && gaps[0] * 5 < gaps[1] && cut * 3 > gaps[1]
}

/// The length that nine of ten long lines do not pass.
fn width(rows: &[Row<'_>]) -> usize {
    let mut lengths: Vec<usize> = rows
        .iter()
        .filter(|row| !table::is_row(&row.line.text))
        .map(|row| row.line.indent + row.line.text.chars().count())
        .filter(|length| *length >= 40)
        .collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(80)
}

fn style(rows: &[Row<'_>], width: usize) -> Style {
    let running = || rows.iter().filter(|row| !table::is_row(&row.line.text));
    let adjacent = running().filter(|row| !row.blank).count();
    if width > 160 || adjacent * 2 < running().count() {
        return Style::Parted;
    }
    let marked = || running().filter(|row| marker::read(&row.line.text).is_some());
    let indented = marked().filter(|row| row.indent >= 2).count();
    let flush = running().filter(|row| row.indent < 2).count();
    let many = indented * 10 >= marked().count() * 6 && flush * 5 >= running().count();
    if indented > 0 && many {
        Style::Indented
    } else {
        Style::Flush
    }
}

/// Whether columns stand side by side on a line.
pub fn has_columns(text: &str) -> bool {
    // Justified lines have gaps of two or three blanks.
    text.trim().contains("    ")
}
