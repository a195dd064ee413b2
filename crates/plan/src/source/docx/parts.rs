//! Where the parts of a DOCX stand in its archive.

use super::archive::Package;
use super::xml::{Node, Xml};
use crate::error::ReadError;

/// The names of the parts that are read. Most programs call them all the same; a few do not.
#[derive(Debug)]
pub struct Parts {
    /// The text.
    pub document: String,
    /// Its styles.
    pub styles: String,
    /// Its lists.
    pub numbering: String,
    /// Its footnotes.
    pub footnotes: String,
    /// Its endnotes.
    pub endnotes: String,
}

impl Parts {
    /// Follows the archive's relationships to the parts.
    pub fn find(package: &mut Package<'_>) -> Result<Self, ReadError> {
        let whole = relations(package, "", "_rels/.rels")?;
        let document = named(&whole, "officeDocument").unwrap_or("word/document.xml");
        let (folder, file) = document.rsplit_once('/').unwrap_or(("", document));
        let own = format!("{folder}/_rels/{file}.rels");
        let own = relations(package, folder, own.trim_start_matches('/'))?;
        let part = |kind: &str| {
            let usual = || format!("{folder}/{kind}.xml");
            let name = named(&own, kind).map_or_else(usual, str::to_owned);
            name.trim_start_matches('/').to_owned()
        };
        Ok(Self {
            styles: part("styles"),
            numbering: part("numbering"),
            footnotes: part("footnotes"),
            endnotes: part("endnotes"),
            document: document.to_owned(),
        })
    }
}

/// The targets of a `.rels` part by the last word of their kind.
fn relations(
    package: &mut Package<'_>,
    folder: &str,
    name: &str,
) -> Result<Vec<(String, String)>, ReadError> {
    let Some(part) = package.part(name)? else {
        return Ok(Vec::new());
    };
    let mut xml = Xml::new(&part)?;
    let mut found = Vec::new();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        if !tag.is("Relationship") || tag.attribute("TargetMode").as_deref() == Some("External") {
            continue;
        }
        if let (Some(kind), Some(target)) = (tag.attribute("Type"), tag.attribute("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push((kind, resolve(folder, &target)));
        }
    }
    Ok(found)
}

fn named<'a>(relations: &'a [(String, String)], kind: &str) -> Option<&'a str> {
    relations
        .iter()
        .find(|(found, _)| found == kind)
        .map(|(_, target)| target.as_str())
}

/// The name in the archive of a target that is written relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let (mut path, target): (Vec<&str>, &str) = match target.strip_prefix('/') {
        Some(absolute) => (Vec::new(), absolute),
        None => (
            folder.split('/').filter(|step| !step.is_empty()).collect(),
            target,
        ),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}
