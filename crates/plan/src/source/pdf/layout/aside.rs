//! Text that is turned by a quarter, as in the narrow columns of a table's head. Elsewhere it is a stamp.

use super::super::sheet::{Sheet, turned_forth};
use super::cells::Table;
use super::lines;
use super::words::{self, Word};

/// Lines of turned text on a page.
const MOST: usize = 200;

/// Puts the lines of turned text into the cells of tables in which they stand.
pub fn add(sheet: &Sheet, tables: &mut [Table]) {
    for turn in [1, 2, 3] {
        let glyphs: Vec<_> = sheet
            .aside
            .iter()
            .filter(|glyph| glyph.turn == turn)
            .cloned()
            .collect();
        for line in lines::find(words::find(&glyphs)).into_iter().take(MOST) {
            let middle = [
                f64::midpoint(line.left(), line.right()),
                line.y - 0.3 * line.size,
            ];
            let [x, y] = turned_forth(middle, turn, sheet.width, sheet.height);
            let word = Word {
                text: line.text(&[]),
                x: [x - 0.1, x + 0.1],
                y: y + 0.3 * line.size,
                size: line.size,
                bold: line.is_bold(),
                spaced: true,
                ..Word::default()
            };
            if let Some(table) = tables.iter_mut().find(|table| table.has(x, y)) {
                table.add(word);
            }
        }
    }
}
