//! PDF with a text layer, laid out as it is printed.
//!
//! The file is read by code of our own and not by a library that renders PDF. Whoever may upload a plan may
//! upload a file of two kilobytes whose page tree unfolds to a thousand million pages, or a table of widths with
//! four thousand million entries; a renderer that follows them runs out of memory or stack, which ends the whole
//! process and cannot be caught. Here all that a file can ask for is bounded: depth, pages, forms, letters, and
//! the bytes that are unpacked in all, so that the work is in proportion to 128 MB at worst.

mod draw;
mod file;
mod filter;
mod font;
mod layout;
mod lexer;
mod matrix;
mod notes;
mod object;
mod pages;
mod path;
mod sheet;
mod text;

use crate::MAX_BYTES;
use crate::error::{PdfFault, ReadError};
use file::File;
use sheet::Sheet;

/// Letters of a document. The longest plans have a million.
const MOST_LETTERS: usize = 6_000_000;
/// Letters of a page that has text; a scanned one may have a stamp or a number.
const LETTERS: usize = 60;
/// Of a page: pictures that cover as much are the page.
const PICTURE: f64 = 0.4;

/// Whether some bytes are a PDF. Blanks and a byte-order mark may stand before its first line.
pub fn is(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let blanks = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    bytes[blanks..].starts_with(b"%PDF")
}

/// The plain text of a PDF, laid out as it is printed.
pub fn text(bytes: &[u8]) -> Result<String, ReadError> {
    // Nothing in here is meant to panic. If something does all the same, in our code or in what reads the fonts,
    // it costs one document and not the process that serves everybody.
    std::panic::catch_unwind(|| read(bytes)).unwrap_or(Err(broken(PdfFault::Broken)))
}

fn broken(what: PdfFault) -> ReadError {
    ReadError::Pdf { what }
}

fn read(bytes: &[u8]) -> Result<String, ReadError> {
    let file = File::open(bytes).map_err(broken)?;
    let pages = pages::find(&file).map_err(broken)?;
    let fonts = draw::Fonts::default();
    let mut census = Census::default();
    let (mut parts, mut letters) = (Vec::new(), 0);
    for page in &pages {
        let mut sheet = draw::page(&file, &fonts, page);
        letters += sheet.glyphs.len();
        if file.is_spent() || letters > MOST_LETTERS {
            return Err(broken(PdfFault::TooLarge));
        }
        sheet.drop_hidden();
        sheet.set_upright();
        census.count(&sheet);
        parts.push(layout::page(&sheet));
    }
    census.judge(pages.len())?;
    let text = layout::text(parts);
    if text.len() > MAX_BYTES {
        return Err(ReadError::TooMuchText);
    }
    Ok(text)
}

/// What a document is made of.
#[derive(Default)]
struct Census {
    letters: usize,
    unknown: usize,
    /// Pages that are a picture.
    pictures: usize,
}

impl Census {
    fn count(&mut self, sheet: &Sheet) {
        let letters = sheet.glyphs.iter().flat_map(|glyph| glyph.text.chars());
        for letter in letters {
            self.letters += usize::from(letter.is_alphanumeric());
            self.unknown += usize::from(font::UNKNOWN.contains(letter));
        }
        self.pictures += usize::from(sheet.pictured >= PICTURE);
    }

    fn judge(&self, pages: usize) -> Result<(), ReadError> {
        if self.unknown > 20 && self.unknown * 3 > self.letters {
            return Err(broken(PdfFault::Letters));
        }
        let pictures = self.pictures * 5 >= pages * 3 && self.letters < pages * LETTERS;
        if self.letters == 0 || pictures {
            return Err(ReadError::Scanned { pages });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
