//! What stands left and what stands right in a letterhead or a signature block, however it came:
//! side by side on a line, as cells of a row, or cell below cell with a bar behind each.

use crate::paragraphs::{Paragraph, closed_up, is_line};
use crate::source::{Line, table};

/// The two columns, line by line.
#[derive(Debug, Default)]
pub struct Columns {
    /// The left one.
    pub left: Vec<String>,
    /// The right one; empty when all stands in one column.
    pub right: Vec<String>,
}

/// A line this far to the right stands in the right column.
const RIGHT: usize = 30;

/// Parts the lines of some paragraphs.
pub fn of(paragraphs: &[Paragraph]) -> Columns {
    let lines = || paragraphs.iter().flat_map(|paragraph| &paragraph.raw);
    let mut columns = Columns::default();
    if lines().any(|line| is_bar(&line.text)) {
        let mut cell = 0;
        for line in lines() {
            if is_bar(&line.text) {
                cell += 1;
            } else if !is_line(&line.text) {
                columns.side(cell % 2 == 0).push(line.text.clone());
            }
        }
        return columns;
    }
    for line in lines().filter(|line| !table::is_rule(&line.text) && !is_line(&line.text)) {
        columns.add(line);
    }
    columns
}

/// A bar alone is the end of a cell.
pub fn is_bar(text: &str) -> bool {
    text == "|"
}

/// The two sides of the widest gap of three blanks or more: a justified line has narrower ones.
fn widest_gap(text: &str) -> Option<(&str, &str)> {
    let mut widest = (2, 0, 0);
    let mut from = None;
    for (at, letter) in text.char_indices() {
        match (letter == ' ', from) {
            (true, None) => from = Some(at),
            (false, Some(begin)) => {
                if at - begin > widest.0 {
                    widest = (at - begin, begin, at);
                }
                from = None;
            }
            _ => {}
        }
    }
    (widest.0 > 2).then(|| (&text[..widest.1], &text[widest.2..]))
}

impl Columns {
    fn add(&mut self, line: &Line) {
        if let Some(cells) = table::cells(&line.text) {
            // An empty cell may stand between the two.
            let right = cells.iter().skip(1).rfind(|cell| !cell.is_empty());
            for (left, cell) in [(true, cells.first()), (false, right)] {
                let lines = table::paragraphs(cell.map_or("", String::as_str)).map(str::to_owned);
                self.side(left).extend(lines);
            }
            return;
        }
        match widest_gap(&line.text) {
            Some((left, right)) => {
                self.left.push(closed_up(left));
                self.right.push(closed_up(right));
            }
            None => self.side(line.indent <= RIGHT).push(line.text.clone()),
        }
    }

    fn side(&mut self, left: bool) -> &mut Vec<String> {
        if left {
            &mut self.left
        } else {
            &mut self.right
        }
    }
}
