//! The text of a part, element by element, to paragraphs and tables.
//!
//! What is open is kept on a stack of our own, so that no nesting uses up the machine's.

mod writing;

use super::lists::Lists;
use super::notes::Notes;
use super::props::{self, CellProps, ParagraphProps, RunProps};
use super::styles::Styles;
use super::xml::{Node, Tag, Xml};
use crate::error::ReadError;
use crate::source::block::{Block, Draft};
use crate::source::grid::{self, Cell, Down, Room};

/// No document sets a table in a table in a table further than this.
const MAX_TABLES: usize = 20;

/// What all parts of a document share.
pub struct Shared<'a> {
    /// Its styles.
    pub styles: &'a Styles,
    /// Its lists, counted as far as it has been read.
    pub lists: Lists<'a>,
    /// Its notes.
    pub notes: Notes,
    /// What its tables may still fill.
    pub room: Room,
}

/// The blocks of a part, or of the element that was just begun in it.
pub fn read(xml: &mut Xml<'_>, shared: &mut Shared<'_>) -> Result<Vec<Block>, ReadError> {
    let mut body = Body {
        shared,
        open: Vec::new(),
        flows: vec![Flow::default()],
        tables: Vec::new(),
        paragraphs: Vec::new(),
        fields: Vec::new(),
        page: false,
        section: None,
    };
    let depth = xml.depth();
    while let Some(node) = xml.inside(depth)? {
        match node {
            Node::Open(tag) => body.begin(&tag, xml)?,
            Node::Close => body.end()?,
            // Text that is read is read where its element begins.
            Node::Text(_) => {}
        }
    }
    Ok(body.end_flow())
}

struct Body<'a, 'b> {
    shared: &'a mut Shared<'b>,
    /// The elements that are open, innermost last.
    open: Vec<Open>,
    /// The body, and in it cells and text boxes: each a text of its own.
    flows: Vec<Flow>,
    tables: Vec<Filling>,
    paragraphs: Vec<Writing>,
    fields: Vec<Field>,
    /// Whether a page ended behind the last paragraph.
    page: bool,
    /// The block with which the current section begins, unless it is the first.
    section: Option<usize>,
}

/// What an open element is to be closed as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Paragraph,
    Run,
    Table,
    Row,
    Cell,
    Box,
    /// Branches of which one is read, and whether one was.
    Choices(bool),
    Other,
}

#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    /// A paragraph whose mark is not seen: the next one goes on in its line.
    before: Option<Draft>,
}

/// A table that is being read.
#[derive(Default)]
struct Filling {
    rows: Vec<Vec<Cell>>,
    cell: CellProps,
    page: bool,
}

#[derive(Default)]
struct Writing {
    props: ParagraphProps,
    run: RunProps,
    draft: Draft,
}

/// A field is an instruction, then what it results in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Instruction,
    Result,
}

impl Body<'_, '_> {
    fn begin(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let parent = self.open.last().copied();
        let in_run = parent == Some(Open::Run);
        let open = match tag.name {
            "p" | "r" | "tbl" | "tr" | "tc" | "txbxContent" => self.open_text(tag.name)?,
            "mc:AlternateContent" => Open::Choices(false),
            "mc:Choice" | "mc:Fallback" => {
                let known = tag
                    .attribute("Requires")
                    .is_none_or(|prefixes| xml.knows(&prefixes));
                match self.open.last_mut() {
                    Some(Open::Choices(taken)) if !*taken && known => *taken = true,
                    _ => return xml.skip(),
                }
                Open::Other
            }
            "pPr" if parent == Some(Open::Paragraph) => {
                let props = props::paragraph(xml)?;
                if let Some(writing) = self.paragraphs.last_mut() {
                    writing.props = props;
                }
                return Ok(());
            }
            "rPr" if in_run => {
                let props = props::run(xml)?;
                if let Some(writing) = self.paragraphs.last_mut() {
                    writing.run = props;
                }
                return Ok(());
            }
            "trPr" if parent == Some(Open::Row) => return self.row(xml),
            "tcPr" if parent == Some(Open::Cell) => {
                let props = props::cell(xml)?;
                if let Some(table) = self.tables.last_mut() {
                    table.cell = props;
                }
                return Ok(());
            }
            "sectPr" => {
                let page = props::section(xml)?;
                self.begin_section(page);
                return Ok(());
            }
            "t" | "m:t" if in_run || tag.name == "m:t" => {
                let text = xml.text()?;
                self.write(&text);
                return Ok(());
            }
            "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "sym" | "fldChar"
            | "footnoteReference" | "endnoteReference"
                if in_run =>
            {
                self.sign(tag);
                return xml.skip();
            }
            // Properties out of place, what revisions took out, instructions, readings of signs.
            "pPr" | "rPr" | "trPr" | "tcPr" | "tblPr" | "tblPrEx" | "tblGrid" | "sdtPr"
            | "sdtEndPr" | "del" | "moveFrom" | "instrText" | "delText" | "delInstrText" | "rt" => {
                return xml.skip();
            }
            _ => Open::Other,
        };
        self.open.push(open);
        Ok(())
    }

    /// Begins what text stands in.
    fn open_text(&mut self, name: &str) -> Result<Open, ReadError> {
        Ok(match name {
            "p" => {
                self.paragraphs.push(Writing::default());
                Open::Paragraph
            }
            "r" => {
                if let Some(writing) = self.paragraphs.last_mut() {
                    writing.run = RunProps::default();
                }
                Open::Run
            }
            "tbl" => {
                if self.tables.len() == MAX_TABLES {
                    return Err(ReadError::Nested);
                }
                let page = self.flows.len() == 1 && std::mem::take(&mut self.page);
                self.tables.push(Filling {
                    page,
                    ..Filling::default()
                });
                Open::Table
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
                Open::Row
            }
            "tc" => {
                self.flows.push(Flow::default());
                if let Some(table) = self.tables.last_mut() {
                    table.cell = CellProps::default();
                }
                Open::Cell
            }
            "txbxContent" => {
                self.flows.push(Flow::default());
                Open::Box
            }
            _ => Open::Other,
        })
    }

    fn end(&mut self) -> Result<(), ReadError> {
        match self.open.pop() {
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::Table) => {
                if let Some(table) = self.tables.pop() {
                    let blocks = grid::blocks(table.rows, table.page, &mut self.shared.room)?;
                    self.flow().blocks.extend(blocks);
                }
            }
            Some(Open::Cell) => self.end_cell(),
            Some(Open::Box) => {
                // Before the paragraph that holds it, which is still being written.
                let blocks = self.end_flow();
                self.flow().blocks.extend(blocks);
            }
            Some(Open::Run | Open::Row | Open::Choices(_) | Open::Other) | None => {}
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let props = props::row(xml)?;
        let Some(table) = self.tables.last_mut() else {
            return Ok(());
        };
        if props.deleted {
            table.rows.pop();
            self.open.pop();
            return xml.skip();
        }
        if let Some(row) = table.rows.last_mut()
            && props.before > 0
        {
            row.push(Cell {
                across: props.before,
                ..Cell::default()
            });
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let blocks = self.end_flow();
        let Some(table) = self.tables.last_mut() else {
            return self.flow().blocks.extend(blocks);
        };
        let props = std::mem::take(&mut table.cell);
        if let Some(row) = table.rows.last_mut().filter(|_| !props.deleted) {
            row.push(Cell {
                blocks,
                across: props.across,
                down: if props.continues {
                    Down::Continues
                } else {
                    Down::One
                },
            });
        }
    }

    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    fn end_flow(&mut self) -> Vec<Block> {
        if let Some(draft) = self.flow().before.take() {
            let strong = draft.is_bold();
            self.put(draft, strong, false);
        }
        self.flows.pop().map(|flow| flow.blocks).unwrap_or_default()
    }
}
