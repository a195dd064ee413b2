//! The document in blocks: running lines, and tables as tables; each clause and each row of a table
//! with a way to what was read from it.

use std::collections::BTreeMap;

use super::source::SourceLine;
use crate::ids::ElementId;
use crate::plans::data::Data;
use crate::plans::element::{Element, Kind};

/// A stretch of the document.
pub(super) enum Block {
    /// Running lines.
    Lines(Vec<Linked>),
    /// A table, its first row apart.
    Table(Linked, Vec<Linked>),
}

/// A line with what was read from it.
pub(super) struct Linked {
    pub(super) line: SourceLine,
    /// The first element of each kind, and how many there are.
    pub(super) elements: Vec<(Kind, ElementId, usize)>,
}

impl Linked {
    /// The paragraphs of the cells, when it is the row of a table.
    pub(super) fn cells(&self) -> Vec<Vec<&str>> {
        let cells = self.line.cells.as_deref().unwrap_or_default();
        cells.iter().map(|cell| paragraphs(cell)).collect()
    }
}

/// The blocks of a document, with ways to its elements.
pub(super) fn blocks(lines: Vec<SourceLine>, elements: &[Element]) -> Vec<Block> {
    let mut links = links(&lines, elements);
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        let row = line.cells.is_some();
        let linked = Linked {
            elements: links.remove(&line.number).unwrap_or_default(),
            line,
        };
        match (blocks.last_mut(), row) {
            (Some(Block::Lines(lines)), false) => lines.push(linked),
            (Some(Block::Table(_, rows)), true) => rows.push(linked),
            (_, false) => blocks.push(Block::Lines(vec![linked])),
            (_, true) => blocks.push(Block::Table(linked, Vec::new())),
        }
    }
    blocks
}

/// The cells of a row `| a | b |`; none for running text, and for the rule below a table's head.
pub(super) fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '|' => cells.push(String::new()),
            '\\' if letters.peek() == Some(&'|') => {
                letters.next();
                cells.last_mut()?.push('|');
            }
            letter => cells.last_mut()?.push(letter),
        }
    }
    Some(cells.iter().map(|cell| cell.trim().to_owned()).collect())
}

fn paragraphs(cell: &str) -> Vec<&str> {
    let parts = cell.split("<br>").map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// By line: an element stands at the first line of its clause, a duty of a table at its row.
fn links(
    lines: &[SourceLine],
    elements: &[Element],
) -> BTreeMap<usize, Vec<(Kind, ElementId, usize)>> {
    let begins: BTreeMap<&str, (usize, &str)> = lines
        .iter()
        .filter_map(|line| Some((line.begins.as_deref()?, (line.number, line.of.as_deref()?))))
        .collect();
    let rows: BTreeMap<(&str, &str), usize> = lines
        .iter()
        .rev()
        .filter_map(|line| {
            let first = line.cells.as_ref()?.first()?;
            Some(((line.of.as_deref()?, first.as_str()), line.number))
        })
        .collect();
    let mut links: BTreeMap<usize, Vec<(Kind, ElementId, usize)>> = BTreeMap::new();
    for element in elements {
        let Some((line, address)) = begins.get(element.clause.as_str()).copied() else {
            continue;
        };
        let row = match &element.data {
            Data::Duty(duty) => duty.row.as_deref(),
            _ => None,
        };
        let line = row
            .and_then(|row| rows.get(&(address, row)).copied())
            .unwrap_or(line);
        let here = links.entry(line).or_default();
        match here.iter_mut().find(|(kind, _, _)| *kind == element.kind()) {
            Some((_, _, count)) => *count += 1,
            None => here.push((element.kind(), element.id, 1)),
        }
    }
    links
}

/// Whether a line is the rule below the head of a Markdown table.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|')
        && line.contains("---")
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_its_cells() {
        let row = cells("| 1 | a \\| b <br> c | x\\y | |").unwrap();
        assert_eq!(row, ["1", "a | b <br> c", "x\\y", ""]);
        assert_eq!(paragraphs(&row[1]), ["a | b", "c"]);
        assert_eq!(cells("- không có bảng"), None);
        assert!(is_rule("|---|:---:|") && !is_rule("| - | - |"));
    }
}
