//! DOCX: the paragraphs of `word/document.xml`.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::{DocxFault, ReadError};

/// What a DOCX's text may unpack to.
const MAX_UNPACKED: u64 = 100 * 1024 * 1024;

/// The paragraphs of a DOCX, one a line; bold ones as Markdown, so that both are read alike.
pub fn text(bytes: &[u8]) -> Result<String, ReadError> {
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
                paragraph.push(' ');
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
                    text.push_str("**");
                    text.push_str(plain);
                    text.push_str("**");
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
