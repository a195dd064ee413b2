//! A task: the cells of its row, and of rows that go on with it.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{Folded, pattern};
use super::super::units;
use super::head::{Column, Head};
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

/// Labels in a cell that names all units together.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[;\n.]\s*|-\s*)(?:(?:cơ quan|đơn vị) )?(?P<role>chủ trì(?: thực hiện)?|thực hiện|phối hợp(?: thực hiện)?)\s*:",
    )
});

/// The task of a row.
pub fn of_row(head: &Head, cells: &[String]) -> Task {
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
    pub fn goes_on(&self, next: &Task) -> bool {
        if next.row.is_some() {
            return next.row == self.row && next.text == self.text;
        }
        let small = next.text.chars().next().is_none_or(char::is_lowercase);
        let units = !next.leads.is_empty() || !next.supports.is_empty();
        self.row.is_some() && (small || !units)
    }

    /// Takes what a row says that goes on with this task.
    pub fn join(&mut self, next: Task) {
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
