//! Footnotes of pages: a raised number in the text, and a paragraph further down that begins
//! with the same number.

use std::collections::{HashMap, VecDeque};

use super::super::block::Block;
use super::tree::Node;

/// Between these stands what may be the mark of a note, until all of the page is known.
const BEGIN: char = '\u{E000}';
const END: char = '\u{E001}';

/// Whether a character is kept for marks.
pub fn is_reserved(letter: char) -> bool {
    matches!(letter, BEGIN | END)
}

/// The mark that some nodes make, if all their text is a number of a note.
pub fn mark(nodes: &[Node]) -> Option<String> {
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Text(piece) => text.push_str(piece.trim()),
            Node::Element(element) if &*element.name == "br" => return None,
            Node::Element(_) | Node::Bold(_) => {}
        }
    }
    number(&text).map(|_| format!("{BEGIN}{text}{END}"))
}

/// `1`, `[1]` or `(1)`
fn number(text: &str) -> Option<u32> {
    let inner = ["[]", "()"].into_iter().find_map(|pair| {
        let (open, close) = pair.split_at(1);
        text.strip_prefix(open)?.strip_suffix(close)
    });
    let digits = inner.unwrap_or(text);
    let plain = digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

/// Puts notes behind the paragraphs that refer to them; what is no note's mark is text again.
pub fn place(blocks: Vec<Block>) -> Vec<Block> {
    let (labels, notes) = pair(&blocks);
    let mut labels = labels.into_iter();
    let mut placed: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut texts: HashMap<usize, String> = HashMap::new();
    // Where each block that refers to notes went, and to which.
    let mut refers: Vec<(usize, usize)> = Vec::new();
    for (at, mut block) in blocks.into_iter().enumerate() {
        let mut referred = Vec::new();
        let mut rewrite = |text: &str| rewrite(text, &mut labels, &mut referred);
        match &mut block {
            Block::Paragraph(paragraph) => {
                for line in &mut paragraph.lines {
                    line.text = rewrite(&line.text);
                }
            }
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flatten() {
                    if cell.contains(BEGIN) {
                        *cell = rewrite(cell).into();
                    }
                }
            }
            Block::Verbatim(_) => {}
        }
        if let (Some(label), Block::Paragraph(paragraph)) = (notes.get(&at), &block) {
            let lines: Vec<&str> = paragraph
                .lines
                .iter()
                .map(|line| line.text.trim())
                .collect();
            texts.insert(*label, lines.join(" "));
            continue;
        }
        refers.extend(referred.into_iter().map(|label| (placed.len(), label)));
        placed.push(block);
    }
    for (at, label) in refers {
        let Some(text) = texts.get(&label) else {
            continue;
        };
        let note = format!("[^{label}]: {}", text.trim());
        match &mut placed[at] {
            Block::Paragraph(paragraph) => paragraph.notes.push(note),
            Block::Table(table) => table.notes.push(note),
            Block::Verbatim(_) => {}
        }
    }
    placed
}

/// What a mark turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// A reference to a note.
    Refers(usize),
    /// The beginning of a note, which the label takes the place of.
    Begins,
    /// Just a raised number.
    Text,
}

/// For each mark in order what it is, and for each block that is a note its label.
fn pair(blocks: &[Block]) -> (Vec<Label>, HashMap<usize, usize>) {
    let mut labels = Vec::new();
    let mut waiting: HashMap<u32, VecDeque<usize>> = HashMap::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let mut is_note = false;
        let mut see = |text: &str, may_begin: bool| {
            let mut rest = text;
            while let Some((before, behind)) = rest.split_once(BEGIN) {
                let Some((raw, after)) = behind.split_once(END) else {
                    return;
                };
                let first = may_begin && rest.len() == text.len() && before.trim().is_empty();
                let place = labels.len();
                labels.push(Label::Text);
                // A note does not refer to another.
                if let Some(number) = number(raw).filter(|_| !is_note) {
                    let queue = waiting.entry(number).or_default();
                    match queue.pop_front() {
                        Some(refers) if first => {
                            labels[place] = Label::Begins;
                            is_note = true;
                            pairs.push((refers, at));
                        }
                        other => {
                            if let Some(refers) = other {
                                queue.push_front(refers);
                            }
                            queue.push_back(place);
                        }
                    }
                }
                rest = after;
            }
        };
        match block {
            Block::Paragraph(paragraph) => {
                for (line, text) in paragraph.lines.iter().enumerate() {
                    see(&text.text, line == 0);
                }
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    see(cell, false);
                }
            }
            Block::Verbatim(_) => {}
        }
    }
    pairs.sort_unstable();
    let mut notes = HashMap::new();
    for (label, (refers, at)) in pairs.into_iter().enumerate() {
        labels[refers] = Label::Refers(label + 1);
        notes.insert(at, label + 1);
    }
    (labels, notes)
}

fn rewrite(
    text: &str,
    labels: &mut impl Iterator<Item = Label>,
    referred: &mut Vec<usize>,
) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(BEGIN) {
        let Some((raw, after)) = behind.split_once(END) else {
            break;
        };
        whole.push_str(before);
        match labels.next() {
            Some(Label::Refers(label)) => {
                whole.push_str(&format!("[^{label}]"));
                referred.push(label);
            }
            Some(Label::Begins) => {}
            Some(Label::Text) | None => whole.push_str(raw),
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}
