//! A document and what is attached to it: head, body, tail; then a plan behind its decision,
//! annexes behind the signature.

use crate::error::ReadError;
use crate::head::{self, Head};
use crate::letterhead;
use crate::marker::{self, Marker, Sort};
use crate::model::{Attachment, Clause, Warning};
use crate::paragraphs::{Paragraph, is_capitals};
use crate::tail::{self, Tail};
use crate::tree::Builder;

/// A document in its parts.
pub struct Document {
    /// What stands before the body.
    pub head: Head,
    /// The clauses of the body and of all that is attached, in order.
    pub clauses: Vec<Clause>,
    /// What stands behind the body.
    pub tail: Tail,
    /// What is attached.
    pub attachments: Vec<Attachment>,
}

/// What a part begins with.
enum Begin {
    /// A kind of its own: KẾ HOẠCH behind its decision.
    Attached(&'static str),
    /// Phụ lục I, with what stands on its line.
    Annex(Marker, String),
    /// A list without a number: its title, then '(Kèm theo …)'.
    List,
}

/// Takes a document apart.
pub fn read(paragraphs: &[Paragraph], warnings: &mut Vec<Warning>) -> Result<Document, ReadError> {
    let (head, mut rest) = head::read(paragraphs, warnings);
    let mut builder = Builder::default();
    let mut attachments = Vec::new();
    let mut tails = Vec::new();
    let own = head.kind.clone();
    let mut annex = false;
    loop {
        let next = (0..rest.len()).find_map(|place| {
            Some((
                place,
                begins(rest, place, own.as_deref(), !tails.is_empty())?,
            ))
        });
        let end = next.as_ref().map_or(rest.len(), |(place, _)| *place);
        let part = &rest[..end];
        let split = tail::begins(part).unwrap_or(part.len());
        let (body, behind) = part.split_at(split);
        if annex {
            builder.read_annex(body, warnings)?;
        } else {
            builder.read(body, warnings)?;
        }
        if !behind.is_empty() {
            tails.push(tail::read(&behind[..letterhead::again(behind)]));
        }
        let Some((place, begin)) = next else {
            break;
        };
        let line = rest[place].line;
        let (title, from) = match &begin {
            Begin::Attached(kind) => head::title(rest, place + 1, kind),
            Begin::Annex(_, title) if !title.is_empty() => (title.clone(), place + 1),
            Begin::Annex(..) => head::title(rest, place + 1, ""),
            Begin::List => head::title(rest, place, ""),
        };
        let (title, kind) = (plain_title(&title), kind_of(&begin));
        annex = !matches!(begin, Begin::Attached(_));
        let marker = match begin {
            Begin::Annex(marker, _) => Some(marker),
            Begin::List => Some(Marker {
                sort: Sort::Annex,
                text: "Phụ lục".to_owned(),
            }),
            Begin::Attached(_) => None,
        };
        if let Some(marker) = marker {
            builder.annex(
                &marker,
                Some(title.as_str()).filter(|title| !title.is_empty()),
                line,
            );
        }
        attachments.push(Attachment { kind, title, line });
        // '(Kèm theo Quyết định số …)' says again what is known.
        let told = rest[from..]
            .iter()
            .take_while(|paragraph| is_reference(&paragraph.text))
            .count();
        rest = &rest[from + told..];
    }
    let lines = paragraphs.last().and_then(|last| last.raw.last());
    let clauses = builder.finish(lines.map_or(0, |line| line.number))?;
    let mut tail = Tail::default();
    for other in tails {
        tail.signer = tail.signer.or(other.signer);
        if tail.recipients.is_empty() {
            tail.recipients = other.recipients;
        }
    }
    Ok(Document {
        head,
        clauses,
        tail,
        attachments,
    })
}

/// Whether something that is attached begins here. `signed` says that a signature stood before.
fn begins(
    paragraphs: &[Paragraph],
    place: usize,
    own: Option<&str>,
    signed: bool,
) -> Option<Begin> {
    let paragraph = &paragraphs[place];
    if paragraph.note || paragraph.text.chars().count() > 300 {
        return None;
    }
    // 'QUYẾT ĐỊNH' stands a second time, below the grounds of a decision.
    if let Some(kind) = head::kind_of(&paragraph.text).filter(|kind| Some(*kind) != own) {
        return Some(Begin::Attached(kind));
    }
    if let Some((marker, rest)) =
        marker::read(&paragraph.text).filter(|(marker, _)| marker.sort == Sort::Annex)
    {
        let rest = rest.to_owned();
        return Some(Begin::Annex(marker, rest));
    }
    let behind = paragraphs[place + 1..].iter().take(3);
    let refers = |paragraph: &Paragraph| is_reference(&paragraph.text);
    let list = is_capitals(&paragraph.text)
        && marker::read(&paragraph.text).is_none()
        && !paragraph.text.contains("   ");
    let titled = behind
        .clone()
        .take_while(|next| is_capitals(&next.text) || refers(next));
    (signed && list && titled.clone().any(refers)).then_some(Begin::List)
}

/// '(Kèm theo Kế hoạch số …)'
fn is_reference(text: &str) -> bool {
    let inner = text.trim_start_matches(['(', '*', '_', ' ']);
    text.trim_start_matches(['*', '_', ' ']).starts_with('(')
        && [
            "Kèm theo",
            "kèm theo",
            "Ban hành kèm theo",
            "Ban hành theo",
            "Đính kèm",
            "Phê duyệt kèm",
        ]
        .iter()
        .any(|words| inner.starts_with(words))
}

fn plain_title(title: &str) -> String {
    let end = title.find("(Kèm theo").or_else(|| title.find("(Ban hành"));
    title[..end.unwrap_or(title.len())].trim().to_owned()
}

fn kind_of(begin: &Begin) -> String {
    match begin {
        Begin::Attached(kind) => (*kind).to_owned(),
        Begin::Annex(marker, _) => marker.text.clone(),
        Begin::List => "Phụ lục".to_owned(),
    }
}
