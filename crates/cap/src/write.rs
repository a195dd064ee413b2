//! A warning as a document.

use std::io;

use chrono::{DateTime, FixedOffset};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::alert::{Alert, Area, Info, MessageType, Reference, Resource, Word};

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

type Xml = Writer<Vec<u8>>;

impl Alert {
    /// The document, in UTF-8. Characters that no XML may hold are left out.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
        // Writing to memory does not fail, and what is written is text.
        let _ = self.write(&mut xml);
        String::from_utf8(xml.into_inner()).unwrap_or_default()
    }

    fn write(&self, xml: &mut Xml) -> io::Result<()> {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let alert = xml.create_element("alert");
        alert
            .with_attribute(("xmlns", NAMESPACE))
            .write_inner_content(|xml| {
                text(xml, "identifier", &name(&self.identifier))?;
                text(xml, "sender", &name(&self.sender))?;
                text(xml, "sent", &instant(&self.sent))?;
                text(xml, "status", self.status.word())?;
                let (word, others) = match &self.message {
                    MessageType::Alert => ("Alert", &[][..]),
                    MessageType::Update(others) => ("Update", others.as_slice()),
                    MessageType::Cancel(others) => ("Cancel", others.as_slice()),
                    MessageType::Ack(others) => ("Ack", others.as_slice()),
                    MessageType::Error(others) => ("Error", others.as_slice()),
                };
                text(xml, "msgType", word)?;
                text(xml, "scope", "Public")?;
                if !others.is_empty() {
                    let others: Vec<String> = others.iter().map(Reference::word).collect();
                    text(xml, "references", &others.join(" "))?;
                }
                self.infos.iter().try_for_each(|one| info(xml, one))
            })?;
        Ok(())
    }
}

impl Reference {
    fn word(&self) -> String {
        let (sender, identifier) = (name(&self.sender), name(&self.identifier));
        format!("{sender},{identifier},{}", instant(&self.sent))
    }
}

fn info(xml: &mut Xml, info: &Info) -> io::Result<()> {
    xml.create_element("info").write_inner_content(|xml| {
        text(xml, "language", &info.language)?;
        for category in &info.categories {
            text(xml, "category", category.word())?;
        }
        text(xml, "event", &info.event)?;
        text(xml, "urgency", info.urgency.word())?;
        text(xml, "severity", info.severity.word())?;
        text(xml, "certainty", info.certainty.word())?;
        maybe(xml, "effective", info.effective.as_ref().map(instant))?;
        maybe(xml, "onset", info.onset.as_ref().map(instant))?;
        maybe(xml, "expires", info.expires.as_ref().map(instant))?;
        maybe(xml, "senderName", info.sender_name.clone())?;
        maybe(xml, "headline", info.headline.clone())?;
        maybe(xml, "description", info.description.clone())?;
        maybe(xml, "instruction", info.instruction.clone())?;
        maybe(xml, "web", info.web.clone())?;
        info.resources
            .iter()
            .try_for_each(|one| resource(xml, one))?;
        info.areas.iter().try_for_each(|one| area(xml, one))
    })?;
    Ok(())
}

fn resource(xml: &mut Xml, resource: &Resource) -> io::Result<()> {
    xml.create_element("resource").write_inner_content(|xml| {
        text(xml, "resourceDesc", &resource.description)?;
        text(xml, "mimeType", &resource.media_type)?;
        maybe(xml, "size", resource.size.map(|size| size.to_string()))?;
        maybe(xml, "uri", resource.uri.clone())
    })?;
    Ok(())
}

fn area(xml: &mut Xml, area: &Area) -> io::Result<()> {
    xml.create_element("area").write_inner_content(|xml| {
        text(xml, "areaDesc", &area.description)?;
        for ring in &area.polygons {
            text(xml, "polygon", ring)?;
        }
        for circle in &area.circles {
            text(xml, "circle", circle)?;
        }
        for (list, code) in &area.codes {
            xml.create_element("geocode").write_inner_content(|xml| {
                text(xml, "valueName", list)?;
                text(xml, "value", code)
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn maybe(xml: &mut Xml, element: &str, value: Option<String>) -> io::Result<()> {
    value.map_or(Ok(()), |value| text(xml, element, &value))
}

fn text(xml: &mut Xml, element: &str, value: &str) -> io::Result<()> {
    let plain: String = value.chars().filter(|letter| is_allowed(*letter)).collect();
    let element = xml.create_element(element);
    element.write_text_content(BytesText::new(&plain))?;
    Ok(())
}

/// Section 2.2 of XML 1.0.
pub(crate) fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// To the second, and never with `Z` (section 3.3.2 of the standard).
fn instant(at: &DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Identifiers and senders have no blanks, commas, `<` or `&`, for they stand in lists.
fn name(name: &str) -> String {
    let odd = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '<' | '&');
    let letters = name
        .chars()
        .map(|letter| if odd(letter) { '-' } else { letter });
    letters.collect()
}
