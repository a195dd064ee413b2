//! Lines to paragraphs: wrapped lines joined, page breaks mended.

use crate::layout::{Layout, Row, Style, has_columns};
use crate::marker;
use crate::model::Warning;
use crate::source::{Line, table};

/// A paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its first line.
    pub line: usize,
    /// Its text, on one line.
    pub text: String,
    /// Whether it was dressed as a heading or in bold.
    pub strong: bool,
    /// Its beginning, if only that was in bold.
    pub lead: String,
    /// Columns right of the text's edge.
    pub indent: usize,
    /// Its lines as they stood, with their indents: letterheads are read by column.
    pub raw: Vec<Line>,
    /// Whether blank lines part it from the one before.
    pub apart: bool,
    /// Whether it is a footnote.
    pub note: bool,
}

/// Joins lines to paragraphs. A footnote waits until the paragraph that it interrupts is whole.
pub fn join(layout: &Layout<'_>, warnings: &mut Vec<Warning>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut notes: Vec<Paragraph> = Vec::new();
    for row in &layout.rows {
        if row.note || row.line.text.starts_with("[^") {
            match notes.last_mut().filter(|_| !begins_note(&row.line.text)) {
                Some(last) => append(last, row.line),
                None => notes.push(Paragraph {
                    note: true,
                    ..begin(row)
                }),
            }
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if continues(layout, last, row) => {
                if row.blank && layout.style == Style::Parted {
                    warnings.push(Warning {
                        line: row.line.number,
                        message: "Đoạn văn bị ngắt trang đã được nối với đoạn trước".into(),
                    });
                }
                append(last, row.line);
            }
            _ => {
                paragraphs.append(&mut notes);
                paragraphs.push(begin(row));
            }
        }
    }
    paragraphs.append(&mut notes);
    paragraphs
}

fn begin(row: &Row<'_>) -> Paragraph {
    Paragraph {
        line: row.line.number,
        text: closed_up(&row.line.text),
        strong: row.line.strong,
        lead: row.line.lead.clone(),
        indent: row.indent,
        raw: vec![row.line.clone()],
        apart: row.blank,
        note: false,
    }
}

fn append(paragraph: &mut Paragraph, line: &Line) {
    paragraph.text.push(' ');
    paragraph.text.push_str(&closed_up(&line.text));
    paragraph.raw.push(line.clone());
}

/// A justified line has wide blanks.
pub fn closed_up(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn begins_note(text: &str) -> bool {
    text.starts_with("[^") || text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line goes on with the paragraph before it.
fn continues(layout: &Layout<'_>, last: &Paragraph, row: &Row<'_>) -> bool {
    let Some(before) = last.raw.last() else {
        return false;
    };
    let text = row.line.text.as_str();
    if stands_alone(&before.text)
        || stands_alone(text)
        || is_label(&last.text)
        || text.starts_with("Nơi nhận")
    {
        return false;
    }
    if cites(&before.text) && !row.line.strong && (!row.blank || row.turned) {
        return true;
    }
    let line = Ending {
        open: !ends_sentence(&before.text),
        full: before.indent + before.text.chars().count() + layout.width / 7 >= layout.width,
        lower: text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
            || before.text.ends_with(','),
    };
    let marked = marker::read(text);
    let capitals = is_title(text) || is_title(&before.text);
    // 'a) Text / ␣␣␣goes on': below the text, not below its marker.
    let hangs = row.indent >= last.indent + 2 && marker::read(&last.text).is_some();
    if hangs
        && marked.is_none()
        && !capitals
        && (!row.blank || row.turned)
        && last.strong == row.line.strong
    {
        return line.open || line.full;
    }
    match layout.style {
        Style::Indented if row.indent < 2 => match &marked {
            _ if row.blank && !row.turned => line.open && line.lower && !capitals,
            // 'Festival Thăng Long / - Hà Nội': a sentence that is wrapped before a dash.
            Some(_) => line.open && line.full && !is_title(text) && !last.strong,
            None => (line.open || line.full) && !capitals && last.strong == row.line.strong,
        },
        Style::Indented => line.open && line.full && line.lower && marked.is_none(),
        Style::Flush if marked.is_some() => {
            line.open
                && line.full
                && !row.blank
                && !is_title(text)
                && !last.strong
                && bullet(marked.as_ref())
        }
        _ if marked.is_some() || capitals || row.line.strong != last.strong => false,
        // Over a page break only what plainly is the middle of a sentence.
        _ if row.blank => line.open && !last.strong && line.lower,
        Style::Parted => line.open || (line.full && line.lower),
        // A short line that begins nothing is a heading.
        Style::Flush => (line.open && (line.full || line.lower)) || (line.full && line.lower),
    }
}

struct Ending {
    /// Whether the line before ends no sentence.
    open: bool,
    /// Whether the line before reaches the right edge.
    full: bool,
    /// Whether the line itself begins in the middle of a sentence.
    lower: bool,
}

/// In capitals, and not the abbreviation that ends a sentence: 'UBND).'
fn is_title(text: &str) -> bool {
    is_capitals(text) && text.contains(' ') && !text.ends_with(['.', ';', ',', ')'])
}

fn bullet(marked: Option<&(marker::Marker, &str)>) -> bool {
    marked.is_some_and(|(marker, _)| !marker.counts())
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ';', ':', '!', '?', '”', '/'])
}

/// Behind 'khoản', '3.' is a number and no marker.
fn cites(before: &str) -> bool {
    const WORDS: [&str; 12] = [
        "khoản", "điểm", "Điều", "điều", "mục", "Mục", "số", "ngày", "tháng", "năm", "lần", "đến",
    ];
    let last = before.rsplit(' ').next().unwrap_or_default();
    before.contains(' ') && WORDS.contains(&last)
}

/// Rows of tables, rules, and columns side by side.
fn stands_alone(text: &str) -> bool {
    table::is_row(text) || is_line(text) || has_columns(text)
}

/// A drawn line: '-------', '_____'.
pub fn is_line(text: &str) -> bool {
    text.chars().count() >= 3
        && text
            .chars()
            .all(|c| matches!(c, '-' | '_' | '–' | '—' | '=' | '*' | ' '))
}

/// 'Nơi nhận:', 'Số: …' and the like stand alone.
fn is_label(text: &str) -> bool {
    text.ends_with("Nơi nhận:") || text.starts_with("Số:") || text.starts_with("Kính gửi:")
}

/// A line in capitals, such as a heading or a post.
pub fn is_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 3 && !letters().any(char::is_lowercase)
}
