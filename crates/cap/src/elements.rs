//! A document as elements, within bounds, before anybody asks what they mean.

use std::fmt;

use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
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
        }
    }
}

impl std::error::Error for Refused {}

/// An element of the standard; signatures are left out.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: String,
    pub line: usize,
    /// All text directly in it, without blanks around.
    pub text: String,
    pub children: Vec<Self>,
    foreign: bool,
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
    let refused = |line, problem| Refused { line, problem };
    if document.len() > SIZE {
        return Err(refused(1, Problem::TooLarge));
    }
    let document = std::str::from_utf8(document).map_err(|_| refused(1, Problem::NotXml))?;
    let mut reader = NsReader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Element::default()];
    let (mut count, mut line, mut seen) = (0, 1, 0);
    loop {
        let (space, event) = reader
            .read_resolved_event()
            .map_err(|_| refused(line, Problem::NotXml))?;
        let space = match space {
            ResolveResult::Bound(Namespace(space)) => space.to_vec(),
            _ => Vec::new(),
        };
        let here = usize::try_from(reader.buffer_position()).unwrap_or(seen);
        let passed = document.get(seen..here).unwrap_or_default();
        line += passed.matches('\n').count();
        seen = here;
        let not_xml = || refused(line, Problem::NotXml);
        let outside = open.len() == 1;
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() > DEPTH || count > ELEMENTS {
                    return Err(refused(line, Problem::TooLarge));
                }
                if start.attributes().any(|one| one.is_err()) {
                    return Err(not_xml());
                }
                let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                let within = open.last().is_some_and(|parent| parent.foreign);
                let foreign = within || (open.len() == 2 && space == SIGNATURE);
                if !foreign && space != CAP {
                    let problem = if outside {
                        Problem::NotAlert
                    } else {
                        Problem::Unexpected(name)
                    };
                    return Err(refused(line, problem));
                }
                open.push(Element {
                    name,
                    line,
                    foreign,
                    ..Element::default()
                });
            }
            Event::End(_) => {
                let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) else {
                    return Err(not_xml());
                };
                if !done.text.chars().all(is_allowed) {
                    return Err(not_xml());
                }
                if !done.foreign {
                    let text = done.text.trim().to_owned();
                    parent.children.push(Element { text, ..done });
                }
            }
            Event::Text(text) => {
                let text = text.xml_content().map_err(|_| not_xml())?;
                if outside && !text.trim().is_empty() {
                    return Err(not_xml());
                }
                open.last_mut().ok_or_else(not_xml)?.text.push_str(&text);
            }
            Event::CData(text) if !outside => {
                let text = text.decode().map_err(|_| not_xml())?;
                open.last_mut().ok_or_else(not_xml)?.text.push_str(&text);
            }
            Event::GeneralRef(name) if !outside => {
                let letter = name.resolve_char_ref().map_err(|_| not_xml())?;
                let known = name.decode().ok();
                let known = known.as_deref().and_then(resolve_predefined_entity);
                let text = &mut open.last_mut().ok_or_else(not_xml)?.text;
                match (letter, known) {
                    (Some(letter), _) => text.push(letter),
                    (None, Some(known)) => text.push_str(known),
                    (None, None) => return Err(refused(line, Problem::NotAllowed)),
                }
            }
            Event::Decl(_) | Event::Comment(_) => {}
            Event::DocType(_) | Event::PI(_) => return Err(refused(line, Problem::NotAllowed)),
            Event::Eof => break,
            _ => return Err(not_xml()),
        }
    }
    let document = open.pop().filter(|_| open.is_empty());
    let mut roots = document.map_or_else(Vec::new, |document| document.children);
    match (roots.pop(), roots.is_empty()) {
        (Some(root), true) if root.name == "alert" => Ok(root),
        (Some(_), true) => Err(refused(1, Problem::NotAlert)),
        _ => Err(refused(line, Problem::NotXml)),
    }
}
