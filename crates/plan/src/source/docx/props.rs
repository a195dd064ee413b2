//! Properties of runs, paragraphs, cells and rows, as far as they tell what is seen.

use super::xml::{Node, Tag, Xml};
use crate::error::ReadError;

/// Properties of a run (`w:rPr`).
#[derive(Debug, Clone, Default)]
pub struct RunProps {
    /// Its character style.
    pub style: Option<String>,
    /// `w:b`
    pub bold: Option<bool>,
    /// `w:caps`
    pub capitals: Option<bool>,
    /// `w:vanish`
    pub hidden: Option<bool>,
    /// The face of its Latin letters.
    pub face: Option<String>,
    /// Whether a revision took it out, where it is the mark of a paragraph.
    pub deleted: bool,
}

/// Properties of a paragraph (`w:pPr`).
#[derive(Debug, Clone, Default)]
pub struct ParagraphProps {
    /// Its style.
    pub style: Option<String>,
    /// `w:outlineLvl`, from 0; 9 is running text.
    pub outline: Option<i64>,
    /// `w:numPr/w:numId`; 0 takes numbering away.
    pub list: Option<i64>,
    /// `w:numPr/w:ilvl`, from 0.
    pub level: Option<usize>,
    /// `w:pageBreakBefore`
    pub page: Option<bool>,
    /// Whether it ends a section, and whether that section began a page.
    pub section: Option<bool>,
    /// The properties of its mark.
    pub mark: RunProps,
}

/// Properties of a table cell (`w:tcPr`).
#[derive(Debug, Clone, Default)]
pub struct CellProps {
    /// `w:gridSpan`
    pub across: usize,
    /// Whether it goes on with the cell above.
    pub continues: bool,
    /// Whether a revision took it out.
    pub deleted: bool,
}

/// Properties of a table row (`w:trPr`).
#[derive(Debug, Clone, Default)]
pub struct RowProps {
    /// Columns that are left out before its first cell.
    pub before: usize,
    /// Whether a revision took it out.
    pub deleted: bool,
}

/// Reads the rest of a `w:rPr`.
pub fn run(xml: &mut Xml<'_>) -> Result<RunProps, ReadError> {
    let (depth, mut props) = (xml.depth(), RunProps::default());
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        match tag.name {
            "rStyle" => props.style = tag.value(),
            "b" => props.bold = Some(tag.is_on()),
            "caps" => props.capitals = Some(tag.is_on()),
            "vanish" => props.hidden = Some(tag.is_on()),
            "rFonts" => props.face = tag.attribute("ascii").or_else(|| tag.attribute("hAnsi")),
            "del" | "moveFrom" => props.deleted = true,
            _ => {}
        }
        // Also what the properties were before a revision.
        xml.skip()?;
    }
    Ok(props)
}

/// Reads the rest of a `w:pPr`.
pub fn paragraph(xml: &mut Xml<'_>) -> Result<ParagraphProps, ReadError> {
    let (depth, mut props) = (xml.depth(), ParagraphProps::default());
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        match tag.name {
            "pStyle" => props.style = tag.value(),
            "outlineLvl" => props.outline = tag.number(),
            "pageBreakBefore" => props.page = Some(tag.is_on()),
            // Its children follow as if they were the paragraph's own.
            "numPr" => continue,
            "numId" => props.list = tag.number(),
            "ilvl" => props.level = tag.number().and_then(|level| level.try_into().ok()),
            "rPr" => {
                props.mark = run(xml)?;
                continue;
            }
            "sectPr" => {
                props.section = Some(section(xml)?);
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(props)
}

/// Reads the rest of a `w:sectPr`: whether the section begins a page.
pub fn section(xml: &mut Xml<'_>) -> Result<bool, ReadError> {
    let (depth, mut page) = (xml.depth(), true);
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        if tag.name == "type" {
            page = !matches!(tag.value().as_deref(), Some("continuous" | "nextColumn"));
        }
        xml.skip()?;
    }
    Ok(page)
}

/// Reads the rest of a `w:tcPr`.
pub fn cell(xml: &mut Xml<'_>) -> Result<CellProps, ReadError> {
    let (depth, mut props) = (xml.depth(), CellProps::default());
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        match tag.name {
            "gridSpan" => props.across = count(&tag),
            "vMerge" => props.continues = tag.value().as_deref() != Some("restart"),
            "cellDel" => props.deleted = true,
            _ => {}
        }
        xml.skip()?;
    }
    Ok(props)
}

/// Reads the rest of a `w:trPr`.
pub fn row(xml: &mut Xml<'_>) -> Result<RowProps, ReadError> {
    let (depth, mut props) = (xml.depth(), RowProps::default());
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        match tag.name {
            "gridBefore" => props.before = count(&tag),
            "del" => props.deleted = true,
            _ => {}
        }
        xml.skip()?;
    }
    Ok(props)
}

fn count(tag: &Tag<'_>) -> usize {
    tag.number()
        .and_then(|count| count.try_into().ok())
        .unwrap_or(0)
}
