//! What a draft proposes: everything that the reader found, each with the clause that proves it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use loa_plan::Reading;
use sea_orm::{ConnectionTrait, EntityTrait, Set};

use super::data::{Data, Label};
use super::element::{Decision, Kind};
use super::entity::element;
use super::rows::BATCH;
use crate::error::Failure;
use crate::ids::{ElementId, PersonId, PlanId};

/// An element on its way into a draft.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    /// The eId of its clause.
    pub(super) clause: String,
    /// As the reader proposed it; nothing when a person added it to the plan that is corrected.
    pub(super) proposed: Option<Data>,
    /// As it stands.
    pub(super) data: Data,
    /// What was decided before, for a clause that a corrected document leaves as it was.
    pub(super) decision: Decision,
    /// How sure the reader is, in percent.
    pub(super) confidence: i64,
    /// The element of the corrected plan whose place it takes.
    pub(super) follows: Option<ElementId>,
    /// Who decided before.
    pub(super) decided: Option<(PersonId, DateTime<Utc>)>,
}

/// Everything that was read from a document.
pub(super) fn read(reading: &Reading) -> Vec<Proposal> {
    let eids: BTreeMap<&str, &str> = reading
        .walk()
        .map(|clause| (clause.id.as_str(), clause.eid.as_str()))
        .collect();
    let mut proposals = Vec::new();
    let mut add = |clause: &str, data: Data, confidence: u8| {
        // An element that names no clause has no proof.
        if let Some(eid) = eids.get(clause) {
            proposals.push(Proposal::of(eid, data, confidence.into()));
        }
    };
    let label = |label: &str| Label {
        label: label.to_owned(),
    };
    for read in &reading.themes {
        add(
            &read.clause,
            Data::Theme(label(&read.label)),
            read.confidence,
        );
    }
    for read in &reading.channels {
        add(&read.clause, read.into(), read.confidence);
    }
    for read in &reading.audiences {
        let data = Data::Audience(label(&read.label));
        add(&read.clause, data, read.confidence);
    }
    for read in &reading.duties {
        add(&read.clause, read.into(), read.confidence);
    }
    for read in &reading.reports {
        add(&read.clause, read.into(), read.confidence);
    }
    for read in &reading.milestones {
        add(&read.clause, read.into(), read.confidence);
    }
    for read in &reading.money {
        add(&read.clause, read.into(), read.confidence);
    }
    for read in &reading.relations {
        add(&read.clause, read.into(), read.confidence);
    }
    proposals
}

/// Puts proposals into a draft.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    plan: PlanId,
    proposals: &[Proposal],
) -> Result<(), Failure> {
    let mut places: BTreeMap<(Kind, &str), i64> = BTreeMap::new();
    let mut rows = Vec::with_capacity(proposals.len());
    for one in proposals {
        let kind = one.data.kind();
        let place = places.entry((kind, &one.clause)).or_default();
        *place += 1;
        rows.push(element::ActiveModel {
            plan_id: Set(plan),
            kind: Set(kind.name().to_owned()),
            clause: Set(one.clause.clone()),
            proposed: Set(one.proposed.as_ref().map(Data::text).transpose()?),
            data: Set(one.data.text()?),
            state: Set(one.decision.name().to_owned()),
            confidence: Set(one.confidence),
            position: Set(*place),
            version: Set(1),
            follows: Set(one.follows),
            decided_by: Set(one.decided.map(|(person, _)| person)),
            decided_at: Set(one.decided.map(|(_, at)| at)),
            ..Default::default()
        });
    }
    for batch in rows.chunks(BATCH) {
        element::Entity::insert_many(batch.to_vec())
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

impl Proposal {
    pub(super) fn of(clause: &str, data: Data, confidence: i64) -> Self {
        Self {
            clause: clause.to_owned(),
            proposed: Some(data.clone()),
            data,
            decision: Decision::Proposed,
            confidence,
            follows: None,
            decided: None,
        }
    }
}
