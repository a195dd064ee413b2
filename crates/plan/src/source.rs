//! Bytes to lines: what form it is, its encoding, its typographic dress taken off.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use unicode_normalization::UnicodeNormalization;

use crate::MAX_BYTES;
use crate::error::{DocxFault, ReadError};

/// What a DOCX's text may unpack to.
const MAX_UNPACKED: u64 = 100 * 1024 * 1024;

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
    let text = match bytes {
        [b'%', b'P', b'D', b'F', ..] => return Err(ReadError::Form { form: "PDF" }),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(ReadError::Form { form: "DOC" }),
        [b'P', b'K', 3, 4, ..] => docx(bytes)?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    Ok(text
        .nfc()
        .collect::<String>()
        .lines()
        .enumerate()
        .map(|(index, line)| undress(index + 1, line))
        .collect())
}

fn utf8(bytes: &[u8]) -> Result<String, ReadError> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(ReadError::Binary),
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            Err(ReadError::Encoding {
                line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
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

/// The paragraphs of a DOCX, one a line; bold ones as Markdown, so that both are read alike.
fn docx(bytes: &[u8]) -> Result<String, ReadError> {
    let broken = |what| ReadError::Docx { what };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(DocxFault::Archive))?;
    let document = archive
        .by_name("word/document.xml")
        .map_err(|_| broken(DocxFault::NoDocument))?;
    let mut xml = String::new();
    document
        .take(MAX_UNPACKED)
        .read_to_string(&mut xml)
        .map_err(|_| broken(DocxFault::Unpacking))?;
    if xml.len() as u64 == MAX_UNPACKED {
        return Err(broken(DocxFault::TooLarge));
    }
    let mut reader = Reader::from_str(&xml);
    let (mut text, mut paragraph, mut bold, mut in_text) =
        (String::new(), String::new(), false, false);
    loop {
        match reader
            .read_event()
            .map_err(|_| broken(DocxFault::Malformed))?
        {
            Event::Start(tag) if tag.name().as_ref() == b"w:t" => in_text = true,
            Event::End(tag) if tag.name().as_ref() == b"w:t" => in_text = false,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == b"w:b" => bold = true,
            Event::Empty(tag) if matches!(tag.name().as_ref(), b"w:tab" | b"w:br") => {
                paragraph.push(' ')
            }
            Event::Text(piece) if in_text => {
                paragraph.push_str(&piece.decode().map_err(|_| broken(DocxFault::Malformed))?);
            }
            Event::GeneralRef(name) if in_text => paragraph.push_str(match name.as_ref() {
                b"amp" => "&",
                b"lt" => "<",
                b"gt" => ">",
                b"quot" => "\"",
                _ => "'",
            }),
            Event::End(tag) if tag.name().as_ref() == b"w:p" => {
                let plain = paragraph.trim();
                if bold && !plain.is_empty() {
                    text.push_str(&format!("**{plain}**"));
                } else {
                    text.push_str(plain);
                }
                text.push_str("\n\n");
                paragraph.clear();
                bold = false;
            }
            Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

/// Takes Markdown's dress off a line.
fn undress(number: usize, line: &str) -> Line {
    let line = line
        .trim_end()
        .replace('\t', "    ")
        .replace(['\u{a0}', '\u{200b}'], " ");
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
    }
}
