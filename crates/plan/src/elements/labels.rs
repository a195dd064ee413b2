//! Labels: a heading, or what stands before the colon of a paragraph that has none.

use super::outline::Node;
use super::text::Text;

/// A label goes no further than this many bytes.
const LONGEST: usize = 130;

/// A label and what it is said of.
#[derive(Debug, Clone, Copy)]
pub struct Label<'a> {
    /// Without signs at its ends.
    pub name: Text<'a>,
    /// What stands behind it in the same paragraph; for a heading, nothing.
    pub rest: Text<'a>,
    /// Whether the tree took it for a heading.
    pub heading: bool,
}

const SIGNS: [char; 9] = [' ', '.', ':', ';', '*', '-', '“', '”', '"'];

/// The label of a clause. `has_children` says whether a short paragraph may be one: a heading
/// that ends in a point.
pub fn of<'a>(node: &'a Node<'_>, has_children: bool) -> Option<Label<'a>> {
    let heading = node.heading();
    if !heading.is_empty() {
        let (name, rest) = parts(heading).unwrap_or((heading, heading.from(heading.len())));
        return Some(Label {
            name: name.trim(&SIGNS),
            rest,
            heading: true,
        });
    }
    let first = node.paragraphs().next()?;
    colon(first).or_else(|| {
        let name = first.trim(&SIGNS);
        let short = first.len() <= LONGEST && !name.raw.contains(['.', ';']);
        (has_children && short).then(|| Label {
            name,
            rest: first.from(first.len()),
            heading: false,
        })
    })
}

/// What stands before the first colon of a paragraph, when it is short and no sentence.
pub fn colon(text: Text<'_>) -> Option<Label<'_>> {
    let (name, rest) = parts(text)?;
    Some(Label {
        name,
        rest,
        heading: false,
    })
}

fn parts(text: Text<'_>) -> Option<(Text<'_>, Text<'_>)> {
    let place = text.raw.find(':').filter(|place| *place <= LONGEST)?;
    let name = text.to(place).trim(&SIGNS);
    let whole = !name.is_empty() && !name.raw.contains(['.', ';']);
    whole.then(|| (name, text.from(place + 1).trim(&[' '])))
}

/// The first sentence, without its point: a name for an item.
pub fn first_sentence(text: &str) -> String {
    let end = text
        .find(". ")
        .or_else(|| text.find(';'))
        .or_else(|| text.find('\n'))
        .unwrap_or(text.len());
    let line = text[..end].lines().next().unwrap_or_default();
    line.trim_end_matches(['.', ';', ':']).trim().to_owned()
}
