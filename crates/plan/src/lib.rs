//! Reads official Vietnamese documents: bytes → paragraphs → clause tree → plan.
//!
//! Nothing is guessed silently: a blank number stays blank, a paragraph joined over a page break
//! is told in a warning, and every element names the clause it was read from.

mod compare;
mod elements;
mod error;
mod head;
mod marker;
mod model;
mod paragraphs;
mod source;
mod tail;
mod tree;

pub use compare::{Change, Piece, PieceKind, compare, pieces};
pub use error::{DocxFault, ReadError};
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
    let paragraphs = paragraphs::join(&lines, &mut warnings);
    let (head, rest) = head::read(&paragraphs, &mut warnings);
    let (body, tail) = tail::split(rest);
    let tail = tail::read(tail);
    let clauses = tree::build(body, &mut warnings)?;
    let title = head.title.clone();
    let mut reading = Reading {
        kind: head.kind,
        title: head.title,
        issuer: head.issuer,
        parent: None,
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
        attachments: Vec::new(),
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
