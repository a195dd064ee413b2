//! Pages to text: printed lines in the order of reading, columns kept by blanks, tables by bars.

mod aside;
mod cells;
mod columns;
mod continued;
mod footnotes;
mod grid;
mod lines;
mod margins;
mod print;
mod spread;
mod words;

use super::sheet::Sheet;
use cells::Table;
use lines::Line;
use words::Word;

/// A page in parts.
pub struct Page {
    /// Its height in points.
    height: f64,
    /// In the order of reading.
    items: Vec<Item>,
}

/// A part of a page.
enum Item {
    /// A line and the block that it belongs to: lines of a block share a left edge.
    Line(Line, usize),
    Table(Table),
}

/// The parts of a page.
pub fn page(sheet: &Sheet) -> Page {
    let mut words = words::find(&sheet.glyphs);
    words::lower_marks(&mut words);
    let mut tables: Vec<Table> = Vec::new();
    for grid in grid::find(&sheet.rules) {
        let (table, outside) = Table::new(grid, words);
        words = outside;
        tables.push(table);
    }
    aside::add(sheet, &mut tables);
    tables.retain(|table| !table.rows(&[]).is_empty());
    tables.reverse();
    let mut items = Vec::new();
    let mut add_tables = |items: &mut Vec<Item>, above: f64| {
        while tables.last().is_some_and(|table| table.grid.top() < above) {
            items.extend(tables.pop().map(Item::Table));
        }
    };
    for (number, block) in columns::find(words).into_iter().enumerate() {
        if block.column {
            add_tables(&mut items, block.top());
        }
        for line in block.lines {
            if !block.column {
                add_tables(&mut items, line.y);
            }
            items.push(Item::Line(line, number));
        }
    }
    add_tables(&mut items, f64::INFINITY);
    Page {
        height: sheet.height,
        items,
    }
}

/// The text of the pages of a document.
pub fn text(mut pages: Vec<Page>) -> String {
    margins::clear(&mut pages);
    print::document(pages)
}

impl Page {
    /// All its words, tables left out.
    fn words(&self) -> impl Iterator<Item = &Word> {
        self.items.iter().flat_map(|item| match item {
            Item::Line(line, _) => line.words.as_slice(),
            Item::Table(_) => &[],
        })
    }
}
