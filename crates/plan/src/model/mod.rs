//! What is read from a document: the contract of `loa plan read --json`.

use serde::{Deserialize, Serialize};

mod elements;
mod kinds;

pub use elements::{
    Act, Audience, Cadence, Channel, Duty, DutyUnit, Milestone, MoneyRule, Relation, RelationKind,
    Report, Theme, UnitRole,
};
pub use kinds::ChannelKind;

/// Everything that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// As printed: KẾ HOẠCH, QUYẾT ĐỊNH …
    pub kind: Option<String>,
    /// What it is about.
    pub title: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The body above the issuer, as the letterhead prints it.
    #[serde(default)]
    pub parent: Option<String>,
    /// `173/KH-UBND`; none when its place is blank.
    pub number: Option<String>,
    /// `KH-UBND`
    pub notation: Option<String>,
    /// Where it was issued.
    pub place: Option<String>,
    /// `2026-04-28`, or as much of it as is printed: `2021`.
    pub date: Option<String>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// For which years.
    pub period: Option<Period>,
    /// The clause tree.
    pub clauses: Vec<Clause>,
    /// Legal acts cited.
    pub acts: Vec<Act>,
    /// What must be talked about.
    pub themes: Vec<Theme>,
    /// On which kinds of channel.
    pub channels: Vec<Channel>,
    /// Who owes what.
    pub duties: Vec<Duty>,
    /// Who reports when.
    pub reports: Vec<Report>,
    /// Whom it wants to reach.
    #[serde(default)]
    pub audiences: Vec<Audience>,
    /// Who pays.
    #[serde(default)]
    pub money: Vec<MoneyRule>,
    /// What is to be reached by when.
    #[serde(default)]
    pub milestones: Vec<Milestone>,
    /// How it stands to other documents.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Documents that are attached to it: a plan behind its decision, an annex.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// TM., KT., TL., TUQ.
    pub form: Option<String>,
    /// The post.
    pub title: String,
    /// The name.
    pub name: String,
}

/// From year to year, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
}

/// An addressed part of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// `II.1.3`
    pub id: String,
    /// `part_II__sec_1__point_3`, after Akoma Ntoso's naming convention.
    pub eid: String,
    /// As printed, without its punctuation; none for an unnumbered paragraph.
    pub marker: Option<String>,
    /// Its first line in the text file, from 1.
    pub line: usize,
    /// What stands behind the marker when it is a heading.
    pub heading: Option<String>,
    /// Its own text, paragraphs parted by line ends.
    pub text: String,
    /// The clauses below it.
    pub children: Vec<Clause>,
}

/// A document that is attached to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// KẾ HOẠCH, PHỤ LỤC I
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// Where it begins, from 1.
    pub line: usize,
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Where, from 1.
    pub line: usize,
    /// What, in Vietnamese.
    pub message: String,
}

impl Reading {
    /// Every clause, in the document's order.
    pub fn walk(&self) -> impl Iterator<Item = &Clause> {
        let mut open: Vec<&Clause> = self.clauses.iter().rev().collect();
        std::iter::from_fn(move || {
            let clause = open.pop()?;
            open.extend(clause.children.iter().rev());
            Some(clause)
        })
    }
}
