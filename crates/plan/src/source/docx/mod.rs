//! DOCX: what a word processor shows of one, as plain text.
//!
//! Read are the document itself, its styles, its lists and its notes; headers, footers, comments
//! and pictures are not. Facts about the format: ISO/IEC 29500-1, chapter 17.

mod archive;
mod body;
mod lists;
mod notes;
mod numbering;
mod parts;
mod props;
mod styles;
mod symbols;
mod xml;

use archive::Package;
use body::Shared;
use lists::Lists;
use notes::{Kind, Notes};
use numbering::Numbering;
use parts::Parts;
use styles::Styles;
use xml::{Node, Xml};

#[cfg(test)]
mod tests;

use super::block;
use super::grid::Room;
use crate::error::ReadError;

/// The plain text of a DOCX.
pub fn text(bytes: &[u8]) -> Result<String, ReadError> {
    let mut package = Package::open(bytes)?;
    let parts = Parts::find(&mut package)?;
    let styles = match package.part(&parts.styles)? {
        Some(part) => Styles::read(&part)?,
        None => Styles::default(),
    };
    let numbering = match package.part(&parts.numbering)? {
        Some(part) => Numbering::read(&part)?,
        None => Numbering::default(),
    };
    let mut shared = Shared {
        styles: &styles,
        lists: Lists::new(&numbering, &styles),
        notes: Notes::default(),
        room: Room::default(),
    };
    for (name, kind) in [(&parts.footnotes, Kind::Foot), (&parts.endnotes, Kind::End)] {
        if let Some(part) = package.part(name)? {
            read_notes(&part, kind, &mut shared)?;
        }
    }
    // Notes count for themselves.
    shared.lists = Lists::new(&numbering, &styles);
    let document = package.part(&parts.document)?;
    let document = document.ok_or_else(|| package.form())?;
    let mut xml = Xml::new(&document)?;
    loop {
        match xml.next()? {
            Some(Node::Open(tag)) if tag.name == "document" => break,
            // A workbook or a presentation, say.
            Some(Node::Open(_)) | None => return Err(package.form()),
            Some(Node::Close | Node::Text(_)) => {}
        }
    }
    block::write(&body::read(&mut xml, &mut shared)?)
}

fn read_notes(part: &[u8], kind: Kind, shared: &mut Shared<'_>) -> Result<(), ReadError> {
    let mut xml = Xml::new(part)?;
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        if !matches!(tag.name, "footnote" | "endnote") {
            continue;
        }
        if matches!(tag.attribute("type").as_deref(), None | Some("normal")) {
            let blocks = body::read(&mut xml, shared)?;
            let id = tag.attribute("id").unwrap_or_default();
            shared.notes.keep(kind, id, &blocks);
        } else {
            // The line that parts notes from text.
            xml.skip()?;
        }
    }
    Ok(())
}
