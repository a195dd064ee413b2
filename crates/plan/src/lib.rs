//! Reads official Vietnamese documents: bytes → paragraphs → clause tree → plan.
//!
//! Nothing is guessed silently: a blank number stays blank, a paragraph joined over a page break
//! is told in a warning, and every element names the clause it was read from.

mod address;
pub mod akn;
mod columns;
mod compare;
mod document;
mod elements;
mod error;
mod head;
mod headings;
mod layout;
mod letterhead;
mod marker;
mod model;
mod paragraphs;
pub mod print;
mod source;
mod tail;
mod tree;

pub use compare::{Change, Piece, PieceKind, compare, pieces};
use document::Document;
pub use error::{DocxFault, PdfFault, ReadError};
pub use model::{
    Act, Attachment, Audience, Cadence, Channel, ChannelKind, Clause, Duty, DutyUnit, Milestone,
    MoneyRule, Period, Reading, Relation, RelationKind, Report, Signer, Theme, UnitRole, Warning,
};

/// A document may be this large.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// Reads a document. The file's name is only a hint; its content decides.
pub fn read(bytes: &[u8], _file_name: Option<&str>) -> Result<Reading, ReadError> {
    let lines = source::lines(bytes)?;
    let mut warnings = Vec::new();
    let paragraphs = paragraphs::join(&layout::of(&lines), &mut warnings);
    let Document {
        head,
        clauses,
        tail,
        attachments,
    } = document::read(&paragraphs, &mut warnings)?;
    let title = head.title.clone();
    let mut reading = Reading {
        kind: head.kind,
        title: head.title,
        issuer: head.issuer,
        parent: head.parent,
        number: head.number,
        notation: head.notation,
        place: head.place,
        date: head.date,
        signer: tail.signer,
        recipients: tail.recipients,
        period: None,
        clauses,
        acts: Vec::new(),
        themes: Vec::new(),
        channels: Vec::new(),
        duties: Vec::new(),
        reports: Vec::new(),
        audiences: Vec::new(),
        money: Vec::new(),
        milestones: Vec::new(),
        relations: Vec::new(),
        attachments,
        warnings,
    };
    if reading.issuer.is_none() {
        reading.issuer = head::issuer_in_body(&reading, &title);
    }
    elements::find(&mut reading);
    reading.warnings.sort_by_key(|warning| warning.line);
    Ok(reading)
}

/// The document as printed, line by line: line `n` of it is what `Clause::line` counts.
pub fn text(bytes: &[u8], _file_name: Option<&str>) -> Result<String, ReadError> {
    let lines = source::lines(bytes)?;
    Ok(lines
        .iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join("\n"))
}
