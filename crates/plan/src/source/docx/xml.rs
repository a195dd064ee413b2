//! The XML of a part, element by element, no deeper than any document goes.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::broken;
use crate::error::{DocxFault, ReadError};

/// A table in a frame in a group in a cell comes to 40.
const MAX_DEPTH: usize = 100;

/// Word declares some 40 namespaces.
const MAX_NAMESPACES: usize = 200;

/// What is met next.
pub enum Node<'a> {
    /// An element begins.
    Open(Tag<'a>),
    /// The innermost element ends.
    Close,
    /// Text in it.
    Text(Cow<'a, str>),
}

/// The beginning of an element.
pub struct Tag<'a> {
    start: BytesStart<'a>,
    /// Its name if it is one that is read: `p` for Word's own, `mc:Choice`, `m:t`; else empty.
    pub name: &'static str,
}

impl Tag<'_> {
    /// An attribute, whatever its namespace.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|found| found.key.local_name().as_ref() == name.as_bytes())
            .and_then(|found| found.unescape_value().ok().map(Cow::into_owned))
    }

    /// Its attribute `val`.
    pub fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Its attribute `val` as a number.
    pub fn number(&self) -> Option<i64> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a property that is on or off is on.
    pub fn is_on(&self) -> bool {
        !matches!(
            self.value().as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }

    /// Whether its name without a prefix is this one, for parts with a single namespace.
    pub fn is(&self, local: &str) -> bool {
        self.start.local_name().as_ref() == local.as_bytes()
    }
}

/// A part that is being read.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// Prefixes in scope: at which depth declared, and for what.
    spaces: Vec<(usize, Vec<u8>, Space)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Word,
    Compatibility,
    Mathematics,
    /// Of Word's makers, but nothing that is read.
    Known,
    Foreign,
}

impl<'a> Xml<'a> {
    /// Begins a part.
    pub fn new(part: &'a [u8]) -> Result<Self, ReadError> {
        let text = std::str::from_utf8(part).map_err(|_| broken(DocxFault::Malformed))?;
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        Ok(Self {
            reader,
            depth: 0,
            spaces: Vec::new(),
        })
    }

    /// What is met next; none at the end.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, ReadError> {
        let malformed = || broken(DocxFault::Malformed);
        loop {
            return Ok(Some(
                match self.reader.read_event().map_err(|_| malformed())? {
                    Event::Start(start) => Node::Open(self.open(start)?),
                    Event::End(_) => {
                        self.depth -= 1;
                        while self.spaces.last().is_some_and(|last| last.0 > self.depth) {
                            self.spaces.pop();
                        }
                        Node::Close
                    }
                    Event::Text(text) => Node::Text(text.decode().map_err(|_| malformed())?),
                    Event::CData(text) => Node::Text(text.decode().map_err(|_| malformed())?),
                    Event::GeneralRef(name) => {
                        let letter = match name.as_ref() {
                            b"amp" => '&',
                            b"lt" => '<',
                            b"gt" => '>',
                            b"quot" => '"',
                            b"apos" => '\'',
                            _ => name
                                .resolve_char_ref()
                                .ok()
                                .flatten()
                                .ok_or_else(malformed)?,
                        };
                        Node::Text(Cow::Owned(letter.into()))
                    }
                    // A document type can define entities, and no word processor writes one.
                    Event::DocType(_) => return Err(broken(DocxFault::Entities)),
                    Event::Eof if self.depth > 0 => return Err(malformed()),
                    Event::Eof => return Ok(None),
                    Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {
                        continue;
                    }
                },
            ));
        }
    }

    /// What is met next in the element whose beginning made the depth what it was: none at its end.
    pub fn inside(&mut self, depth: usize) -> Result<Option<Node<'a>>, ReadError> {
        let node = self.next()?;
        if self.depth < depth {
            return Ok(None);
        }
        Ok(node)
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Passes over what is left of the innermost element.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let depth = self.depth;
        while self.inside(depth)?.is_some() {}
        Ok(())
    }

    /// The text of the innermost element.
    pub fn text(&mut self) -> Result<String, ReadError> {
        let (depth, mut text) = (self.depth, String::new());
        while let Some(node) = self.inside(depth)? {
            if let Node::Text(piece) = node {
                text.push_str(&piece);
            }
        }
        Ok(text)
    }

    /// Whether all namespaces behind these prefixes are ones that a word processor knows.
    pub fn knows(&self, prefixes: &str) -> bool {
        prefixes.split_whitespace().all(|prefix| {
            match self.space(prefix.as_bytes()) {
                Some(space) => space != Space::Foreign,
                // Not declared, so taken at its word: wps, wpg, w14, w15 …
                None => prefix.starts_with(['w', 'm', 'a', 'v']),
            }
        })
    }

    fn open(&mut self, start: BytesStart<'a>) -> Result<Tag<'a>, ReadError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ReadError::Nested);
        }
        for attribute in start.attributes().with_checks(false).flatten() {
            let prefix = match attribute.key.as_ref() {
                b"xmlns" => &[],
                key => match key.strip_prefix(b"xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            if self.spaces.len() == MAX_NAMESPACES {
                return Err(broken(DocxFault::Malformed));
            }
            let space = space_of(&attribute.value);
            self.spaces.push((self.depth, prefix.to_vec(), space));
        }
        let name = start.name();
        let prefix = name.prefix().map_or(&[][..], |prefix| prefix.into_inner());
        let space = self.space(prefix).unwrap_or(match prefix {
            b"w" => Space::Word,
            b"mc" => Space::Compatibility,
            b"m" => Space::Mathematics,
            _ => Space::Foreign,
        });
        let name = match (space, start.local_name().as_ref()) {
            (Space::Word, local) => known(local),
            (Space::Compatibility, b"AlternateContent") => "mc:AlternateContent",
            (Space::Compatibility, b"Choice") => "mc:Choice",
            (Space::Compatibility, b"Fallback") => "mc:Fallback",
            (Space::Mathematics, b"t") => "m:t",
            _ => "",
        };
        Ok(Tag { start, name })
    }

    fn space(&self, prefix: &[u8]) -> Option<Space> {
        let declared = self.spaces.iter().rev();
        declared
            .clone()
            .find(|(_, name, _)| name == prefix)
            .map(|(_, _, space)| *space)
    }
}

/// Both the transitional and the strict form of the standard (ISO/IEC 29500) are known.
fn space_of(uri: &[u8]) -> Space {
    match uri {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | b"http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        b"http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
        | b"http://purl.oclc.org/ooxml/officeDocument/math" => Space::Mathematics,
        _ if uri.starts_with(b"http://schemas.openxmlformats.org/")
            || uri.starts_with(b"http://purl.oclc.org/ooxml/")
            || uri.starts_with(b"http://schemas.microsoft.com/")
            || uri.starts_with(b"urn:schemas-microsoft-com:") =>
        {
            Space::Known
        }
        _ => Space::Foreign,
    }
}

/// The names of Word's elements that are read or passed over, in order.
#[rustfmt::skip]
const NAMES: [&str; 67] = [
    "abstractNum", "abstractNumId", "b", "basedOn", "br", "caps", "cellDel", "cr", "del",
    "delInstrText", "delText", "document", "endnote", "endnoteReference", "fldChar", "footnote",
    "footnoteReference", "gridBefore", "gridSpan", "ilvl", "instrText", "isLgl", "latentStyles",
    "lvl", "lvlOverride", "lvlRestart", "lvlText", "moveFrom", "name", "noBreakHyphen", "num",
    "numFmt", "numId", "numPr", "numStyleLink", "outlineLvl", "p", "pPr", "pStyle",
    "pageBreakBefore", "ptab", "r", "rFonts", "rPr", "rStyle", "rt", "sdtEndPr", "sdtPr",
    "sectPr", "start", "startOverride", "style", "sym", "t", "tab", "tbl", "tblGrid", "tblPr",
    "tblPrEx", "tc", "tcPr", "tr", "trPr", "txbxContent", "type", "vMerge", "vanish",
];

fn known(local: &[u8]) -> &'static str {
    NAMES
        .binary_search_by(|name| name.as_bytes().cmp(local))
        .map_or("", |place| NAMES[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found() {
        assert!(NAMES.is_sorted());
        assert!(NAMES.iter().all(|name| known(name.as_bytes()) == *name));
        assert_eq!(known(b"tblPrChange"), "");
    }
}
