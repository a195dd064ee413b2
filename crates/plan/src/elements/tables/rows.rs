//! Rows: groups, continuations, cells that repeat the one above.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{fold, pattern};
use super::head::{self, Column, Head};
use super::task::{self, Task};
use crate::source::table;

/// '-nt-', 'như trên', '″': the cell above.
static DITTO: LazyLock<Regex> = LazyLock::new(|| {
    pattern("^[\\s\\-–(.]*(?:nt|như trên|như nhiệm vụ trên|″|”|“|\"|''|//|〃)[\\s\\-–).]*$")
});
/// What may stand in the first column of a row.
static COUNT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivxl]+)[.)]?$"));
static CAPITALS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[IVXL]+|[A-HĐ])[.)]?$").expect("a pattern of ours"));
/// Reads the rows of one table.
pub fn read(rows: &[Vec<String>], holders: bool, tasks: &mut Vec<Task>) {
    let mut reader = Reader {
        holders,
        ..Reader::default()
    };
    let first = tasks.len();
    for (place, row) in rows.iter().enumerate() {
        let next = rows.get(place + 1).map_or(&[][..], Vec::as_slice);
        reader.row(row, next, tasks, first);
    }
}

#[derive(Default)]
struct Reader {
    head: Option<Head>,
    /// Whether the last row belonged to the head.
    in_head: bool,
    group: Option<String>,
    /// The last row's cells, dittos filled in.
    above: Vec<String>,
    holders: bool,
}

impl Reader {
    fn row(&mut self, cells: &[String], next: &[String], tasks: &mut Vec<Task>, first: usize) {
        if cells
            .iter()
            .find(|cell| !cell.is_empty())
            .is_none_or(|cell| is_total(cell))
        {
            return;
        }
        if let Some(head) = head::read(cells) {
            // A head again, behind a page break or of another table.
            if self
                .head
                .as_ref()
                .is_none_or(|known| known.printed != head.printed)
            {
                self.group = None;
            }
            self.head = Some(head);
            self.in_head = true;
            return;
        }
        let Some(head) = self.head.as_mut() else {
            return;
        };
        if self.in_head && head.second(cells) {
            return;
        }
        self.in_head = false;
        let has_units = head.place(Column::Lead).is_some() || head.place(Column::Support).is_some();
        if !has_units && !self.holders {
            return;
        }
        let head = head.clone();
        let cells = self.filled(cells);
        if let Some(group) = group(&head, &cells, next) {
            self.group = Some(group);
            self.above = cells;
            return;
        }
        let task = Task {
            has_units,
            group: self.group.clone(),
            ..task::of_row(&head, &cells)
        };
        self.above = cells;
        if task.text.is_empty() && task.leads.is_empty() && task.supports.is_empty() {
            // What another cell goes on with.
            if let Some(last) = tasks[first..].last_mut().filter(|_| task.row.is_none()) {
                last.join(task);
            }
            return;
        }
        if let Some(last) = tasks[first..].last_mut()
            && last.goes_on(&task)
        {
            last.join(task);
            return;
        }
        if !task.text.is_empty() {
            tasks.push(task);
        }
    }

    fn filled(&self, cells: &[String]) -> Vec<String> {
        let fill = |(place, cell): (usize, &String)| {
            if DITTO.is_match(&fold(cell)) {
                self.above.get(place).cloned().unwrap_or_default()
            } else {
                cell.clone()
            }
        };
        cells.iter().enumerate().map(fill).collect()
    }
}

/// 'I | Nhóm nhiệm vụ về … | | |': a row that names what follows.
fn group(head: &Head, cells: &[String], next: &[String]) -> Option<String> {
    let first = head.place(Column::Row);
    let count = first
        .and_then(|place| cells.get(place))
        .map_or("", |cell| cell.trim());
    let rest: Vec<&String> = cells
        .iter()
        .enumerate()
        .filter(|(place, cell)| Some(*place) != first && !cell.is_empty())
        .map(|(_, cell)| cell)
        .collect();
    let only = match rest[..] {
        // Merged over the whole row it may stand in the first cell.
        [] if !count.is_empty() && !COUNT.is_match(&fold(count)) => count,
        [only] => only.as_str(),
        [only, ref others @ ..] if others.iter().all(|other| *other == only) => only.as_str(),
        _ => return None,
    };
    // '1' above '1.1' is a group as 'I' is.
    let below = first
        .and_then(|place| next.get(place))
        .is_some_and(|below| {
            let number = count.trim_end_matches(['.', ')']);
            !number.is_empty()
                && below
                    .strip_prefix(number)
                    .is_some_and(|rest| rest.len() > 1 && rest.starts_with('.'))
        });
    let capital = CAPITALS.is_match(count) || below;
    let text = head
        .place(Column::Task)
        .and_then(|place| cells.get(place))
        .map_or("", String::as_str);
    let upper = !only.chars().any(char::is_lowercase);
    // With a number of its own and nothing else it may as well be a task nobody is named for.
    let alone = count.is_empty() && !only.starts_with(['-', '+', '–']) && only != text;
    let title =
        only.chars().any(char::is_alphabetic) && (capital || upper || alone || count == only);
    title.then(|| {
        let lines: Vec<&str> = table::paragraphs(only).collect();
        let name = lines.join(" ");
        if count.is_empty() || count == only {
            name
        } else {
            format!(
                "{} {name}",
                count.trim_end_matches(['.', ')']).to_owned() + "."
            )
        }
    })
}

fn is_total(cell: &str) -> bool {
    static TOTAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:tổng cộng|tổng số|tổng kinh phí|cộng)¦|^tổng$"));
    TOTAL.is_match(&fold(cell))
}
