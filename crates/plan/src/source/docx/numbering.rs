//! How the lists of a document are numbered (`word/numbering.xml`).

use std::collections::HashMap;

use super::props;
use super::xml::{Node, Tag, Xml};
use crate::error::ReadError;
use crate::source::numerals::Numeral;

/// A list has nine levels.
pub const LEVELS: usize = 9;

/// The definitions of a document's lists.
#[derive(Debug, Default)]
pub struct Numbering {
    /// By `w:abstractNumId`.
    kinds: HashMap<i64, Kind>,
    /// By `w:numId`.
    lists: HashMap<i64, List>,
}

/// A kind of list (`w:abstractNum`): lists of one kind go on counting where another left off.
#[derive(Debug, Default)]
pub struct Kind {
    /// Its levels, outermost first.
    pub levels: [Option<Level>; LEVELS],
    /// The style of a list that says it all in its stead.
    style: Option<String>,
}

/// A list (`w:num`).
#[derive(Debug, Default)]
pub struct List {
    kind: i64,
    /// Where it begins, level by level, if elsewhere than its kind.
    pub starts: [Option<i64>; LEVELS],
    /// Levels of its own.
    levels: [Option<Level>; LEVELS],
}

/// A level of a list.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// Its first number.
    pub start: i64,
    /// How it counts; none for what is not counted.
    pub numeral: Option<Numeral>,
    /// Whether it is a sign, and not counted.
    pub bullet: bool,
    /// What is printed, `%1` for the number of the outermost level.
    pub text: String,
    /// After which level it begins anew, from 1; 0 for never; none for after any above it.
    pub restart: Option<i64>,
    /// Whether all numbers in it are figures.
    pub figures: bool,
    /// The style that stands for it.
    pub style: Option<String>,
    /// How its marker looks.
    pub run: props::RunProps,
}

/// A list with its kind.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The id of its kind: what it counts with.
    pub kind: i64,
    list: &'a List,
    levels: &'a [Option<Level>; LEVELS],
}

impl<'a> Found<'a> {
    /// A level of it.
    pub fn level(&self, level: usize) -> Option<&'a Level> {
        let own = self.list.levels.get(level)?.as_ref();
        own.or(self.levels.get(level)?.as_ref())
    }

    /// Where it begins a level by its own word.
    pub fn start(&self, level: usize) -> Option<i64> {
        *self.list.starts.get(level)?
    }

    /// The level that a style stands for.
    pub fn level_of(&self, style: &str) -> Option<usize> {
        (0..LEVELS).find(|level| {
            self.level(*level)
                .is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    pub fn read(part: &[u8]) -> Result<Self, ReadError> {
        let mut xml = Xml::new(part)?;
        let mut numbering = Self::default();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name {
                "abstractNum" => {
                    let id = id(&tag, "abstractNumId");
                    let kind = kind(&mut xml)?;
                    numbering.kinds.insert(id, kind);
                }
                "num" => {
                    let id = id(&tag, "numId");
                    let list = list(&mut xml)?;
                    numbering.lists.insert(id, list);
                }
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// A list by its id. Some only name the style of another; `named` knows the list of a style.
    pub fn find(&self, id: i64, named: impl Fn(&str) -> Option<i64>) -> Option<Found<'_>> {
        let list = self.lists.get(&id)?;
        let (mut kind_id, mut hops) = (list.kind, 0);
        loop {
            let kind = self.kinds.get(&kind_id)?;
            let other = kind.style.as_deref().and_then(&named);
            match other.and_then(|id| self.lists.get(&id)) {
                // A few steps; a circle ends here too.
                Some(other) if hops < 5 => (kind_id, hops) = (other.kind, hops + 1),
                _ => {
                    return Some(Found {
                        kind: kind_id,
                        list,
                        levels: &kind.levels,
                    });
                }
            }
        }
    }
}

fn kind(xml: &mut Xml<'_>) -> Result<Kind, ReadError> {
    let (depth, mut kind) = (xml.depth(), Kind::default());
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        match tag.name {
            "lvl" => {
                let place = place(&tag);
                let level = level(xml)?;
                if let Some(slot) = kind.levels.get_mut(place) {
                    *slot = Some(level);
                }
                continue;
            }
            "numStyleLink" => kind.style = tag.value(),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(kind)
}

fn list(xml: &mut Xml<'_>) -> Result<List, ReadError> {
    let (depth, mut list, mut at) = (xml.depth(), List::default(), 0);
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        match tag.name {
            "abstractNumId" => list.kind = tag.number().unwrap_or(-1),
            "lvlOverride" => {
                at = place(&tag);
                continue;
            }
            "startOverride" => {
                if let Some(slot) = list.starts.get_mut(at) {
                    *slot = tag.number();
                }
            }
            "lvl" => {
                let level = level(xml)?;
                if let Some(slot) = list.levels.get_mut(at) {
                    *slot = Some(level);
                }
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(list)
}

fn level(xml: &mut Xml<'_>) -> Result<Level, ReadError> {
    let depth = xml.depth();
    let mut level = Level {
        numeral: Some(Numeral::Decimal),
        ..Level::default()
    };
    while let Some(node) = xml.inside(depth)? {
        let Node::Open(tag) = node else { continue };
        match tag.name {
            "start" => level.start = tag.number().unwrap_or(0),
            "numFmt" => {
                let format = tag.value();
                level.bullet = format.as_deref() == Some("bullet");
                level.numeral = numeral(format.as_deref().unwrap_or("decimal"));
            }
            "lvlText" => level.text = tag.value().unwrap_or_default(),
            "lvlRestart" => level.restart = tag.number(),
            "isLgl" => level.figures = tag.is_on(),
            "pStyle" => level.style = tag.value(),
            "rPr" => {
                level.run = props::run(xml)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(level)
}

/// The ways of counting that are met in Vietnam; what is counted otherwise is shown in figures.
fn numeral(format: &str) -> Option<Numeral> {
    Some(match format {
        "none" | "bullet" => return None,
        "decimalZero" => Numeral::DecimalZero,
        "upperRoman" => Numeral::UpperRoman,
        "lowerRoman" => Numeral::LowerRoman,
        "upperLetter" => Numeral::UpperLetter,
        "lowerLetter" => Numeral::LowerLetter,
        "ordinal" => Numeral::Ordinal,
        _ => Numeral::Decimal,
    })
}

fn id(tag: &Tag<'_>, name: &str) -> i64 {
    tag.attribute(name)
        .and_then(|id| id.trim().parse().ok())
        .unwrap_or(-1)
}

fn place(tag: &Tag<'_>) -> usize {
    tag.attribute("ilvl")
        .and_then(|level| level.trim().parse().ok())
        .unwrap_or(LEVELS)
}
