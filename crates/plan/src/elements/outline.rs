//! The clause tree laid flat, in the document's order, with its texts folded: every rule goes
//! through it once, and looks only up from where it is.

use super::text::{Folded, Text, pattern};
use crate::model::{Clause, Reading};
use crate::source::table;
use regex::Regex;
use std::sync::LazyLock;

/// A clause and where it stands.
#[derive(Debug)]
pub struct Node<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// The node it is below.
    pub parent: Option<usize>,
    /// The node behind the last one below it.
    pub end: usize,
    /// What the part of the document is about in which it stands, itself included.
    pub place: Place,
    heading: Folded<'a>,
    text: Folded<'a>,
}

/// What a part of a document is about, as far as the rules need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Mục đích, yêu cầu, quan điểm, mục tiêu: wishes, not duties.
    Purpose,
    /// Tổ chức thực hiện, phân công nhiệm vụ, trách nhiệm.
    Organisation,
    /// Anything else.
    Other,
}

/// The nodes of a document.
#[derive(Debug)]
pub struct Outline<'a> {
    /// In order.
    pub nodes: Vec<Node<'a>>,
}

static PURPOSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:về )?(?:mục đích|mục tiêu|yêu cầu|quan điểm|sự cần thiết|căn cứ|phạm vi|thực trạng)",
    )
});
static ORGANISATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"tổ chức thực hiện|tổ chức triển khai|phân công (?:nhiệm vụ|trách nhiệm|thực hiện|tổ chức|công việc)|^phân công$|^tổ chức$",
        r"|^(?:về )?trách nhiệm|^nhiệm vụ (?:cụ thể )?của|^trách nhiệm và",
    ))
});

impl<'a> Outline<'a> {
    /// Lays the tree flat.
    pub fn of(reading: &'a Reading) -> Self {
        let mut nodes: Vec<Node<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        // A clause to enter, or none to leave the one that is open.
        let mut next: Vec<Option<&Clause>> = reading.clauses.iter().rev().map(Some).collect();
        while let Some(step) = next.pop() {
            let Some(clause) = step else {
                if let Some(done) = open.pop() {
                    nodes[done].end = nodes.len();
                }
                continue;
            };
            let parent = open.last().copied();
            let heading = Folded::new(clause.heading.as_deref().unwrap_or_default());
            let text = Folded::new(&clause.text);
            let above = parent.map_or(Place::Other, |parent| nodes[parent].place);
            let place = place(&heading, &text, above);
            open.push(nodes.len());
            nodes.push(Node {
                clause,
                parent,
                end: 0,
                place,
                heading,
                text,
            });
            next.push(None);
            next.extend(clause.children.iter().rev().map(Some));
        }
        Self { nodes }
    }

    /// The nodes right below one.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[at].end;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = next;
            next = self.nodes.get(child).filter(|_| child < end)?.end;
            Some(child)
        })
    }

    /// The nodes that are below none.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let root = next;
            next = self.nodes.get(root)?.end;
            Some(root)
        })
    }

    /// Whether nothing is below it.
    pub fn is_leaf(&self, at: usize) -> bool {
        self.nodes[at].end == at + 1
    }
}

impl Node<'_> {
    /// What stands behind the marker when it is a heading; else nothing.
    pub fn heading(&self) -> Text<'_> {
        self.heading.text()
    }

    /// Its own text.
    pub fn text(&self) -> Text<'_> {
        self.text.text()
    }

    /// Its own paragraphs without rows of tables.
    pub fn paragraphs(&self) -> impl Iterator<Item = Text<'_>> {
        self.text()
            .lines()
            .filter(|line| !line.raw.starts_with('|') && !table::is_rule(line.raw))
    }

    /// What it begins with: its heading, or its first paragraph.
    pub fn lead(&self) -> Text<'_> {
        if self.heading().is_empty() {
            self.paragraphs().next().unwrap_or(self.heading())
        } else {
            self.heading()
        }
    }

    /// Heading and paragraphs, rows of tables included.
    pub fn all(&self) -> impl Iterator<Item = Text<'_>> {
        std::iter::once(self.heading())
            .filter(|heading| !heading.is_empty())
            .chain(self.text().lines())
    }

    /// Its address.
    pub fn id(&self) -> String {
        self.clause.id.clone()
    }
}

fn place(heading: &Folded<'_>, text: &Folded<'_>, above: Place) -> Place {
    let mut lead = heading.text();
    if lead.is_empty() {
        // A heading that ends in a point or a colon is text to the tree.
        let first = text.text().lines().next().unwrap_or(lead);
        let short = first.trim(&['.', ':', ' ']);
        if short.len() > 90 || short.raw.contains(['.', ';']) {
            return above;
        }
        lead = short;
    }
    if ORGANISATION.is_match(lead.fold) {
        Place::Organisation
    } else if above == Place::Other && PURPOSE.is_match(lead.fold) {
        Place::Purpose
    } else {
        above
    }
}
