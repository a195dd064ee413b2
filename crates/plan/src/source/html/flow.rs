//! The elements of a document to paragraphs and tables.
//!
//! The tree is a row of nodes, so it is gone through in one loop, with a stack of what is open.

use std::ops::Range;

use super::super::block::{Block, Draft};
use super::super::grid::{self, Cell, Down, Room};
use super::lists::List;
use super::notes;
use super::tree::{Element, Node, Tree, is_block};
use super::words;
use crate::error::ReadError;

/// A footnote's mark has no more nodes than this, dressed as it may be.
const MARK: usize = 16;

/// The blocks of a part of a tree.
pub fn read(tree: &Tree, range: Range<usize>) -> Result<Vec<Block>, ReadError> {
    let mut flow = Flow {
        tree,
        open: Vec::new(),
        texts: vec![Text::default()],
        tables: Vec::new(),
        lists: Vec::new(),
        look: Look::default(),
        page: false,
        room: Room::default(),
    };
    let mut at = range.start;
    while at < range.end {
        flow.close(at)?;
        at = match &tree.nodes[at] {
            Node::Element(element) => flow.begin(at, element),
            Node::Text(text) => {
                flow.write(text);
                at + 1
            }
            Node::Bold(on) => {
                flow.text().bold += if *on { 1 } else { -1 };
                flow.text().bold = flow.text().bold.max(0);
                at + 1
            }
        };
    }
    flow.close(usize::MAX)?;
    Ok(flow.end_text())
}

struct Flow<'a> {
    tree: &'a Tree,
    open: Vec<Open>,
    /// The document, and in it cells: each a text of its own.
    texts: Vec<Text>,
    tables: Vec<Vec<Vec<Cell>>>,
    lists: Vec<List>,
    look: Look,
    page: bool,
    room: Room,
}

/// An element that is open.
struct Open {
    end: usize,
    what: What,
    /// How text looks again behind it.
    look: Look,
    page_after: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Block,
    Table,
    Cell(usize, Down),
    List,
    Item,
    Verbatim,
    Inline,
}

#[derive(Debug, Clone, Copy, Default)]
struct Look {
    bold: bool,
    capitals: bool,
    as_typed: bool,
}

#[derive(Default)]
struct Text {
    blocks: Vec<Block>,
    draft: Draft,
    /// The marker of the item that begins.
    marker: String,
    /// How many tags for bold are open. A cell begins without any.
    bold: i32,
    verbatim: Option<String>,
}

impl Flow<'_> {
    /// Begins an element; answers the node to go on with.
    fn begin(&mut self, at: usize, element: &Element) -> usize {
        let style = element.style();
        let name = &*element.name;
        if is_block(name) {
            self.end_paragraph();
            self.page |= style.page.before && self.texts.len() == 1;
        }
        let nodes = &self.tree.nodes[at..element.end];
        if style.marker && nodes.len() <= MARK {
            self.text().draft.mark(&words::marker(nodes));
            return element.end;
        }
        if words::may_be_mark(element)
            && nodes.len() <= MARK
            && let Some(mark) = notes::mark(nodes)
        {
            self.text().draft.mark(&mark);
            return element.end;
        }
        let what = match name {
            "br" => {
                if style.page.before || style.page.after {
                    self.text().draft.end_page();
                } else {
                    self.end_line();
                }
                return at + 1;
            }
            "table" => {
                self.tables.push(Vec::new());
                What::Table
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.push(Vec::new());
                }
                What::Block
            }
            "td" | "th" if !self.tables.is_empty() => {
                self.texts.push(Text::default());
                let across = element.number("colspan").unwrap_or(1);
                let down = match element.number("rowspan") {
                    // To the end of the table.
                    Some(0) => Down::Rows(usize::MAX),
                    rows => Down::Rows(rows.unwrap_or(1).try_into().unwrap_or(1)),
                };
                What::Cell(across.try_into().unwrap_or(1), down)
            }
            "ul" | "ol" => {
                let list = List::begin(self.tree, at, element, &self.lists);
                self.lists.push(list);
                What::List
            }
            "li" => {
                if let Some(list) = self.lists.last_mut() {
                    let marker = list.marker(element);
                    let before = std::mem::take(&mut self.text().marker);
                    let both = format!("{before} {marker}");
                    both.trim().clone_into(&mut self.text().marker);
                }
                What::Item
            }
            "pre" | "listing" | "xmp" | "plaintext" if self.text().verbatim.is_none() => {
                self.text().verbatim = Some(String::new());
                What::Verbatim
            }
            _ if is_block(name) => What::Block,
            _ => What::Inline,
        };
        let look = self.look;
        self.open.push(Open {
            end: element.end,
            what,
            look,
            page_after: style.page.after,
        });
        let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let inherited = look.bold && !matches!(what, What::Cell(..));
        self.look = Look {
            bold: style.bold.unwrap_or(inherited || heading),
            capitals: style.capitals.unwrap_or(look.capitals),
            as_typed: style.as_typed || look.as_typed || what == What::Verbatim,
        };
        at + 1
    }

    /// Closes what ends before a node.
    fn close(&mut self, at: usize) -> Result<(), ReadError> {
        while let Some(open) = self.open.pop_if(|open| open.end <= at) {
            self.look = open.look;
            if open.what == What::Inline {
                continue;
            }
            self.end_paragraph();
            match open.what {
                What::Table => {
                    let rows = self.tables.pop().unwrap_or_default();
                    let page = self.texts.len() == 1 && std::mem::take(&mut self.page);
                    let blocks = grid::blocks(rows, page, &mut self.room)?;
                    self.text().blocks.extend(blocks);
                }
                What::Cell(across, down) => {
                    let blocks = self.end_text();
                    if let Some(table) = self.tables.last_mut() {
                        if table.is_empty() {
                            table.push(Vec::new());
                        }
                        if let Some(row) = table.last_mut() {
                            row.push(Cell {
                                blocks,
                                across,
                                down,
                            });
                        }
                    }
                }
                What::List => drop(self.lists.pop()),
                What::Item => self.end_item(),
                What::Verbatim => {
                    if let Some(lines) = self.text().verbatim.take() {
                        let whole = self.texts.len() == 1;
                        let page = whole && std::mem::take(&mut self.page);
                        let page = if page { "\u{c}" } else { "" };
                        let lines = lines.trim_start_matches('\n').trim_end();
                        let lines = format!("{page}{lines}");
                        self.text().blocks.push(Block::Verbatim(lines));
                    }
                }
                What::Block | What::Inline => {}
            }
            self.page |= open.page_after && self.texts.len() == 1;
        }
        Ok(())
    }

    fn write(&mut self, text: &str) {
        let Look {
            bold,
            capitals,
            as_typed,
        } = self.look;
        let text = if capitals {
            text.to_uppercase()
        } else {
            text.to_owned()
        };
        let within = self.text();
        let bold = bold || within.bold > 0;
        if let Some(lines) = &mut within.verbatim {
            lines.push_str(&text);
        } else if as_typed {
            for (place, line) in text.split('\n').enumerate() {
                if place > 0 {
                    within.draft.end_line();
                }
                within.draft.push(line, bold);
            }
        } else {
            within
                .draft
                .push(&words::collapse(&text, within.draft.ends_blank()), bold);
        }
    }

    fn end_line(&mut self) {
        match &mut self.text().verbatim {
            Some(lines) => lines.push('\n'),
            None => self.text().draft.end_line(),
        }
    }

    fn end_paragraph(&mut self) {
        let whole = self.texts.len() == 1;
        let mut page = self.page && whole;
        let text = self.text();
        if text.verbatim.is_some() {
            return;
        }
        let mut draft = std::mem::take(&mut text.draft);
        let ends_page = draft.ends_page() && whole;
        if !draft.is_blank() && !text.marker.is_empty() {
            draft.lead(&std::mem::take(&mut text.marker));
        }
        for mut paragraph in draft.finish(None) {
            paragraph.page |= std::mem::take(&mut page);
            text.blocks.push(Block::Paragraph(paragraph));
        }
        if whole {
            self.page = page || ends_page;
        }
    }

    /// An item without text shows its marker all the same; in a table's column of numbers it is
    /// the text.
    fn end_item(&mut self) {
        let marker = std::mem::take(&mut self.text().marker);
        if self.texts.len() > 1 && marker.contains(char::is_alphanumeric) {
            self.text().draft.mark(&marker);
            self.end_paragraph();
        }
    }

    fn text(&mut self) -> &mut Text {
        if self.texts.is_empty() {
            self.texts.push(Text::default());
        }
        let last = self.texts.len() - 1;
        &mut self.texts[last]
    }

    fn end_text(&mut self) -> Vec<Block> {
        self.end_paragraph();
        self.texts.pop().map(|text| text.blocks).unwrap_or_default()
    }
}
