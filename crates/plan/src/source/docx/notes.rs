//! The numbers of footnotes and endnotes, in the order in which they are referred to.

use std::collections::HashMap;

use super::super::block::Block;

/// The notes of a document: all of one count, since a text has one row of marks.
#[derive(Debug, Default)]
pub struct Notes {
    /// By kind of note and id, until they are referred to.
    texts: HashMap<(Kind, String), String>,
    numbers: HashMap<(Kind, String), usize>,
}

/// A kind of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// At the foot of the page.
    Foot,
    /// At the end of the document.
    End,
}

impl Notes {
    /// Keeps a note until it is referred to.
    pub fn keep(&mut self, kind: Kind, id: String, blocks: &[Block]) {
        let mut text = String::new();
        for block in blocks {
            let lines: Vec<&str> = match block {
                Block::Paragraph(paragraph) => paragraph
                    .lines
                    .iter()
                    .map(|line| line.text.as_str())
                    .collect(),
                Block::Table(table) => table.rows.iter().flatten().map(AsRef::as_ref).collect(),
                Block::Verbatim(_) => Vec::new(),
            };
            for line in lines {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(line);
            }
        }
        self.texts.insert((kind, id), text);
    }

    /// The mark of a note, and the note itself when it is referred to for the first time; none if
    /// there is no such note.
    pub fn refer(&mut self, kind: Kind, id: String) -> Option<(String, Option<String>)> {
        let key = (kind, id);
        if let Some(number) = self.numbers.get(&key) {
            return Some((format!("[^{number}]"), None));
        }
        let text = self.texts.remove(&key)?;
        let mark = format!("[^{}]", self.numbers.len() + 1);
        self.numbers.insert(key, self.numbers.len() + 1);
        let note = format!("{mark}: {text}");
        Some((mark, Some(note)))
    }
}
