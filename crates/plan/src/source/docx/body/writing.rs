//! What stands in a paragraph, run by run, and the paragraph when it is whole.

use super::super::notes::Kind;
use super::super::props::ParagraphProps;
use super::super::styles::Face;
use super::super::symbols;
use super::super::xml::Tag;
use super::{Body, Field, Writing};
use crate::source::block::{Block, Draft};

impl Body<'_, '_> {
    pub(super) fn write(&mut self, text: &str) {
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

    pub(super) fn sign(&mut self, tag: &Tag<'_>) {
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

    pub(super) fn end_paragraph(&mut self) {
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

    pub(super) fn put(&mut self, draft: Draft, strong: bool, page: bool) {
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
    pub(super) fn begin_section(&mut self, page: bool) {
        let [flow] = &mut self.flows[..] else { return };
        match self.section.and_then(|begin| flow.blocks.get_mut(begin)) {
            Some(Block::Paragraph(paragraph)) => paragraph.page |= page,
            Some(Block::Table(table)) => table.page |= page,
            Some(Block::Verbatim(_)) | None => {}
        }
        self.section = Some(flow.blocks.len());
    }
}
