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

mod block;
mod columns;
mod docx;
mod grid;
mod html;
mod laid_out;
mod legacy;
mod numerals;
mod pdf;
mod refused;
pub mod table;

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
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
    /// Whether all of it was dressed as a heading or in bold.
    pub strong: bool,
    /// Its beginning, if only that was in bold.
    pub lead: String,
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
    let text = legacy::mend(&text).unwrap_or(text);
    let text = text.nfc().collect::<String>();
    let lines = text.lines().enumerate();
    Ok(laid_out::rows(
        lines
            .map(|(index, line)| undress(index + 1, line))
            .collect(),
    ))
}

/// The plain text of a document. Its first bytes say what form it has.
fn plain(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some(refused) = refused::form(bytes) {
        return Err(refused);
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] => docx::text(bytes),
        [0xFF, 0xFE, rest @ ..] => page_or_text(utf16(rest, u16::from_le_bytes)?),
        [0xFE, 0xFF, rest @ ..] => page_or_text(utf16(rest, u16::from_be_bytes)?),
        _ if pdf::is(bytes) => pdf::text(bytes),
        _ => {
            let old = || {
                html::vietnamese(bytes)
                    .or_else(|| legacy::text(bytes))
                    .or_else(|| html::decode(bytes))
            };
            page_or_text(utf8(bytes).or_else(|error| old().ok_or(error))?)
        }
    }
}

fn page_or_text(text: String) -> Result<String, ReadError> {
    if html::is(&text) {
        html::text(&text)
    } else {
        Ok(text)
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
    let page = line.contains('\u{c}');
    let line = line
        .trim_start_matches('\u{c}')
        .trim_end()
        .replace('\t', "    ")
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace(['\u{200b}', '\u{feff}', '\u{ad}'], "");
    let indent = line.chars().take_while(|letter| *letter == ' ').count();
    let mut text = line.trim();
    let mut strong = false;
    if let Some(rest) = text.strip_prefix('#') {
        text = rest.trim_start_matches('#').trim();
        strong = true;
    }
    // Two bold pieces side by side in a cell were two lines.
    let parted;
    if table::is_row(text) {
        parted = text.replace("** **", "**<br>**");
        text = &parted;
    }
    let bold = text.strip_prefix("***").or(text.strip_prefix("**"));
    let bold = bold.filter(|_| !table::is_row(text));
    // '**1. Mục đích:** Nâng cao …' is bold at its beginning only.
    let end = bold.and_then(|bold| {
        bold.find("**")
            .filter(|end| !bold[*end..].trim_matches('*').trim().is_empty())
    });
    strong |= bold.is_some() && end.is_none();
    let lead = bold.zip(end).map_or("", |(bold, end)| &bold[..end]);
    let plain = |text: &str| {
        let text = text.replace("***", "").replace("**", "");
        unescape(&unemphasised(&text)).trim().to_owned()
    };
    Line {
        number,
        lead: plain(lead),
        text: close_up(&plain(text)),
        strong,
        indent,
        page,
    }
}

/// `*Căn cứ …*` is set in italics; `* Lưu ý` is not.
fn unemphasised(text: &str) -> Cow<'_, str> {
    static STARS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(^|[\s(“|>])\*([^*\s](?:[^*]*[^*\s])?)\*($|[\s).,;:”|<])")
            .expect("a pattern of ours")
    });
    if text.contains('*') {
        STARS.replace_all(text, "$1$2$3")
    } else {
        Cow::Borrowed(text)
    }
}

/// `1\.` and `\-` are how Markdown keeps a number and a dash from being a list's.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\'
            && letters
                .peek()
                .is_some_and(|next| ".-+*()_#[]<>~".contains(*next));
        if !escapes {
            plain.push(letter);
        }
    }
    plain
}

/// 'K Ế  H O Ạ C H' is a word that was typed wide; two blanks part its words.
fn close_up(text: &str) -> String {
    let letters = text.split_whitespace().count();
    let wide = letters >= 4
        && text
            .split_whitespace()
            .all(|word| word.chars().count() == 1)
        && text
            .chars()
            .all(|letter| letter.is_uppercase() || letter.is_whitespace());
    if !wide {
        return text.to_owned();
    }
    let words = text.split("  ").filter(|word| !word.trim().is_empty());
    words
        .map(|word| word.split_whitespace().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}
