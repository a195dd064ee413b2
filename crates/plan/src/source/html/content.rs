//! Where in a page the document stands, among menus, advertisements and other documents.

use std::ops::Range;

use super::tree::{Element, Node, Tree};

/// With what a document begins, letters only. In capitals: running text names the state and the
/// party too.
const MOTTOS: [&str; 3] = [
    "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM",
    "CỘNGHOÀXÃHỘICHỦNGHĨAVIỆTNAM",
    "ĐẢNGCỘNGSẢNVIỆTNAM",
];

/// With what it ends.
const RECIPIENTS: [&str; 2] = ["Nơinhận", "NƠINHẬN"];

/// With what stands behind that end and still belongs to it.
const ANNEXES: [&str; 12] = [
    "PHỤ LỤC",
    "Phụ lục",
    "KẾ HOẠCH",
    "DANH MỤC",
    "BIỂU",
    "MẪU",
    "Mẫu",
    "QUY CHẾ",
    "QUY ĐỊNH",
    "CHƯƠNG TRÌNH",
    "ĐỀ ÁN",
    "BẢNG",
];

/// The nodes of the document: the smallest element that holds both its letterhead and its
/// recipients, and annexes behind it; else the page's main part, else its longest article, else
/// all.
pub fn find(tree: &Tree) -> Range<usize> {
    let letters = Letters::of(tree);
    let whole = 0..tree.nodes.len();
    // A site may show the motto in its banner: the document's is the last before its first end.
    let text = letters.text.as_str();
    let first_end = first(text, &MOTTOS).and_then(|motto| {
        let end = first(&text[motto..], &RECIPIENTS)?;
        Some(motto + end)
    });
    let Some(motto) = last(&text[..first_end.unwrap_or(text.len())], &MOTTOS) else {
        return main_part(tree, &letters).unwrap_or(whole);
    };
    let begin = letters.node(motto);
    match last(text, &RECIPIENTS).filter(|end| *end > motto) {
        Some(end) => with_annexes(tree, &letters, smallest(tree, begin, letters.node(end))),
        None => most_of(tree, &letters, begin).unwrap_or(whole),
    }
}

fn first(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| text.find(word)).min()
}

fn last(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| text.rfind(word)).max()
}

/// The letters of a page, and where in it each text begins.
struct Letters {
    text: String,
    /// By node: how many bytes of letters stand before it.
    before: Vec<usize>,
}

impl Letters {
    fn of(tree: &Tree) -> Self {
        let (mut text, mut before) = (String::new(), Vec::with_capacity(tree.nodes.len() + 1));
        for node in &tree.nodes {
            before.push(text.len());
            if let Node::Text(piece) = node {
                text.extend(piece.chars().filter(|letter| letter.is_alphabetic()));
            }
        }
        before.push(text.len());
        Self { text, before }
    }

    /// The text that a letter stands in.
    fn node(&self, letter: usize) -> usize {
        self.before.partition_point(|before| *before <= letter) - 1
    }

    fn within(&self, range: &Range<usize>) -> usize {
        self.before[range.end] - self.before[range.start]
    }
}

fn elements(tree: &Tree) -> impl Iterator<Item = (Range<usize>, &Element)> {
    tree.nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| match node {
            Node::Element(element) => Some((at..element.end, element)),
            _ => None,
        })
}

/// The smallest element that holds both of two nodes, parts of tables completed.
fn smallest(tree: &Tree, first: usize, last: usize) -> Range<usize> {
    let holds = |range: &Range<usize>| range.start < first && range.end > last;
    let found = elements(tree)
        .take_while(|(range, _)| range.start < first)
        .filter(|(range, element)| {
            holds(range) && !matches!(&*element.name, "tr" | "tbody" | "thead" | "tfoot")
        })
        .last();
    found.map_or(0..tree.nodes.len(), |(range, _)| range)
}

/// The same with what follows it in the page as long as that plainly is the same document: a
/// section of Word's, or an annex.
fn with_annexes(tree: &Tree, letters: &Letters, document: Range<usize>) -> Range<usize> {
    let mut document = document;
    let mut at = document.start;
    loop {
        let Node::Element(element) = &tree.nodes[at] else {
            return document;
        };
        let end = match element.parent.map(|parent| (parent, &tree.nodes[parent])) {
            Some((parent, Node::Element(above))) => {
                at = parent;
                above.end
            }
            _ => tree.nodes.len(),
        };
        while document.end < end {
            let next = match &tree.nodes[document.end] {
                Node::Element(sibling) => {
                    let range = document.end..sibling.end;
                    if !continues(tree, letters, sibling, &range) {
                        return document;
                    }
                    range.end
                }
                Node::Text(text) if !text.trim().is_empty() => return document,
                Node::Text(_) | Node::Bold(_) => document.end + 1,
            };
            document.end = next;
        }
        if end == tree.nodes.len() {
            return document;
        }
    }
}

fn continues(tree: &Tree, letters: &Letters, element: &Element, range: &Range<usize>) -> bool {
    let nodes = &tree.nodes[range.clone()];
    let class = element.attribute("class").unwrap_or_default();
    let text = nodes.iter().find_map(|node| match node {
        Node::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    });
    let Some(begins) = text else { return true };
    // What consists of links is a menu, whatever it says.
    let linked = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| match node {
            Node::Element(link) if &*link.name == "a" => Some(range.start + at..link.end),
            _ => None,
        });
    let linked: usize = linked.map(|link| letters.within(&link)).sum();
    linked * 2 <= letters.within(range)
        && (class.starts_with("Section")
            || class.starts_with("WordSection")
            || ANNEXES.iter().any(|annex| begins.starts_with(annex)))
}

/// The smallest element around a node that holds most of the page's letters.
fn most_of(tree: &Tree, letters: &Letters, node: usize) -> Option<Range<usize>> {
    elements(tree)
        .take_while(|(range, _)| range.start < node)
        .filter(|(range, element)| {
            range.end > node
                && letters.within(range) * 2 > letters.text.len()
                && !matches!(&*element.name, "tr" | "tbody" | "thead" | "tfoot")
        })
        .last()
        .map(|(range, _)| range)
}

fn main_part(tree: &Tree, letters: &Letters) -> Option<Range<usize>> {
    let named = |name: &str| {
        elements(tree)
            .filter(|(_, element)| {
                &*element.name == name || element.attribute("role") == Some(name)
            })
            .map(|(range, _)| range)
            .max_by_key(|range| letters.within(range))
            .filter(|range| letters.within(range) > 0)
    };
    named("main").or_else(|| named("article"))
}
