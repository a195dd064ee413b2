//! The text of a part, element by element, to paragraphs and tables.
//!
//! What is open is kept on a stack of our own, so that no nesting uses up the machine's.

use super::super::block::{Block, Draft};
use super::super::grid::{self, Cell, Down, Room};
use super::lists::Lists;
use super::notes::{Kind, Notes};
use super::props::{self, CellProps, ParagraphProps, RunProps};
use super::styles::{Face, Styles};
use super::symbols;
use super::xml::{Node, Tag, Xml};
use crate::error::ReadError;

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
    tables: Vec<Rows>,
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

#[derive(Default)]
struct Rows {
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
                self.tables.push(Rows {
                    page,
                    ..Rows::default()
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
            "t" if in_run => {
                let text = xml.text()?;
                self.write(&text);
                return Ok(());
            }
            "m:t" => {
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

    fn end_paragraph(&mut self) {
        let Some(Writing { props, draft, .. }) = self.paragraphs.pop() else {
            return;
        };
        // An instruction that its paragraph leaves open was never closed.
        self.fields.retain(|field| *field == Field::Result);
        let mut draft = match self.flow().before.take() {
            Some(mut before) => {
                before.join(draft);
                before
            }
            None => draft,
        };
        let blank = draft.is_blank();
        let hidden = props.mark.hidden == Some(true);
        if props.mark.deleted || (hidden && blank) {
            self.flow().before = Some(draft);
            return self.end_section(&props);
        }
        let look = self.shared.styles.look(props.style.as_deref());
        let strong = look.heading_with(props.outline) || draft.is_bold();
        let inner = self.flows.len() > 1;
        if let Some(marker) = self.shared.lists.next((props.list, props.level), &look)
            && (!blank || (inner && !marker.bullet))
        {
            draft.lead(&marker.text);
        }
        if hidden {
            self.flow().before = Some(draft);
            return self.end_section(&props);
        }
        if !look.contents {
            self.put(draft, strong, props.page.unwrap_or(look.page));
        }
        self.end_section(&props);
    }

    fn put(&mut self, draft: Draft, strong: bool, page: bool) {
        let ends_page = draft.ends_page();
        let mut paragraphs = draft.finish(Some(strong));
        if self.flows.len() == 1 {
            self.page |= page;
            if let Some(first) = paragraphs.first_mut() {
                first.page |= std::mem::take(&mut self.page);
            }
            self.page |= ends_page;
        } else if let Some(table) = self.tables.first_mut() {
            // A table whose first row begins a page begins it.
            table.page |= page && table.rows.len() == 1;
        }
        let blocks = paragraphs.into_iter().map(Block::Paragraph);
        self.flow().blocks.extend(blocks);
    }

    fn end_section(&mut self, props: &ParagraphProps) {
        if let Some(page) = props.section {
            self.begin_section(page);
        }
    }

    /// A section's properties stand at its end and say how it began; behind them begins the next.
    fn begin_section(&mut self, page: bool) {
        let [flow] = &mut self.flows[..] else { return };
        match self.section.and_then(|begin| flow.blocks.get_mut(begin)) {
            Some(Block::Paragraph(paragraph)) => paragraph.page |= page,
            Some(Block::Table(table)) => table.page |= page,
            Some(Block::Verbatim(_)) | None => {}
        }
        self.section = Some(flow.blocks.len());
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

    fn write(&mut self, text: &str) {
        let Some((writing, face)) = self.seen() else {
            return;
        };
        let drawn = writing.run.face.as_deref();
        let text: String = text
            .chars()
            .map(|letter| match letter {
                '\t' | '\n' | '\r' => ' ',
                letter => symbols::sign(letter, drawn),
            })
            .collect();
        if face.capitals {
            writing.draft.push(&text.to_uppercase(), face.bold);
        } else {
            writing.draft.push(&text, face.bold);
        }
    }

    fn sign(&mut self, tag: &Tag<'_>) {
        if tag.name == "fldChar" {
            return self.field(tag);
        }
        let Some((writing, _)) = self.seen() else {
            return;
        };
        let draft = &mut writing.draft;
        match tag.name {
            "tab" | "ptab" => draft.mark("\t"),
            "noBreakHyphen" => draft.mark("-"),
            "br" if tag.attribute("type").as_deref() == Some("page") => draft.end_page(),
            "br" | "cr" => draft.end_line(),
            "sym" => {
                let code = tag.attribute("char");
                let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(letter) = code.and_then(char::from_u32) {
                    let face = tag.attribute("font");
                    draft.mark(symbols::sign(letter, face.as_deref()).encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" => self.note(Kind::Foot, tag),
            "endnoteReference" => self.note(Kind::End, tag),
            _ => {}
        }
    }

    fn note(&mut self, kind: Kind, tag: &Tag<'_>) {
        let id = tag.attribute("id").unwrap_or_default();
        if let Some((mark, note)) = self.shared.notes.refer(kind, id)
            && let Some(writing) = self.paragraphs.last_mut()
        {
            writing.draft.mark(&mark);
            if let Some(note) = note {
                writing.draft.note(note);
            }
        }
    }

    fn field(&mut self, tag: &Tag<'_>) {
        match tag.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::Instruction),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    *field = Field::Result;
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// The paragraph that is being written and how its run looks, if that is to be seen.
    fn seen(&mut self) -> Option<(&mut Writing, Face)> {
        if self.fields.contains(&Field::Instruction) {
            return None;
        }
        let writing = self.paragraphs.last_mut()?;
        let style = writing.props.style.as_deref();
        let face = self.shared.styles.face(style, &writing.run);
        (!face.hidden).then_some((writing, face))
    }
}
