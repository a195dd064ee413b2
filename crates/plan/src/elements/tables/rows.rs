//! Rows: groups, continuations, cells that repeat the one above.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{Folded, fold, pattern};
use super::super::units;
use super::head::{self, Column, Head};
use crate::source::table;

/// A task of a table, its cells as printed.
#[derive(Debug, Default, Clone)]
pub struct Task {
    /// As the first column counts.
    pub row: Option<String>,
    /// The group of rows it stands in.
    pub group: Option<String>,
    /// What is to be done.
    pub text: String,
    /// Who leads.
    pub leads: Vec<String>,
    /// Who takes part.
    pub supports: Vec<String>,
    /// Whether all of them are known for bodies.
    pub known: bool,
    /// Whether the table has a column for who leads or takes part.
    pub has_units: bool,
    /// Until when, as printed.
    pub time: String,
    /// What must come of it.
    pub product: Option<String>,
    /// Who pays, or how much.
    pub money: Option<String>,
}

/// '-nt-', 'như trên', '″': the cell above.
static DITTO: LazyLock<Regex> = LazyLock::new(|| {
    pattern("^[\\s\\-–(.]*(?:nt|như trên|như nhiệm vụ trên|″|”|“|\"|''|//|〃)[\\s\\-–).]*$")
});
/// What may stand in the first column of a row.
static COUNT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivxl]+)[.)]?$"));
static CAPITALS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[IVXL]+|[A-HĐ])[.)]?$").expect("a pattern of ours"));
/// Labels in a cell that names all units together.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[;\n.]\s*|-\s*)(?:(?:cơ quan|đơn vị) )?(?P<role>chủ trì(?: thực hiện)?|thực hiện|phối hợp(?: thực hiện)?)\s*:",
    )
});

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
            ..task(&head, &cells)
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

fn task(head: &Head, cells: &[String]) -> Task {
    let mut task = Task {
        known: true,
        ..Task::default()
    };
    let joined = |cell: &str| table::paragraphs(cell).collect::<Vec<_>>().join("\n");
    for (column, cell) in head.columns.iter().zip(cells) {
        let text = joined(cell);
        let some = Some(text.clone()).filter(|text| text.chars().any(char::is_alphanumeric));
        match column {
            Column::Row => {
                let count = cell.trim().trim_end_matches(['.', ')']);
                task.row = Some(count.to_owned()).filter(|count| !count.is_empty());
            }
            Column::Task if task.text.is_empty() => task.text = text,
            Column::Lead => task.units(&text, true),
            Column::Support => task.units(&text, false),
            Column::Time if task.time.is_empty() => task.time = text,
            Column::Product if task.product.is_none() => task.product = some,
            Column::Money if task.money.is_none() => {
                task.money = some.map(|amount| with_unit(amount, head.money.as_deref()));
            }
            _ => {}
        }
    }
    task
}

/// A figure alone is in what the head says.
fn with_unit(amount: String, unit: Option<&str>) -> String {
    let figure = amount
        .chars()
        .all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',' | ' '));
    match unit {
        Some(unit) if figure => format!("{amount} {unit}"),
        _ => amount,
    }
}

impl Task {
    fn units(&mut self, cell: &str, leads: bool) {
        let folded = Folded::new(cell);
        let text = folded.text();
        // 'Chủ trì: …; phối hợp: …' in one cell.
        let places: Vec<(usize, usize, bool)> = ROLE
            .captures_iter(text.fold)
            .filter_map(|found| {
                let whole = found.get(0)?;
                let lead = !found["role"].starts_with("phối hợp");
                Some((whole.start(), whole.end(), lead))
            })
            .collect();
        let first = places.first().map_or(text.len(), |place| place.0);
        self.names(units::every(text.to(first)), leads);
        for (place, (_, from, lead)) in places.iter().enumerate() {
            let to = places.get(place + 1).map_or(text.len(), |next| next.0);
            self.names(units::every(text.part(*from, to)), *lead);
        }
    }

    fn names(&mut self, (names, known): (Vec<String>, bool), leads: bool) {
        self.known &= known;
        let list = if leads {
            &mut self.leads
        } else {
            &mut self.supports
        };
        for name in names {
            if list.len() < units::MOST && !list.iter().any(|other| units::same(other, &name)) {
                list.push(name);
            }
        }
    }

    /// Whether a row goes on with this task: the same cells again, or no number and no unit.
    fn goes_on(&self, next: &Task) -> bool {
        if next.row.is_some() {
            return next.row == self.row && next.text == self.text;
        }
        let small = next.text.chars().next().is_none_or(char::is_lowercase);
        let units = !next.leads.is_empty() || !next.supports.is_empty();
        self.row.is_some() && (small || !units)
    }

    fn join(&mut self, next: Task) {
        if next.text != self.text && !next.text.is_empty() {
            let blank = if next.text.starts_with(['-', '+']) {
                "\n"
            } else {
                " "
            };
            self.text.push_str(blank);
            self.text.push_str(&next.text);
        }
        self.names((next.leads, next.known), true);
        self.names((next.supports, next.known), false);
        if self.time != next.time && !next.time.is_empty() {
            if !self.time.is_empty() {
                self.time.push('\n');
            }
            self.time.push_str(&next.time);
        }
        self.product = both(self.product.take(), next.product);
        self.money = both(self.money.take(), next.money);
    }
}

fn both(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(mut one), Some(other)) if one != other => {
            one.push('\n');
            one.push_str(&other);
            Some(one)
        }
        (one, other) => one.or(other),
    }
}
