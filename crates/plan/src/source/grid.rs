//! Cells to the rows of a table: merged ones spread, frames and pages' layout taken apart.

use std::rc::Rc;

use super::block::{Block, Table};
use crate::MAX_BYTES;
use crate::error::ReadError;

/// No page has more columns; what claims to span more spans these.
const MAX_COLUMNS: usize = 100;

/// A cell that holds tables and more than this is half a page's layout.
const HALF: usize = 20;

/// A single cell across a table that holds more than this is text that was set in a frame.
const FRAME: usize = 5;

/// A cell as a document holds it.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// How many columns it spans; 0 is read as 1.
    pub across: usize,
    /// How it is merged downwards.
    pub down: Down,
}

/// How a cell is merged downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Down {
    /// Not at all, or the rows below say so.
    #[default]
    One,
    /// It spans so many rows, and these have no cell of their own there (HTML).
    Rows(usize),
    /// It is the lower part of the cell above (DOCX).
    Continues,
}

/// What all tables of a document may still fill: a merged cell stands in each of its rows again.
#[derive(Debug)]
pub struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(MAX_BYTES)
    }
}

impl Room {
    fn take(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.0 = self.0.checked_sub(bytes).ok_or(ReadError::TooMuchText)?;
        Ok(())
    }
}

/// The blocks that a table becomes: itself, or what stands in it if it is but a frame.
pub fn blocks(rows: Vec<Vec<Cell>>, page: bool, room: &mut Room) -> Result<Vec<Block>, ReadError> {
    let frame = rows.iter().all(|cells| cells.len() <= 1);
    let mut grid = Grid {
        page,
        ..Grid::default()
    };
    let mut done = Vec::new();
    for cells in rows {
        if frame || is_layout(&cells) {
            grid.close(&mut done, room)?;
            let whole = cells
                .into_iter()
                .filter(|cell| cell.down != Down::Continues)
                .flat_map(|cell| cell.blocks);
            done.extend(whole);
        } else {
            grid.row(cells, room)?;
        }
    }
    grid.close(&mut done, room)?;
    if page && let Some(Block::Paragraph(first)) = done.first_mut() {
        first.page = true;
    }
    Ok(done)
}

/// Whether a row only holds the place of running text: a cell with much in it.
fn is_layout(cells: &[Cell]) -> bool {
    let table = |block: &Block| matches!(block, Block::Table(_) | Block::Verbatim(_));
    let holds = |cell: &Cell| cell.blocks.iter().any(table);
    match cells {
        [only] => only.blocks.len() > FRAME || holds(only),
        cells => cells
            .iter()
            .any(|cell| cell.blocks.len() > HALF && holds(cell)),
    }
}

/// A table that is being filled, row by row.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<Rc<str>>>,
    notes: Vec<String>,
    page: bool,
    /// What stands in each column of the row above, and how many rows it still goes down.
    above: Vec<(Rc<str>, usize)>,
}

impl Grid {
    fn row(&mut self, cells: Vec<Cell>, room: &mut Room) -> Result<(), ReadError> {
        let mut row = Vec::with_capacity(cells.len());
        for cell in cells {
            self.carry(&mut row, room)?;
            let (own, notes) = flatten(cell.blocks);
            let column = row.len();
            let text: Rc<str> = match cell.down {
                Down::Continues => self.above.get(column).map(|above| above.0.clone()),
                Down::One | Down::Rows(_) => None,
            }
            .unwrap_or_else(|| own.into());
            if cell.down != Down::Continues {
                self.notes.extend(notes);
            }
            let rows = match cell.down {
                Down::Rows(rows) => rows.saturating_sub(1),
                Down::One | Down::Continues => 0,
            };
            let end = (column.saturating_add(cell.across.max(1))).min(MAX_COLUMNS.max(column + 1));
            for place in column..end {
                let text = if place == column {
                    text.clone()
                } else {
                    "".into()
                };
                self.put(&mut row, text, rows, room)?;
            }
        }
        let reaches_down = |above: &(Rc<str>, usize)| above.1 > 0;
        while self.above.iter().skip(row.len()).any(reaches_down) {
            self.carry(&mut row, room)?;
            if self.above.iter().skip(row.len()).any(reaches_down) {
                self.put(&mut row, "".into(), 0, room)?;
            }
        }
        if row.iter().any(|cell| !cell.is_empty()) {
            self.rows.push(row);
        }
        Ok(())
    }

    /// Repeats the cells above that reach down into this row.
    fn carry(&mut self, row: &mut Vec<Rc<str>>, room: &mut Room) -> Result<(), ReadError> {
        while let Some((text, rows)) = self.above.get(row.len())
            && *rows > 0
        {
            let (text, rows) = (text.clone(), *rows - 1);
            self.put(row, text, rows, room)?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        row: &mut Vec<Rc<str>>,
        text: Rc<str>,
        rows: usize,
        room: &mut Room,
    ) -> Result<(), ReadError> {
        room.take(text.len() + " | ".len())?;
        if let Some(above) = self.above.get_mut(row.len()) {
            *above = (text.clone(), rows);
        } else if row.len() < MAX_COLUMNS {
            self.above.push((text.clone(), rows));
        }
        row.push(text);
        Ok(())
    }

    fn close(&mut self, done: &mut Vec<Block>, room: &mut Room) -> Result<(), ReadError> {
        let mut rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let columns = columns.min(MAX_COLUMNS);
        for row in rows.iter_mut().filter(|row| row.len() < columns) {
            room.take((columns - row.len()) * " | ".len())?;
            row.resize(columns, "".into());
        }
        if !rows.is_empty() {
            done.push(Block::Table(Table {
                rows,
                page: self.page && done.is_empty(),
                notes: std::mem::take(&mut self.notes),
            }));
        }
        self.above.clear();
        Ok(())
    }
}

/// The text of a cell, its paragraphs and those of tables in it parted by ` <br> `, and its notes.
fn flatten(blocks: Vec<Block>) -> (String, Vec<String>) {
    let (mut text, mut notes) = (String::new(), Vec::new());
    let mut add = |piece: &str| {
        for piece in piece
            .lines()
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
        {
            if !text.is_empty() {
                text.push_str(" <br> ");
            }
            text.push_str(piece);
        }
    };
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                paragraph.lines.iter().for_each(|line| add(&line.text));
                notes.extend(paragraph.notes);
            }
            Block::Table(table) => {
                table.rows.iter().flatten().for_each(|cell| add(cell));
                notes.extend(table.notes);
            }
            Block::Verbatim(lines) => add(&lines),
        }
    }
    (text, notes)
}

#[cfg(test)]
mod tests {
    use super::super::block::write;
    use super::*;
    use crate::source::block::{Paragraph, TextLine};

    fn cell(text: &str, across: usize, down: Down) -> Cell {
        let paragraph = |text: &str| {
            Block::Paragraph(Paragraph {
                lines: vec![TextLine {
                    text: text.to_owned(),
                    strong: false,
                }],
                ..Paragraph::default()
            })
        };
        Cell {
            blocks: text.split('/').map(paragraph).collect(),
            across,
            down,
        }
    }

    fn written(rows: Vec<Vec<Cell>>) -> String {
        let blocks = blocks(rows, false, &mut Room::default()).unwrap();
        write(&blocks).unwrap()
    }

    #[test]
    fn merged_cells_are_spread() {
        let rows = vec![
            vec![cell("TT", 1, Down::Rows(2)), cell("Đơn vị", 2, Down::One)],
            vec![
                cell("Chủ trì", 1, Down::One),
                cell("Phối hợp", 1, Down::One),
            ],
            vec![cell("1", 1, Down::One), cell("a/b", 1, Down::One)],
        ];
        assert_eq!(
            written(rows),
            "| TT | Đơn vị |  |\n| TT | Chủ trì | Phối hợp |\n| 1 | a <br> b |  |\n\n"
        );
        let rows = vec![
            vec![cell("1", 1, Down::One), cell("x", 1, Down::One)],
            vec![cell("", 1, Down::Continues), cell("y", 1, Down::One)],
            vec![cell("", 1, Down::Continues), cell("z", 1, Down::One)],
        ];
        assert_eq!(written(rows), "| 1 | x |\n| 1 | y |\n| 1 | z |\n\n");
    }

    #[test]
    fn a_cell_that_reaches_down_behind_a_short_row_stays_in_its_column() {
        let rows = vec![
            vec![
                cell("a", 1, Down::One),
                cell("b", 1, Down::One),
                cell("c", 1, Down::Rows(3)),
            ],
            vec![cell("d", 1, Down::One)],
            vec![],
            vec![cell("e", 1, Down::One), cell("f", 1, Down::One)],
        ];
        assert_eq!(
            written(rows),
            "| a | b | c |\n| d |  | c |\n|  |  | c |\n| e | f |  |\n\n"
        );
    }

    #[test]
    fn a_frame_is_its_paragraphs_and_a_layout_is_taken_apart() {
        let frame = vec![vec![cell("a/b", 3, Down::One)]];
        assert_eq!(written(frame), "a\n\nb\n\n");
        let layout = vec![
            vec![cell("UBND", 1, Down::One), cell("CỘNG HÒA", 1, Down::One)],
            vec![cell("1/2/3/4/5/6", 2, Down::One)],
            vec![
                cell("Nơi nhận", 1, Down::One),
                cell("GIÁM ĐỐC", 1, Down::One),
            ],
        ];
        assert_eq!(
            written(layout),
            "| UBND | CỘNG HÒA |\n\n1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n| Nơi nhận | GIÁM ĐỐC |\n\n"
        );
    }

    #[test]
    fn what_merged_cells_would_blow_up_to_is_refused() {
        let long = "x".repeat(100_000);
        let mut rows = vec![vec![
            cell(&long, 1, Down::Rows(usize::MAX)),
            cell("", 1, Down::One),
        ]];
        rows.extend((0..1000).map(|_| vec![cell("y", usize::MAX, Down::One)]));
        assert_eq!(
            blocks(rows, false, &mut Room::default()).unwrap_err(),
            ReadError::TooMuchText
        );
    }
}
