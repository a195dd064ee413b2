//! Deciding about the elements of a draft, one by one or those of a group that were seen. Nothing
//! that somebody else changed meanwhile is decided unseen.

use std::collections::BTreeMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set,
};
use serde::Deserialize;

use super::data::Data;
use super::element::{Decision, Element, elements};
use super::entity::{element, plan};
use super::plan::{State, get, reading};
use super::relations;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{ElementId, PlanId};
use crate::units::UnitTree;
use crate::web::Errors;

/// An element as somebody saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Seen {
    /// Which.
    pub id: ElementId,
    /// Its version then.
    pub version: i64,
}

/// Why nothing was decided. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotDecided {
    /// Something is missing or wrong in it.
    #[error("the element is not complete: {}", .0.all().iter().map(|(field, text)| format!("{field} ({text})")).collect::<Vec<_>>().join(", "))]
    Fields(Errors),
    /// It is no longer as it was seen.
    #[error("somebody else changed the element meanwhile")]
    Changed,
    /// Anything else.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for NotDecided {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failure(error.into())
    }
}

/// A draft of a unit for which the person plans. What was confirmed is a conflict.
pub async fn draft(app: &App, person: &Person, id: PlanId) -> Result<plan::Model, Failure> {
    let plan = get(app, person, id).await?;
    person.require(Right::Plan, plan.unit_id)?;
    if plan.state == State::Draft.name() {
        Ok(plan)
    } else {
        Err(Failure::Conflict("plans-confirmed"))
    }
}

/// An element of a draft.
pub async fn find(app: &App, plan: PlanId, id: ElementId) -> Result<Element, Failure> {
    one(&app.db, plan, id).await
}

/// Accepts or rejects an element as it stands, or takes a decision back. What is typed in it stays.
pub async fn decide(
    app: &App,
    person: &Person,
    plan: PlanId,
    seen: Seen,
    decision: Decision,
) -> Result<(), NotDecided> {
    draft(app, person, plan).await?;
    let transaction = app.begin().await?;
    hold(&transaction, plan).await?;
    let known = one(&transaction, plan, seen.id).await?;
    if known.version != seen.version {
        // A button that was pressed twice.
        let done = known.decision == decision && known.decided_by == Some(person.id);
        return if done {
            Ok(())
        } else {
            Err(NotDecided::Changed)
        };
    }
    if decision == Decision::Accepted {
        let faults = known.data.faults();
        if !faults.none() {
            return Err(NotDecided::Fields(faults));
        }
    }
    mark(app, &transaction, person, plan, &known, decision).await?;
    transaction.commit().await.map_err(Failure::from)?;
    Ok(())
}

/// Accepts elements as they were seen. Answers those that are not accepted, because they are no
/// longer as they were seen or something is missing in them.
pub async fn accept(
    app: &App,
    person: &Person,
    plan: PlanId,
    seen: &[Seen],
) -> Result<Vec<ElementId>, Failure> {
    let row = draft(app, person, plan).await?;
    let transaction = app.begin().await?;
    hold(&transaction, plan).await?;
    let known = elements(&transaction, plan, &reading(&row)?).await?;
    let known: BTreeMap<ElementId, Element> = known.into_iter().map(|one| (one.id, one)).collect();
    let mut left = Vec::new();
    for seen in seen {
        match known.get(&seen.id) {
            Some(one) if one.version == seen.version && one.open() && one.data.faults().none() => {
                mark(app, &transaction, person, plan, one, Decision::Accepted).await?;
            }
            _ => left.push(seen.id),
        }
    }
    transaction.commit().await?;
    Ok(left)
}

/// Accepts everything of a draft that nobody decided yet, and rejects that of which something is
/// missing: for programmes that no person reviews, such as the example.
pub async fn accept_all(app: &App, person: &Person, plan: PlanId) -> Result<(), Failure> {
    let row = draft(app, person, plan).await?;
    let known = elements(&app.db, plan, &reading(&row)?).await?;
    let open = known.iter().filter(|one| one.open()).map(Element::seen);
    let left = accept(app, person, plan, &open.collect::<Vec<_>>()).await?;
    for one in known.iter().filter(|one| left.contains(&one.id)) {
        match decide(app, person, plan, one.seen(), Decision::Rejected).await {
            Ok(()) => {}
            Err(NotDecided::Failure(failure)) => return Err(failure),
            Err(_) => return Err(Failure::Conflict("plans-element-changed")),
        }
    }
    Ok(())
}

/// Keeps what a person made of an element, and with it that they accept it.
pub async fn change(
    app: &App,
    person: &Person,
    plan: PlanId,
    seen: Seen,
    data: &Data,
) -> Result<(), NotDecided> {
    draft(app, person, plan).await?;
    check(app, person, data).await?;
    let transaction = app.begin().await?;
    hold(&transaction, plan).await?;
    let known = one(&transaction, plan, seen.id).await?;
    if known.version != seen.version {
        return Err(NotDecided::Changed);
    }
    if known.kind() != data.kind() {
        return Err(Failure::Invalid("error-form").into());
    }
    let text = data.text()?;
    element::Entity::update_many()
        .col_expr(element::Column::Data, Expr::value(text.as_str()))
        .filter(element::Column::Id.eq(seen.id))
        .exec(&transaction)
        .await?;
    let subject = ("plan_element", seen.id.0);
    audit::note(app, &transaction, Some(person.id), "edit", subject, &text).await?;
    mark(app, &transaction, person, plan, &known, Decision::Accepted).await?;
    transaction.commit().await.map_err(Failure::from)?;
    Ok(())
}

/// Adds what the reader did not find, accepted by whoever adds it.
pub async fn add(
    app: &App,
    person: &Person,
    plan: PlanId,
    clause: &str,
    data: &Data,
) -> Result<ElementId, NotDecided> {
    let row = draft(app, person, plan).await?;
    let reading = reading(&row)?;
    if !reading.walk().any(|known| known.eid == clause) {
        return Err(Failure::NotFound.into());
    }
    check(app, person, data).await?;
    let transaction = app.begin().await?;
    hold(&transaction, plan).await?;
    let kind = data.kind().name();
    let before = element::Entity::find()
        .filter(element::Column::PlanId.eq(plan))
        .filter(element::Column::Kind.eq(kind))
        .filter(element::Column::Clause.eq(clause))
        .count(&transaction)
        .await?;
    let text = data.text()?;
    let added = element::ActiveModel {
        plan_id: Set(plan),
        kind: Set(kind.to_owned()),
        clause: Set(clause.to_owned()),
        proposed: Set(None),
        data: Set(text.clone()),
        state: Set(Decision::Accepted.name().to_owned()),
        confidence: Set(100),
        position: Set(i64::try_from(before).unwrap_or(i64::MAX).saturating_add(1)),
        version: Set(1),
        decided_by: Set(Some(person.id)),
        decided_at: Set(Some(app.clock.now())),
        ..Default::default()
    };
    let id = added.insert(&transaction).await?.id;
    let detail = format!("plan {plan}, {kind} {clause}: {text}");
    let subject = ("plan_element", id.0);
    audit::note(
        app,
        &transaction,
        Some(person.id),
        "addition",
        subject,
        &detail,
    )
    .await?;
    transaction.commit().await.map_err(Failure::from)?;
    Ok(id)
}

/// Takes hold of a draft until the transaction ends: decisions and the confirmation come one after
/// the other. Whoever comes behind the confirmation finds no draft any more.
pub(super) async fn hold(connection: &impl ConnectionTrait, plan: PlanId) -> Result<(), Failure> {
    let held = plan::Entity::update_many()
        .col_expr(plan::Column::Version, Expr::col(plan::Column::Version))
        .filter(plan::Column::Id.eq(plan))
        .filter(plan::Column::State.eq(State::Draft.name()))
        .exec(connection)
        .await?;
    if held.rows_affected == 0 {
        return Err(Failure::Conflict("plans-confirmed"));
    }
    Ok(())
}

/// Refuses what is incomplete, and units and plans that are not there or not for this person.
async fn check(app: &App, person: &Person, data: &Data) -> Result<(), NotDecided> {
    let faults = data.faults();
    if !faults.none() {
        return Err(NotDecided::Fields(faults));
    }
    let (units, plan) = data.chosen();
    let unknown = !units.is_empty() && {
        let tree = UnitTree::load(&app.db).await?;
        units.iter().any(|unit| tree.versions(*unit).is_empty())
    };
    let unseen = match plan {
        Some(plan) => {
            let known = relations::known(app, person).await?;
            !known.iter().any(|one| one.id == plan)
        }
        None => false,
    };
    if unknown || unseen {
        return Err(Failure::Invalid("error-form").into());
    }
    Ok(())
}

async fn one(
    connection: &impl ConnectionTrait,
    plan: PlanId,
    id: ElementId,
) -> Result<Element, Failure> {
    let row = element::Entity::find_by_id(id)
        .filter(element::Column::PlanId.eq(plan))
        .filter(element::Column::EndedAt.is_null())
        .one(connection)
        .await?;
    row.ok_or(Failure::NotFound)?.try_into()
}

async fn mark(
    app: &App,
    connection: &impl ConnectionTrait,
    person: &Person,
    plan: PlanId,
    known: &Element,
    decision: Decision,
) -> Result<(), Failure> {
    let undecided = decision == Decision::Proposed;
    let by = (!undecided).then_some(person.id);
    let at = (!undecided).then(|| app.clock.now());
    element::Entity::update_many()
        .col_expr(element::Column::State, Expr::value(decision.name()))
        .col_expr(element::Column::Version, Expr::value(known.version + 1))
        .col_expr(element::Column::DecidedBy, Expr::value(by.map(|by| by.0)))
        .col_expr(element::Column::DecidedAt, Expr::value(at))
        .filter(element::Column::Id.eq(known.id))
        .exec(connection)
        .await?;
    let action = match decision {
        Decision::Proposed => "reopening",
        Decision::Accepted => "acceptance",
        Decision::Rejected => "rejection",
    };
    let detail = format!("plan {plan}, {} {}", known.kind().name(), known.clause);
    let subject = ("plan_element", known.id.0);
    audit::note(app, connection, Some(person.id), action, subject, &detail).await
}
