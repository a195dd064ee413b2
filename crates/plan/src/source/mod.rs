//! Bytes to lines: what form it is, its encoding, its typographic dress taken off.
//!
//! Every form first becomes one plain text, so that one reader reads them all and what a person
//! compares with is what was read:
//! - a paragraph is a line, a blank line behind it; text that was wrapped by hand stays wrapped,
//!   and columns that stand side by side are parted by at least three blanks,
//! - a heading, or a paragraph all in bold, stands between `**`,
//! - the row of a table is a line `| a | b |` (see [`table`]),
//! - a form feed begins a page,
//! - a footnote is a paragraph `[^1]: …` behind the one that refers to it, which holds `[^1]`.

mod docx;
mod html;
mod legacy;
mod pdf;
pub mod table;

use unicode_normalization::UnicodeNormalization;

use crate::MAX_BYTES;
use crate::error::ReadError;

/// A line of the document.
#[derive(Debug, Clone)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// Composed Unicode, dress taken off, blanks at both ends gone.
    pub text: String,
    /// Whether it was dressed as a heading or in bold.
    pub strong: bool,
    /// Columns of blanks before it.
    pub indent: usize,
    /// Whether a page begins with it.
    pub page: bool,
}

/// The lines of a document of any form that is read.
pub fn lines(bytes: &[u8]) -> Result<Vec<Line>, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge {
            megabytes: bytes.len().div_ceil(1024 * 1024),
        });
    }
    let text = plain(bytes)?;
    Ok(legacy::mend(&text)
        .unwrap_or(text)
        .nfc()
        .collect::<String>()
        .lines()
        .enumerate()
        .map(|(index, line)| undress(index + 1, line))
        .collect())
}

/// The plain text of a document. Its first bytes say what form it has.
fn plain(bytes: &[u8]) -> Result<String, ReadError> {
    match bytes {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(ReadError::Form { form: "DOC" }),
        [b'P', b'K', 3, 4, ..] => docx::text(bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ if pdf::is(bytes) => pdf::text(bytes),
        _ => {
            let text = utf8(bytes).or_else(|error| legacy::text(bytes).ok_or(error))?;
            if html::is(&text) {
                html::text(&text)
            } else {
                Ok(text)
            }
        }
    }
}

fn utf8(bytes: &[u8]) -> Result<String, ReadError> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(ReadError::Binary),
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            Err(ReadError::Encoding {
                line: before.split(|byte| *byte == b'\n').count(),
            })
        }
    }
}

fn utf16(bytes: &[u8], join: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let units = bytes.chunks_exact(2).map(|pair| join([pair[0], pair[1]]));
    char::decode_utf16(units)
        .collect::<Result<_, _>>()
        .map_err(|_| ReadError::Encoding { line: 1 })
}

/// Takes Markdown's dress off a line.
fn undress(number: usize, line: &str) -> Line {
    let line = line
        .trim_end()
        .replace('\t', "    ")
        .replace(['\u{a0}', '\u{200b}'], " ");
    let page = line.contains('\u{c}');
    let line = line.trim_start_matches('\u{c}');
    let indent = line.len() - line.trim_start().len();
    let mut text = line.trim();
    let mut strong = false;
    if let Some(rest) = text.strip_prefix('#') {
        text = rest.trim_start_matches('#').trim();
        strong = true;
    }
    strong |= text.starts_with("**");
    let text = text.replace("***", "").replace("**", "");
    Line {
        number,
        text: text.trim().to_owned(),
        strong,
        indent,
        page,
    }
}
