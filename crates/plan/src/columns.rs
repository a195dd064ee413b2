//! What stands left and what stands right in a letterhead or a signature block, however it came:
//! side by side on a line, as cells of a row, or cell below cell with a bar behind each.

use crate::paragraphs::{Paragraph, is_line};
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

impl Columns {
    fn add(&mut self, line: &Line) {
        if let Some(cells) = table::cells(&line.text) {
            let mut cells = cells.iter().filter(|cell| !cell.is_empty());
            for left in [true, false] {
                let cell = cells.next().map_or("", String::as_str);
                let lines = table::paragraphs(cell).map(str::to_owned);
                self.side(left).extend(lines);
            }
            return;
        }
        match line.text.split_once("   ") {
            Some((left, right)) => {
                self.left.push(left.trim().to_owned());
                self.right.push(right.trim().to_owned());
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
