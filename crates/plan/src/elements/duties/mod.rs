//! Duties: what a document asks, of whom, how often, until when.
//!
//! They are found in sections of units, in fields below an activity, in tables of tasks and in
//! sentences that give a task, in any part that is not about purposes.

mod deadline;
mod fields;
mod lead;
mod roles;
mod sections;
mod sentences;

pub use fields::{Fields, all as activities};

use std::collections::BTreeMap;

use self::sections::Sections;
use super::outline::{Outline, Place};
use super::text::fold;
use super::{cadence, confidence, span, tables};
use crate::model::{Cadence, Duty, DutyUnit, Reading, UnitRole, Warning};

/// A duty before its clause and its time are known.
#[derive(Debug, Default)]
pub struct Pending {
    /// Of whom.
    pub units: Vec<DutyUnit>,
    /// What.
    pub text: String,
    /// When, where a field or a cell says so.
    pub time: Option<String>,
    /// What must come of it.
    pub product: Option<String>,
    /// Who pays.
    pub budget: Option<String>,
    /// Its row in a table.
    pub row: Option<String>,
    /// The group of rows it stands in.
    pub group: Option<String>,
    /// How sure the rule is.
    pub confidence: u8,
}

/// A duty and the node that asks it.
#[derive(Debug)]
pub struct Found {
    /// The node.
    pub at: usize,
    /// The duty.
    pub duty: Pending,
}

/// The duties of a document, in its order. `year` is that of a plan of one year.
pub fn find(
    reading: &Reading,
    outline: &Outline<'_>,
    activities: &BTreeMap<usize, Fields>,
    year: Option<i32>,
    warnings: &mut Vec<Warning>,
) -> Vec<Duty> {
    let mut taken = vec![false; outline.nodes.len()];
    let mut found = Vec::new();
    for (at, fields) in activities.iter().filter(|(_, fields)| fields.has_units()) {
        taken[*at] = true;
        for node in &fields.nodes {
            taken[*node] = true;
        }
        found.push(Found {
            at: *at,
            duty: of_fields(reading, outline, *at, fields),
        });
    }
    let letters = ["CÔNG VĂN", "CHỈ THỊ", "THÔNG BÁO", "CÔNG ĐIỆN"];
    let mut sections = Sections {
        outline,
        taken: &taken,
        letter: reading
            .kind
            .as_deref()
            .is_none_or(|kind| letters.contains(&kind)),
        holders: vec![None; outline.nodes.len()],
        found,
        named: 0,
        cut: None,
    };
    sections.run();
    let Sections {
        holders,
        mut found,
        cut,
        ..
    } = sections;
    if let Some(at) = cut {
        warnings.push(Warning {
            line: outline.nodes[at].clause.line,
            message: "Nhiệm vụ nêu tên quá nhiều đơn vị; từ dòng này không được đọc nữa".into(),
        });
    }
    for (at, node) in outline.nodes.iter().enumerate() {
        let holders = holders[at].as_deref().unwrap_or_default();
        for task in tables::tasks(node, !holders.is_empty()) {
            found.push(Found {
                at,
                duty: of_task(task, holders),
            });
        }
    }
    // The order of finding is kept within a clause.
    found.sort_by_key(|found| found.at);
    found
        .into_iter()
        .map(|found| finish(found.duty, &outline.nodes[found.at].clause.id, year))
        .collect()
}

/// The activity above its fields: the heading is what is to be done. Fields that stand right
/// below 'Tổ chức thực hiện' speak of the whole document.
fn of_fields(reading: &Reading, outline: &Outline<'_>, at: usize, fields: &Fields) -> Pending {
    let node = &outline.nodes[at];
    let heading = node.heading().trim(&['.', ':', ' ']);
    let own_organisation = node.place == Place::Organisation
        && node
            .parent
            .is_none_or(|parent| outline.nodes[parent].place != Place::Organisation);
    let text = if own_organisation && node.parent.is_none() {
        reading.title.clone()
    } else if heading.is_empty() {
        fields
            .text
            .clone()
            .unwrap_or_else(|| node.lead().raw.to_owned())
    } else {
        heading.raw.to_owned()
    };
    let does = if fields.leads.is_empty() {
        UnitRole::Lead
    } else {
        UnitRole::Assigned
    };
    let mut units = roles::named(fields.leads.clone(), UnitRole::Lead);
    units.extend(roles::named(fields.does.clone(), does));
    units.extend(roles::named(fields.supports.clone(), UnitRole::Support));
    Pending {
        units,
        text,
        time: fields.time.as_ref().map(|(time, _)| time.clone()),
        product: fields.product.clone(),
        budget: fields.money.clone(),
        confidence: if fields.leads.is_empty() && fields.does.is_empty() {
            confidence::INFERRED
        } else {
            confidence::SAID
        },
        ..Pending::default()
    }
}

fn of_task(task: tables::Task, holders: &[DutyUnit]) -> Pending {
    let mut units = roles::named(task.leads, UnitRole::Lead);
    units.extend(roles::named(task.supports, UnitRole::Support));
    let sure = match (units.is_empty(), task.has_units, task.known) {
        (true, true, _) => confidence::LIKELY,
        (_, _, false) => confidence::USUAL,
        _ => confidence::SAID,
    };
    if units.is_empty() {
        units = holders.to_vec();
    }
    Pending {
        units,
        text: task.text,
        time: Some(task.time),
        product: task.product,
        budget: task.money,
        row: task.row,
        group: task.group,
        confidence: sure,
    }
}

fn finish(duty: Pending, clause: &str, year: Option<i32>) -> Duty {
    let text = fold(&duty.text);
    let time = fold(duty.time.as_deref().unwrap_or_default());
    let said = cadence::said(&time).or_else(|| cadence::said(&text));
    let due = span::first(&time, year.filter(|_| !is_yearly(said)))
        .and_then(span::Span::due)
        .or_else(|| deadline::find(&time, year))
        .or_else(|| deadline::find(&text, year));
    // What goes on all year is not due at its end.
    let goes_on = said.is_some_and(|said| said != Cadence::Once);
    let due = due.filter(|due| !goes_on || year.is_none_or(|year| *due != year.to_string()));
    // A date that does not come again is kept once.
    let cadence = said.unwrap_or(match &due {
        Some(due) if !due.starts_with('*') => Cadence::Once,
        Some(_) => Cadence::Monthly,
        None => Cadence::Ongoing,
    });
    Duty {
        clause: clause.to_owned(),
        units: duty.units,
        text: duty.text,
        cadence,
        due,
        product: duty.product,
        budget: duty.budget,
        row: duty.row,
        group: duty.group,
        confidence: duty.confidence,
    }
}

fn is_yearly(said: Option<Cadence>) -> bool {
    said == Some(Cadence::Yearly)
}
