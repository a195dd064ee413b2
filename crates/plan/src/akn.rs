//! Akoma Ntoso 3.0 (OASIS `LegalDocML`, 2018): a reading in the XML that parliaments and archives
//! exchange.

mod body;
mod edges;
mod meta;
mod names;
mod xml;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::{Attachment, Clause, Reading};
use names::Day;
use xml::Xml;

const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// What the document itself does not say.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The day on which the XML is made.
    pub made: NaiveDate,
}

/// The document as Akoma Ntoso: a `doc` named after its kind, `ke-hoach`, with its letterhead as
/// preface, what stands before the first clause as preamble, each clause under its own eId, and
/// signature and receivers as conclusions. A plan behind its decision and annexes are attachments,
/// documents of their own.
///
/// A date of which only the year is known is written as the first of January, as the schema wants a
/// whole day; its name and the document's address tell that the day is not known. The same reading
/// and options give the same bytes.
pub fn xml(reading: &Reading, options: &Options) -> String {
    let context = Context::of(reading, *options);
    let (own, attached) = parts(reading);
    let mut xml = Xml::new();
    xml.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
    let name = names::document(reading.kind.as_deref());
    xml.open("doc", &[("name", &name)]);
    meta::write(
        &mut xml,
        &context,
        "main",
        reading.kind.as_deref(),
        &reading.title,
    );
    edges::preface(&mut xml, &context);
    let rest = preamble(&mut xml, &context, &own);
    main_body(&mut xml, &context, rest);
    edges::conclusions(&mut xml, &context);
    if !attached.is_empty() {
        xml.open("attachments", &[]);
        for (place, (attachment, clauses)) in attached.iter().enumerate() {
            attach(&mut xml, &context, place + 1, attachment, clauses);
        }
        xml.close();
    }
    xml.finish()
}

/// What every part of the writing looks at.
struct Context<'a> {
    reading: &'a Reading,
    options: Options,
    day: Day,
    /// The document's address as a work.
    work: String,
    /// The place of each act that is cited, by its number.
    cited: HashMap<&'a str, usize>,
    /// The addresses of the acts.
    hrefs: Vec<String>,
}

impl<'a> Context<'a> {
    fn of(reading: &'a Reading, options: Options) -> Self {
        let day = Day::of(reading.date.as_deref());
        let numbered = reading
            .acts
            .iter()
            .enumerate()
            .filter(|(_, act)| !act.number.is_empty());
        // Of two acts with one number the first is meant.
        let cited = numbered
            .rev()
            .map(|(place, act)| (act.number.as_str(), place))
            .collect();
        Self {
            work: names::work(reading, &day),
            hrefs: reading.acts.iter().map(names::act).collect(),
            reading,
            options,
            day,
            cited,
        }
    }
}

/// The clauses of the document itself, and those of each attachment.
type Parts<'a> = (Vec<&'a Clause>, Vec<(&'a Attachment, Vec<&'a Clause>)>);

fn parts(reading: &Reading) -> Parts<'_> {
    let mut own = Vec::new();
    let mut attached: Vec<_> = reading
        .attachments
        .iter()
        .map(|one| (one, Vec::new()))
        .collect();
    for clause in &reading.clauses {
        let holder = attached
            .iter_mut()
            .rev()
            .find(|(attachment, _)| attachment.line <= clause.line);
        match holder {
            Some((_, clauses)) => clauses.push(clause),
            None => own.push(clause),
        }
    }
    (own, attached)
}

/// Unnumbered words before the first clause; answers the clauses behind them.
fn preamble<'c, 'a>(
    xml: &mut Xml,
    context: &Context,
    clauses: &'c [&'a Clause],
) -> &'c [&'a Clause] {
    match clauses.split_first() {
        Some((first, rest)) if first.marker.is_none() && first.children.is_empty() => {
            edges::preamble(xml, context, first);
            rest
        }
        _ => clauses,
    }
}

fn main_body(xml: &mut Xml, context: &Context, clauses: &[&Clause]) {
    xml.open("mainBody", &[]);
    for clause in clauses {
        body::clause(xml, context, clause, &mut Vec::new());
    }
    if clauses.is_empty() {
        xml.empty("p", &[]);
    }
    xml.close();
}

fn attach(
    xml: &mut Xml,
    context: &Context,
    place: usize,
    attachment: &Attachment,
    clauses: &[&Clause],
) {
    let component = format!("att_{place}");
    let kind = Some(attachment.kind.as_str());
    // An annex is a clause itself: its address is the attachment's, what it holds is the body.
    let annex = clauses
        .first()
        .filter(|first| first.marker.as_deref() == kind);
    let name = names::document(kind);
    let own = format!("att_{name}_{place}");
    let id = annex.map_or(own.as_str(), |annex| annex.eid.as_str());
    xml.open("attachment", &[("eId", id)]);
    if let Some(annex) = annex {
        xml.words("num", &[], &attachment.kind);
        if let Some(heading) = &annex.heading {
            xml.words("heading", &[], heading);
        }
    }
    xml.open("doc", &[("name", &name)]);
    meta::write(xml, context, &component, kind, &attachment.title);
    if let Some(annex) = annex {
        xml.open("mainBody", &[]);
        body::text(xml, context, annex, &annex.eid);
        for child in &annex.children {
            body::clause(xml, context, child, &mut vec![*annex]);
        }
        for other in &clauses[1..] {
            body::clause(xml, context, other, &mut Vec::new());
        }
        if annex.text.is_empty() && annex.children.is_empty() && clauses.len() == 1 {
            xml.empty("p", &[]);
        }
        xml.close();
    } else {
        edges::title(xml, Some(&attachment.kind), &attachment.title);
        let rest = preamble(xml, context, clauses);
        main_body(xml, context, rest);
    }
    xml.close();
    xml.close();
}
