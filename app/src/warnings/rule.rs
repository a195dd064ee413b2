//! Rules: what of a source is said without asking again, because one person asked for that and another
//! approved it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use loa_cap::{Certainty, Info, Severity, Urgency};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};

use super::entity::{rule, source};
use super::source::{get_source, sources};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{RuleId, SourceId, UnitId};
use crate::stories::NotSaved;
use crate::urgent::{Choices, check_timing};
use crate::web::Errors;

/// A rule as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// `extreme`, or `severe` for severe and worse.
    pub severity: String,
    /// `observed`, or `likely` for likely and surer.
    pub certainty: String,
    /// For how long it is said at most.
    pub minutes: i64,
    /// How often in this time.
    pub times: i64,
    /// Whether the public portal shows it too.
    pub portal: bool,
    /// In whose name.
    pub unit: Option<UnitId>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            severity: "extreme".to_owned(),
            certainty: "observed".to_owned(),
            minutes: 30,
            times: 3,
            portal: true,
            unit: None,
        }
    }
}

/// Asks for a rule. It holds once another person approved it.
pub async fn ask_rule(
    app: &App,
    person: &Person,
    id: SourceId,
    draft: &Draft,
) -> Result<RuleId, NotSaved> {
    let choices = Choices::of(app, person).await?;
    let mut errors = Errors::default();
    let severity = ["extreme", "severe"].contains(&draft.severity.as_str());
    errors.require(severity, "severity", "warnings-rule-severity-missing");
    let certainty = ["observed", "likely"].contains(&draft.certainty.as_str());
    errors.require(certainty, "certainty", "warnings-rule-certainty-missing");
    check_timing(&mut errors, draft.minutes, draft.times);
    let known = |unit: &UnitId| choices.units.iter().any(|(own, _)| own == unit);
    let first = choices.units.first().map(|(unit, _)| *unit);
    let unit = draft.unit.or(first).filter(known);
    errors.require(unit.is_some(), "unit", "stories-unit-missing");
    let (Some(unit), true) = (unit, errors.none()) else {
        return Err(NotSaved::Fields(errors));
    };
    let transaction = app.begin().await?;
    loa_db::one_by_one(&transaction, "warning_rules").await?;
    let source = get_source(app, id).await?;
    if source.closed_at.is_some() || of_source(&transaction, id).await?.is_some() {
        return Err(Failure::Conflict("warnings-rule-there").into());
    }
    let row = rule::ActiveModel {
        source_id: Set(id),
        unit_id: Set(unit),
        severity: Set(draft.severity.clone()),
        certainty: Set(draft.certainty.clone()),
        minutes: Set(draft.minutes),
        times: Set(draft.times),
        portal: Set(draft.portal),
        source_sha256: Set(source.sha256()),
        asked_by: Set(person.id),
        asked_at: Set(app.clock.now()),
        ..Default::default()
    };
    let row = row.insert(&transaction).await?;
    note(app, &transaction, person, "request", row.id).await?;
    transaction.commit().await?;
    Ok(row.id)
}

/// Approves a rule: a person who may approve what its unit says, and did not ask for it.
pub async fn approve_rule(app: &App, person: &Person, id: RuleId) -> Result<(), Failure> {
    let transaction = app.begin().await?;
    let row = locked(&transaction, id).await?;
    if row.asked_by == person.id {
        return Err(Failure::Forbidden("warnings-rule-own"));
    }
    person.require(Right::Approve, row.unit_id)?;
    person.require(Right::Release, row.unit_id)?;
    if row.approved_at.is_some() {
        return Ok(());
    }
    if row.ended_at.is_some() {
        return Err(Failure::Conflict("warnings-rule-ended"));
    }
    let mut changed: rule::ActiveModel = row.into();
    changed.approved_by = Set(Some(person.id));
    changed.approved_at = Set(Some(app.clock.now()));
    changed.update(&transaction).await?;
    note(app, &transaction, person, "approval", id).await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends a rule: either side may, alone.
pub async fn end_rule(app: &App, person: &Person, id: RuleId) -> Result<(), Failure> {
    let transaction = app.begin().await?;
    let row = locked(&transaction, id).await?;
    if !may_end(person, &row) {
        return Err(Failure::Forbidden("error-right"));
    }
    if row.ended_at.is_some() {
        return Ok(());
    }
    let mut changed: rule::ActiveModel = row.into();
    changed.ended_by = Set(Some(person.id));
    changed.ended_at = Set(Some(app.clock.now()));
    changed.update(&transaction).await?;
    note(app, &transaction, person, "closing", id).await?;
    transaction.commit().await?;
    Ok(())
}

/// The rule of a source that holds, or waits for its second person.
pub(super) async fn of_source(
    connection: &impl ConnectionTrait,
    id: SourceId,
) -> Result<Option<rule::Model>, Failure> {
    Ok(rule::Entity::find()
        .filter(rule::Column::SourceId.eq(id))
        .filter(rule::Column::EndedAt.is_null())
        .one(connection)
        .await?)
}

/// The rules that hold or wait for their second person, by their sources.
pub(super) async fn rules(
    connection: &impl ConnectionTrait,
) -> Result<BTreeMap<SourceId, rule::Model>, Failure> {
    let rows = rule::Entity::find()
        .filter(rule::Column::EndedAt.is_null())
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.source_id, row)).collect())
}

/// Sources whose rule a person may approve, and since when it waits.
pub async fn rules_to_approve(
    app: &App,
    person: &Person,
) -> Result<Vec<(source::Model, DateTime<Utc>)>, Failure> {
    if !person.may_somewhere(Right::Approve) {
        return Ok(Vec::new());
    }
    let rules = rules(&app.db).await?;
    let mut found = Vec::new();
    for source in sources(app).await? {
        let rule = rules.get(&source.id);
        let rule = rule.filter(|rule| may_approve(person, rule));
        found.extend(rule.map(|rule| (source, rule.asked_at)));
    }
    Ok(found)
}

async fn locked(connection: &impl ConnectionTrait, id: RuleId) -> Result<rule::Model, Failure> {
    let row = rule::Entity::find_by_id(id)
        .lock_exclusive()
        .one(connection);
    row.await?.ok_or(Failure::NotFound)
}

async fn note(
    app: &App,
    connection: &impl ConnectionTrait,
    person: &Person,
    action: &str,
    id: RuleId,
) -> Result<(), Failure> {
    let subject = ("warning rule", id.0);
    audit::note(app, connection, Some(person.id), action, subject, "").await
}

/// Whether a person may approve it now.
pub(super) fn may_approve(person: &Person, row: &rule::Model) -> bool {
    let may = |right| person.may(right, row.unit_id);
    row.approved_at.is_none()
        && row.ended_at.is_none()
        && row.asked_by != person.id
        && may(Right::Approve)
        && may(Right::Release)
}

/// Whether a person may end it.
pub(super) fn may_end(person: &Person, row: &rule::Model) -> bool {
    let rights = [Right::Air, Right::Release, Right::Administer];
    row.asked_by == person.id
        || rights
            .into_iter()
            .any(|right| person.may(right, row.unit_id))
}

impl rule::Model {
    /// Whether it holds for a source as it is now: both people saw this one.
    pub(super) fn holds_for(&self, source: &source::Model) -> bool {
        self.approved_at.is_some()
            && self.ended_at.is_none()
            && source.closed_at.is_none()
            && self.source_sha256 == source.sha256()
    }

    /// Whether it is about a warning: what happens now or soon, bad and sure enough.
    pub(super) fn is_about(&self, info: &Info) -> bool {
        let soon = matches!(info.urgency, Urgency::Immediate | Urgency::Expected);
        let bad = match info.severity {
            Severity::Extreme => true,
            Severity::Severe => self.severity == "severe",
            _ => false,
        };
        let sure = match info.certainty {
            Certainty::Observed => true,
            Certainty::Likely => self.certainty == "likely",
            _ => false,
        };
        soon && bad && sure
    }
}
