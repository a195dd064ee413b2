//! The text of a ruled table's cells.

use super::grid::Grid;
use super::lines::{self, Line};
use super::words::Word;

/// A table with its text.
#[derive(Debug, Clone)]
pub struct Table {
    pub grid: Grid,
    /// The lines of each cell, where the cell begins.
    lines: Vec<Vec<Vec<Line>>>,
}

impl Table {
    /// A table and its words; those that are not in it come back.
    pub fn new(grid: Grid, words: Vec<Word>) -> (Self, Vec<Word>) {
        let (rows, columns) = (grid.ys.len() - 1, grid.xs.len() - 1);
        let mut cells: Vec<Vec<Vec<Word>>> = vec![vec![Vec::new(); columns]; rows];
        let mut outside = Vec::new();
        for word in words {
            let middle = f64::midpoint(word.x[0], word.x[1]);
            match grid.cell(middle, word.y - 0.3 * word.size) {
                Some((row, column)) => cells[row][column].push(word),
                None => outside.push(word),
            }
        }
        let lines = cells
            .into_iter()
            .map(|row| row.into_iter().map(lines::find).collect())
            .collect();
        (Self { grid, lines }, outside)
    }

    /// Whether a point is in one of its cells.
    pub fn has(&self, x: f64, y: f64) -> bool {
        self.grid.cell(x, y).is_some()
    }

    /// Adds a word to the cell in which its middle is.
    pub fn add(&mut self, word: Word) {
        let middle = f64::midpoint(word.x[0], word.x[1]);
        if let Some((row, column)) = self.grid.cell(middle, word.y - 0.3 * word.size) {
            let lines = std::mem::take(&mut self.lines[row][column]);
            let mut words: Vec<Word> = lines.into_iter().flat_map(|line| line.words).collect();
            words.push(word);
            self.lines[row][column] = lines::find(words);
        }
    }

    /// The raised numbers in it.
    pub fn marks(&self) -> Vec<String> {
        let lines = self.lines.iter().flatten().flatten();
        lines.flat_map(super::footnotes::marks).collect()
    }

    /// Whether it goes on with another one: the same columns.
    pub fn has_columns_of(&self, other: &Self) -> bool {
        self.grid.xs.len() == other.grid.xs.len()
            && self.grid.xs.iter().zip(&other.grid.xs).all(|(one, other)| {
                // On even pages the sheet may stand otherwise, the columns are as wide.
                let [one, other] = [one - self.grid.xs[0], other - self.grid.xs[0]];
                (one - other).abs() < 5.0
            })
    }

    /// Its rows as text. A cell merged downwards stands in each of its rows; rows and columns of nothing are
    /// left out.
    pub fn rows(&self, notes: &[String]) -> Vec<Vec<String>> {
        let texts: Vec<Vec<String>> = (0..self.lines.len())
            .map(|row| {
                (0..self.lines[row].len())
                    .map(|column| {
                        let width = self.grid.width((row, column));
                        text(&self.lines[row][column], width, notes)
                    })
                    .collect()
            })
            .collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for line in &self.grid.homes {
            let row: Vec<String> = line
                .iter()
                .enumerate()
                .map(|(column, home)| {
                    if home.1 == column {
                        texts[home.0][home.1].clone()
                    } else {
                        String::new()
                    }
                })
                .collect();
            rows.push(row);
        }
        self.drop_empty(rows)
    }

    fn drop_empty(&self, rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let narrow: Vec<bool> = self
            .grid
            .xs
            .windows(2)
            .enumerate()
            .map(|(column, pair)| {
                pair[1] - pair[0] < 10.0 && rows.iter().all(|row| row[column].is_empty())
            })
            .collect();
        rows.into_iter()
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .map(|row| {
                row.into_iter()
                    .zip(&narrow)
                    .filter(|(_, narrow)| !**narrow)
                    .map(|(cell, _)| cell)
                    .collect()
            })
            .collect()
    }
}

/// The lines of a cell, joined; paragraphs are parted by ` <br> `.
fn text(lines: &[Line], width: f64, notes: &[String]) -> String {
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    let leading = lines
        .windows(2)
        .map(|pair| pair[1].y - pair[0].y)
        .fold(f64::INFINITY, f64::min);
    for line in lines {
        let piece = line.text(notes);
        if let Some(last) = before {
            let apart = line.y - last.y > leading + 0.35 * line.size;
            let fresh =
                apart || (begins(&piece) && ends(&text)) || breaks(last, line, width, &text);
            text.push_str(if fresh { " <br> " } else { " " });
        }
        text.push_str(&piece);
        before = Some(line);
    }
    text
}

/// A cell's text over a page break.
pub fn joined(one: &str, other: &str) -> String {
    let fresh = !one.is_empty() && begins(other) && ends(one);
    let between = if fresh { " <br> " } else { " " };
    format!("{one}{between}{other}").trim().to_owned()
}

/// Whether a line begins an item of a list.
fn begins(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let bullet = matches!(first, "-" | "–" | "+" | "*" | "•" | "▪");
    let numbered = first.len() <= 5
        && first.ends_with(['.', ')'])
        && first.chars().next().is_some_and(char::is_alphanumeric);
    (bullet || numbered) && text.len() > first.len()
}

/// Whether a sentence or an item may end here.
fn ends(text: &str) -> bool {
    text.ends_with(['.', ';', ':', '!', '?'])
}

/// Whether a line was ended before its cell was full, behind the end of a sentence.
fn breaks(last: &Line, line: &Line, width: f64, text: &str) -> bool {
    let (Some(first), Some(after)) = (last.words.first(), line.words.first()) else {
        return false;
    };
    let left = width - (last.right() - first.x[0]);
    ends(text) && left > (after.x[1] - after.x[0]) + line.size * 1.4
}
