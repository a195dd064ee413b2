//! Styles: what a paragraph or run takes over from the ones it is made after.

use std::collections::HashMap;

use super::props::{self, ParagraphProps, RunProps};
use super::xml::{Node, Xml};
use crate::error::ReadError;

/// Word follows a chain of styles no further either; a circle ends here too.
const MAX_CHAIN: usize = 20;

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    ordinary: Option<String>,
    /// What holds for runs whose styles say nothing.
    defaults: RunProps,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    after: Option<String>,
    run: RunProps,
    paragraph: ParagraphProps,
}

/// What a paragraph's style says of it.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Whether it is a heading.
    pub heading: bool,
    /// Whether it is a line of an automatic table of contents.
    pub contents: bool,
    /// Whether it begins a page.
    pub page: bool,
    /// Its list.
    pub list: Option<i64>,
    /// Its level in that list.
    pub level: Option<usize>,
    /// The style it is made in and those above it, nearest first: a list may name one.
    pub chain: Vec<String>,
}

/// How text looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Face {
    /// In bold.
    pub bold: bool,
    /// In capitals, whatever was typed.
    pub capitals: bool,
    /// Not to be seen.
    pub hidden: bool,
}

impl Look {
    /// Whether a paragraph is a heading, given the level that it names itself.
    pub fn heading_with(&self, outline: Option<i64>) -> bool {
        outline.map_or(self.heading, is_outlined)
    }
}

impl Styles {
    /// Reads `word/styles.xml`.
    pub fn read(part: &[u8]) -> Result<Self, ReadError> {
        let mut xml = Xml::new(part)?;
        let mut styles = Self::default();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name {
                "style" => {
                    let id = tag.attribute("styleId").unwrap_or_default();
                    let paragraph = tag.attribute("type").as_deref() == Some("paragraph");
                    let default = tag.attribute("default");
                    if paragraph && matches!(default.as_deref(), Some("1" | "true" | "on")) {
                        styles.ordinary = Some(id.clone());
                    }
                    let style = style(&mut xml)?;
                    styles.by_id.insert(id, style);
                }
                // Only those of the document's defaults are met here.
                "rPr" => styles.defaults = props::run(&mut xml)?,
                "latentStyles" => xml.skip()?,
                _ => {}
            }
        }
        Ok(styles)
    }

    /// What the style of a paragraph says.
    pub fn look(&self, id: Option<&str>) -> Look {
        let id = id.or(self.ordinary.as_deref());
        let mut look = Look::default();
        let (mut outline, mut page) = (None, None);
        for (place, (id, style)) in self.chain(id).enumerate() {
            let props = &style.paragraph;
            outline = outline.or(props.outline);
            page = page.or(props.page);
            if look.list.is_none() {
                look.list = props.list;
                look.level = look.level.or(props.level);
            }
            look.heading |= is_heading(id, &style.name);
            look.contents |= place == 0 && is_contents(&style.name);
            look.chain.push(id.to_owned());
        }
        look.heading = look.heading_with(outline);
        look.page = page.unwrap_or(false);
        look
    }

    /// How a run looks in a paragraph.
    ///
    /// Where both the paragraph's and the run's style switch a property on, it is off again
    /// (ISO/IEC 29500-1, 17.7.3); what the run itself says holds.
    pub fn face(&self, paragraph: Option<&str>, run: &RunProps) -> Face {
        let paragraph = paragraph.or(self.ordinary.as_deref());
        let property = |of: fn(&RunProps) -> Option<bool>| {
            let said = |id: Option<&str>| self.chain(id).find_map(|(_, style)| of(&style.run));
            of(run).unwrap_or_else(|| match (said(paragraph), said(run.style.as_deref())) {
                (None, None) => of(&self.defaults).unwrap_or(false),
                (above, own) => above.unwrap_or(false) != own.unwrap_or(false),
            })
        };
        Face {
            bold: property(|props| props.bold),
            capitals: property(|props| props.capitals),
            hidden: property(|props| props.hidden),
        }
    }

    /// The list that a style of the kind 'numbering' stands for.
    pub fn list(&self, id: &str) -> Option<i64> {
        self.by_id.get(id)?.paragraph.list
    }

    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let found = |id: &'a str| self.by_id.get(id).map(|style| (id, style));
        std::iter::successors(id.and_then(found), move |(_, style)| {
            style.after.as_deref().and_then(found)
        })
        .take(MAX_CHAIN)
    }
}

fn style(xml: &mut Xml<'_>) -> Result<Style, ReadError> {
    let (depth, mut style) = (xml.depth(), Style::default());
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        match tag.name {
            "name" => style.name = tag.value().unwrap_or_default().to_lowercase(),
            "basedOn" => style.after = tag.value(),
            "rPr" => {
                style.run = props::run(xml)?;
                continue;
            }
            "pPr" => {
                style.paragraph = props::paragraph(xml)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(style)
}

/// From 0 to 8; what has level 9 is running text.
fn is_outlined(level: i64) -> bool {
    (0..9).contains(&level)
}

/// Names are English in every language of Word; ids are not, but other programs only have these.
fn is_heading(id: &str, name: &str) -> bool {
    let numbered = |text: &str| {
        text.strip_prefix("heading")
            .is_some_and(|rest| rest.trim().parse::<u8>().is_ok_and(|level| level <= 9))
    };
    name == "title" || numbered(name) || numbered(&id.to_lowercase())
}

fn is_contents(name: &str) -> bool {
    name == "toc heading"
        || name
            .strip_prefix("toc ")
            .is_some_and(|level| level.parse::<u8>().is_ok())
}
