//! A document as elements, within bounds, before anybody asks what they mean.

use std::fmt;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use crate::write::is_allowed;

const CAP: &[u8] = b"urn:oasis:names:tc:emergency:cap:1.2";
const SIGNATURE: &[u8] = b"http://www.w3.org/2000/09/xmldsig#";

/// In bytes. A warning in two languages with a ring for each commune of a province has a tenth of it.
const SIZE: usize = 1 << 20;
/// `alert`, `info`, `area`, `geocode`, `value`; a signature goes deeper.
const DEPTH: usize = 16;
const ELEMENTS: usize = 20_000;

/// Why a document is no warning, and in which line (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// From 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Too many bytes, elements or levels.
    TooLarge,
    /// No well-formed XML in UTF-8.
    NotXml,
    /// A document type, a processing instruction, or a reference to something declared elsewhere.
    NotAllowed,
    /// Not an `alert` of CAP 1.2.
    NotAlert,
    /// An element that has no place here, or not this often, or not after what stands before it.
    Unexpected(String),
    /// An element that has to be here.
    Missing(&'static str),
    /// The value of this element is none that it may have.
    Value(String),
    /// Nobody signed it, or more than one.
    NotSigned,
    /// This part of its signature is none that can be relied on.
    Signature(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "line {}: ", self.line)?;
        match &self.problem {
            Problem::TooLarge => to.write_str("too large"),
            Problem::NotXml => to.write_str("not well-formed XML in UTF-8"),
            Problem::NotAllowed => to.write_str("declarations and instructions are not allowed"),
            Problem::NotAlert => to.write_str("not an alert of CAP 1.2"),
            Problem::Unexpected(name) => write!(to, "unexpected element {name}"),
            Problem::Missing(name) => write!(to, "element {name} is missing"),
            Problem::Value(name) => write!(to, "element {name} has a value that is not allowed"),
            Problem::NotSigned => to.write_str("not signed by one signature"),
            Problem::Signature(name) => write!(to, "{name} of the signature cannot be relied on"),
        }
    }
}

impl std::error::Error for Refused {}

/// An element of the standard, or of a signature.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: String,
    pub line: usize,
    /// All text directly in it, without blanks around.
    pub text: String,
    pub children: Vec<Self>,
    /// Signatures directly in it.
    pub signatures: Vec<Self>,
    /// As written, in its order.
    pub attributes: Vec<(String, String)>,
    /// Where in the document it stands, from its first byte to behind its last.
    pub place: Range<usize>,
    /// Whether it belongs to a signature, and to the standard of signatures.
    pub foreign: Option<bool>,
}

impl Element {
    pub fn refused(&self, problem: Problem) -> Refused {
        Refused {
            line: self.line,
            problem,
        }
    }
}

/// The root of a document.
pub(crate) fn root(document: &[u8]) -> Result<Element, Refused> {
    let mut open = Open {
        elements: vec![Element::default()],
        count: 0,
        line: 1,
    };
    if document.len() > SIZE {
        return Err(open.refused(Problem::TooLarge));
    }
    let document = str::from_utf8(document).map_err(|_| open.not_xml())?;
    let mut reader = NsReader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    let mut here = 0;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| open.not_xml())?;
        let space = match space {
            ResolveResult::Bound(Namespace(space)) => space.to_vec(),
            _ => Vec::new(),
        };
        let before = here;
        here = usize::try_from(reader.buffer_position()).unwrap_or(before);
        let passed = document.get(before..here).unwrap_or_default();
        open.line += passed.matches('\n').count();
        match event {
            Event::Start(start) => open.start(&start, &space, before)?,
            Event::End(_) => open.end(here)?,
            Event::Text(text) => {
                let text = text.xml_content().map_err(|_| open.not_xml())?;
                if !open.is_outside() {
                    open.text(&text)?;
                } else if !text.trim().is_empty() {
                    return Err(open.not_xml());
                }
            }
            Event::CData(text) if !open.is_outside() => {
                let text = text.decode().map_err(|_| open.not_xml())?;
                open.text(&text)?;
            }
            Event::GeneralRef(name) if !open.is_outside() => open.reference(&name)?,
            // Who reads it in other letters reads another document.
            Event::Decl(decl) if !is_utf8(&decl) => return Err(open.not_xml()),
            Event::Decl(_) | Event::Comment(_) => {}
            Event::DocType(_) | Event::PI(_) => return Err(open.refused(Problem::NotAllowed)),
            Event::Eof => return open.root(),
            _ => return Err(open.not_xml()),
        }
    }
}

/// What was begun and is not ended, around it something that is no element.
struct Open {
    elements: Vec<Element>,
    /// Of all elements so far.
    count: usize,
    line: usize,
}

impl Open {
    fn refused(&self, problem: Problem) -> Refused {
        Refused {
            line: self.line,
            problem,
        }
    }

    fn not_xml(&self) -> Refused {
        self.refused(Problem::NotXml)
    }

    fn is_outside(&self) -> bool {
        self.elements.len() == 1
    }

    fn text(&mut self, text: &str) -> Result<(), Refused> {
        let not_xml = self.not_xml();
        let last = self.elements.last_mut().ok_or(not_xml)?;
        last.text.push_str(text);
        Ok(())
    }

    fn reference(&mut self, name: &BytesRef) -> Result<(), Refused> {
        let letter = name.resolve_char_ref().map_err(|_| self.not_xml())?;
        let known = name.decode().ok();
        let known = known.as_deref().and_then(resolve_predefined_entity);
        match (letter, known) {
            (Some(letter), _) => self.text(letter.encode_utf8(&mut [0; 4])),
            (None, Some(known)) => self.text(known),
            (None, None) => Err(self.refused(Problem::NotAllowed)),
        }
    }

    fn start(&mut self, start: &BytesStart, space: &[u8], at: usize) -> Result<(), Refused> {
        self.count += 1;
        let depth = self.elements.len();
        if depth > DEPTH || self.count > ELEMENTS {
            return Err(self.refused(Problem::TooLarge));
        }
        let attributes = attributes(start).ok_or_else(|| self.not_xml())?;
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        let parent = self.elements.last();
        let within = parent.is_some_and(|parent| parent.foreign.is_some());
        let signs = space == SIGNATURE;
        let foreign = (within || (depth == 2 && signs)).then_some(signs);
        if foreign.is_none() && space != CAP {
            return Err(self.refused(if self.is_outside() {
                Problem::NotAlert
            } else {
                Problem::Unexpected(name)
            }));
        }
        self.elements.push(Element {
            name,
            line: self.line,
            attributes,
            place: at..at,
            foreign,
            ..Element::default()
        });
        Ok(())
    }

    fn end(&mut self, at: usize) -> Result<(), Refused> {
        let not_xml = self.not_xml();
        let (Some(done), Some(parent)) = (self.elements.pop(), self.elements.last_mut()) else {
            return Err(not_xml);
        };
        if !done.text.chars().all(is_allowed) {
            return Err(not_xml);
        }
        let signature = done.foreign.is_some() && parent.foreign.is_none();
        let siblings = if signature {
            &mut parent.signatures
        } else {
            &mut parent.children
        };
        siblings.push(Element {
            text: done.text.trim().to_owned(),
            place: done.place.start..at,
            ..done
        });
        Ok(())
    }

    /// The only element that stands in no other.
    fn root(mut self) -> Result<Element, Refused> {
        let not_xml = self.not_xml();
        let document = self.elements.pop().filter(|_| self.elements.is_empty());
        let mut roots = document.map_or_else(Vec::new, |document| document.children);
        match (roots.pop(), roots.is_empty()) {
            (Some(root), true) if root.name == "alert" => Ok(root),
            (Some(root), true) => Err(root.refused(Problem::NotAlert)),
            _ => Err(not_xml),
        }
    }
}

/// Whether it says nothing of its letters, or that they are what they are read as.
fn is_utf8(decl: &BytesDecl) -> bool {
    let named = decl.encoding();
    named.is_none_or(|named| named.is_ok_and(|named| named.eq_ignore_ascii_case(b"utf-8")))
}

/// As written, each once; `None` when they are not well-formed.
fn attributes(start: &BytesStart) -> Option<Vec<(String, String)>> {
    let each = start.attributes().map(|one| {
        let one = one.ok()?;
        let name = str::from_utf8(one.key.as_ref()).ok()?;
        Some((name.to_owned(), one.unescape_value().ok()?.into_owned()))
    });
    each.collect()
}
