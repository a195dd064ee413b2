//! An element of a plan: something that a clause asks or says, as it was proposed and as a person
//! decided it.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use loa_plan::Reading;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::data::Data;
use super::decide::Seen;
use super::entity::element;
use crate::error::Failure;
use crate::ids::{ElementId, PersonId, PlanId};

/// From so many percent on the reader is sure enough that an element may be accepted with others;
/// what is below, a person looks at for itself.
pub const SURE: i64 = 70;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What must be talked about.
    Theme,
    /// On which kind of channel.
    Channel,
    /// Whom the plan wants to reach.
    Audience,
    /// Who owes what.
    Duty,
    /// Who reports when.
    Report,
    /// What is to be reached by when.
    Milestone,
    /// Who pays.
    Money,
    /// How the plan stands to another document.
    Relation,
}

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing yet.
    Proposed,
    /// It belongs to the plan.
    Accepted,
    /// It does not.
    Rejected,
}

/// An element as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Its id.
    pub id: ElementId,
    /// The eId of the clause that proves it.
    pub clause: String,
    /// As it was proposed: by the reader, or as it was in force before; nothing when a person
    /// added it.
    pub proposed: Option<Data>,
    /// As it stands now.
    pub data: Data,
    /// What was decided.
    pub decision: Decision,
    /// How sure the reader was, in percent.
    pub confidence: i64,
    /// Its place among those of its kind and clause.
    pub position: i64,
    /// Goes up with every change.
    pub version: i64,
    /// The theme, channel, duty or regime that it became.
    pub row: Option<i64>,
    /// The element of the corrected plan whose place it takes.
    pub follows: Option<ElementId>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

impl Kind {
    /// All of them, in the order of the review.
    pub const ALL: [Self; 8] = [
        Self::Theme,
        Self::Channel,
        Self::Audience,
        Self::Duty,
        Self::Report,
        Self::Milestone,
        Self::Money,
        Self::Relation,
    ];

    /// Its name in the store and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Channel => "channel",
            Self::Audience => "audience",
            Self::Duty => "duty",
            Self::Report => "report",
            Self::Milestone => "milestone",
            Self::Money => "money",
            Self::Relation => "relation",
        }
    }
}

impl FromStr for Kind {
    type Err = Failure;
    fn from_str(text: &str) -> Result<Self, Failure> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or(Failure::Invalid("error-form"))
    }
}

impl Decision {
    /// Its name in the store and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

impl FromStr for Decision {
    type Err = Failure;
    fn from_str(text: &str) -> Result<Self, Failure> {
        [Self::Proposed, Self::Accepted, Self::Rejected]
            .into_iter()
            .find(|decision| decision.name() == text)
            .ok_or(Failure::Invalid("error-form"))
    }
}

impl Element {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.data.kind()
    }

    /// As it is seen now.
    pub fn seen(&self) -> Seen {
        Seen {
            id: self.id,
            version: self.version,
        }
    }

    /// Whether nobody decided yet.
    pub fn open(&self) -> bool {
        self.decision == Decision::Proposed
    }

    /// Whether a person should look at it for itself: the reader was not sure, or something is
    /// missing without which it cannot be accepted.
    pub fn unsure(&self) -> bool {
        self.confidence < SURE || !self.data.faults().none()
    }

    /// Whether it is no longer as it was proposed.
    pub fn edited(&self) -> bool {
        self.proposed.as_ref().is_some_and(|was| *was != self.data)
    }
}

impl TryFrom<element::Model> for Element {
    type Error = Failure;
    fn try_from(row: element::Model) -> Result<Self, Failure> {
        let kind: Kind = row.kind.parse()?;
        let proposed = row.proposed.as_deref();
        Ok(Self {
            id: row.id,
            clause: row.clause,
            proposed: proposed.map(|text| Data::parse(kind, text)).transpose()?,
            data: Data::parse(kind, &row.data)?,
            decision: row.state.parse()?,
            confidence: row.confidence,
            position: row.position,
            version: row.version,
            row: row.row_id,
            follows: row.follows,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
        })
    }
}

/// The elements of a plan by kind, in the order of its document.
pub async fn elements(
    connection: &impl ConnectionTrait,
    plan: PlanId,
    reading: &Reading,
) -> Result<Vec<Element>, Failure> {
    let rows = element::Entity::find()
        .filter(element::Column::PlanId.eq(plan))
        .filter(element::Column::EndedAt.is_null())
        .all(connection)
        .await?;
    let place: BTreeMap<&str, usize> = reading
        .walk()
        .enumerate()
        .map(|(place, clause)| (clause.eid.as_str(), place))
        .collect();
    let mut elements = rows
        .into_iter()
        .map(Element::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    elements.sort_by_key(|one| {
        let place = place.get(one.clause.as_str()).copied();
        (one.kind(), place, one.position, one.id)
    });
    Ok(elements)
}
