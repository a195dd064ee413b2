//! Tables of tasks: rows become tasks with units, time, product and money.

mod head;
mod rows;
mod task;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use task::Task;

use self::head::{Column, Head};
use super::outline::Node;
use crate::source::table;

/// The tasks of the tables that stand in a clause. `holders` says that units are known from the
/// clause itself, so that a table without a column of units holds tasks as well.
pub fn tasks(node: &Node<'_>, holders: bool) -> Vec<Task> {
    let mut tasks = Vec::new();
    for rows in tables(node) {
        rows::read(&rows, holders, &mut tasks);
    }
    tasks
}

/// The contents that a table in a clause on themes lists: its column of contents.
pub fn contents(node: &Node<'_>) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for rows in tables(node) {
        let Some(place) = rows
            .first()
            .and_then(|row| head::read(row))
            .and_then(|head: Head| head.place(Column::Task))
        else {
            continue;
        };
        for row in &rows[1..] {
            let cell = row.get(place).map_or("", String::as_str);
            let text: Vec<&str> = table::paragraphs(cell).collect();
            let label = super::labels::first_sentence(&text.join(" "));
            if label.chars().any(char::is_alphabetic) && seen.insert(label.clone()) {
                found.push(label);
            }
        }
    }
    found
}

/// The tables of a clause: rows that stand together.
fn tables(node: &Node<'_>) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut open = false;
    for line in node.text().lines() {
        if table::is_rule(line.raw) {
            continue;
        }
        match table::cells(line.raw) {
            Some(cells) => {
                if !open {
                    tables.push(Vec::new());
                }
                if let Some(rows) = tables.last_mut() {
                    rows.push(cells);
                }
                open = true;
            }
            None => open = false,
        }
    }
    tables
}
