//! A clause tree laid out flat, with a number for each clause's words.

use std::collections::HashMap;

use crate::model::Clause;

/// The tree: its parts in document order, the document itself first.
pub struct Outline<'a> {
    pub parts: Vec<Part<'a>>,
}

/// A clause, or the document that holds them all.
pub struct Part<'a> {
    /// None for the document.
    pub clause: Option<&'a Clause>,
    /// Equal for equal words, on both sides.
    pub words: usize,
    /// Its place in the list of parts.
    pub parent: usize,
    pub children: Vec<usize>,
    /// The first part behind it and all below it.
    pub end: usize,
}

/// A number for each different wording.
#[derive(Default)]
pub struct Wordings(HashMap<String, usize>);

/// The number of a clause that says nothing itself.
pub const SILENT: usize = 0;

impl Wordings {
    /// How many there are, the silent one included.
    pub fn count(&self) -> usize {
        self.0.len() + 1
    }

    /// Where its lines break and what of it is a heading does not matter.
    fn number(&mut self, clause: &Clause) -> usize {
        let mut plain = String::new();
        for word in words(clause) {
            plain.push_str(word);
            plain.push(' ');
        }
        if plain.is_empty() {
            return SILENT;
        }
        let next = self.count();
        *self.0.entry(plain).or_insert(next)
    }
}

/// A clause's own words.
pub fn words(clause: &Clause) -> impl Iterator<Item = &str> {
    let heading = clause.heading.as_deref().unwrap_or_default();
    heading
        .split_whitespace()
        .chain(clause.text.split_whitespace())
}

impl<'a> Outline<'a> {
    pub fn of(clauses: &'a [Clause], wordings: &mut Wordings) -> Self {
        let document = Part {
            clause: None,
            words: SILENT,
            parent: 0,
            children: Vec::new(),
            end: 0,
        };
        let mut parts = vec![document];
        // A tree may be deep; its own stack holds what the program's might not.
        let mut open: Vec<(usize, &Clause)> = clauses.iter().rev().map(|one| (0, one)).collect();
        while let Some((parent, clause)) = open.pop() {
            let place = parts.len();
            parts[parent].children.push(place);
            parts.push(Part {
                clause: Some(clause),
                words: wordings.number(clause),
                parent,
                children: Vec::new(),
                end: 0,
            });
            open.extend(clause.children.iter().rev().map(|one| (place, one)));
        }
        for place in (0..parts.len()).rev() {
            let last = parts[place].children.last();
            parts[place].end = last.map_or(place + 1, |last| parts[*last].end);
        }
        Self { parts }
    }
}
