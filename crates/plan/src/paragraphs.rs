//! Lines to paragraphs: wrapped lines joined, page breaks mended, page numbers left out.

use crate::marker;
use crate::model::Warning;
use crate::source::Line;

/// A paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its first line.
    pub line: usize,
    /// Its text, on one line.
    pub text: String,
    /// Whether it was dressed as a heading or in bold.
    pub strong: bool,
    /// Its lines as they stood, with their indents: letterheads are read by column.
    pub raw: Vec<Line>,
    /// Whether blank lines part it from the one before.
    pub apart: bool,
}

/// Joins lines to paragraphs.
pub fn join(lines: &[Line], warnings: &mut Vec<Warning>) -> Vec<Paragraph> {
    let width = lines
        .iter()
        .map(|line| line.indent + line.text.chars().count())
        .max()
        .unwrap_or(0);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut blank = true;
    for line in lines {
        if line.text.is_empty() || is_page_number(&line.text) {
            blank = true;
            continue;
        }
        if let Some(last) = paragraphs.last_mut()
            && continues(last, line, blank, width)
        {
            if blank {
                warnings.push(Warning {
                    line: line.number,
                    message: "Đoạn văn bị ngắt trang đã được nối với đoạn trước".into(),
                });
            }
            last.text.push(' ');
            last.text.push_str(&line.text);
            last.raw.push(line.clone());
        } else {
            paragraphs.push(Paragraph {
                line: line.number,
                text: line.text.clone(),
                strong: line.strong,
                raw: vec![line.clone()],
                apart: blank,
            });
        }
        blank = false;
    }
    paragraphs
}

/// Whether a line goes on with the paragraph before it.
fn continues(last: &Paragraph, line: &Line, blank: bool, width: usize) -> bool {
    // Its last line tells; the whole of a long paragraph is not looked through for every line.
    let before = last.raw.last().map_or("", |raw| raw.text.as_str());
    let fresh =
        marker::read(&line.text).is_some() || is_capitals(before) || is_capitals(&line.text);
    if fresh || line.strong != last.strong || is_label(&last.text) {
        return false;
    }
    let open =
        !last.text.ends_with(['.', ';', ':', '!', '?', '”', '/']) && !last.text.ends_with("./.");
    let first = line.text.chars().next();
    if blank {
        // Over a page break only what plainly is the middle of a sentence.
        return open
            && !last.strong
            && first.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    }
    // Wrapped by hand: a full line goes on, a short one that ends a sentence does not.
    let full = last
        .raw
        .last()
        .is_some_and(|raw| raw.indent + raw.text.chars().count() + 12 >= width);
    let columns = line.text.contains("   ") || before.contains("   ");
    !columns && (open || (full && first.is_some_and(char::is_lowercase)))
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

fn is_page_number(text: &str) -> bool {
    let inner = text.trim_matches(['-', '–', ' ']);
    !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|byte| byte.is_ascii_digit())
}
