//! Pieces of text that are not written as they stand.

use super::tree::{Element, Node};

/// Whether an element may be the mark of a footnote, by itself.
pub fn may_be_mark(element: &Element) -> bool {
    match &*element.name {
        "sup" => true,
        "a" => element
            .attribute("href")
            .is_some_and(|target| target.contains('#')),
        _ => false,
    }
}

/// A marker that Word wrote as text, in whatever face draws it.
pub fn marker(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        if let Node::Text(piece) = node {
            text.push_str(piece);
        }
    }
    let text = text.trim_matches(|c: char| c.is_whitespace());
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (None, _) => String::new(),
        (Some('-' | '–' | '—'), None) => "- ".to_owned(),
        (Some('+'), None) => "+ ".to_owned(),
        (Some('*'), None) => "* ".to_owned(),
        (Some(_), None) => "• ".to_owned(),
        _ => format!("{text} "),
    }
}

/// Blanks between words are one; hard ones are as many as they are, since they are seen.
pub fn collapse(text: &str, mut blank: bool) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_blank = letter.is_whitespace() && letter != '\u{a0}';
        if !is_blank {
            collapsed.push(letter);
        } else if !blank {
            collapsed.push(' ');
        }
        blank = is_blank;
    }
    collapsed
}
