//! The states of a delivery. They only ever go forward; a late proof mends a failure.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};

use super::entity::{attempt, delivery};
use crate::airtime::entity::slot;
use crate::app::App;
use crate::error::Failure;
use crate::ids::DeliveryId;

/// So many overdue deliveries are looked at in one round.
const ROUND: u64 = 200;
/// Longest answer that is kept, in characters.
const ANSWER_LIMIT: usize = 500;

/// Where a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It will go out.
    Planned,
    /// It was handed over; nobody confirmed it.
    Sent,
    /// The other side confirmed that it has it.
    Delivered,
    /// Its evidence is in the ledger.
    Proven,
    /// It did not reach its outlet, for a reason.
    Failed,
    /// It was taken back.
    Withdrawn,
}

const STATES: [(State, &str); 6] = [
    (State::Planned, "planned"),
    (State::Sent, "sent"),
    (State::Delivered, "delivered"),
    (State::Proven, "proven"),
    (State::Failed, "failed"),
    (State::Withdrawn, "withdrawn"),
];

impl State {
    /// All, in the order of a delivery's life.
    pub fn all() -> impl Iterator<Item = Self> {
        STATES.iter().map(|(state, _)| *state)
    }

    /// Its name in the store and on the wire.
    pub fn name(self) -> &'static str {
        let found = STATES.iter().find(|(state, _)| *state == self);
        found.map_or("", |(_, name)| name)
    }

    /// Names its text of the locales.
    pub fn text(self) -> &'static str {
        match self {
            Self::Planned => "deliveries-state-planned",
            Self::Sent => "deliveries-state-sent",
            Self::Delivered => "deliveries-state-delivered",
            Self::Proven => "deliveries-state-proven",
            Self::Failed => "deliveries-state-failed",
            Self::Withdrawn => "deliveries-state-withdrawn",
        }
    }
}

impl FromStr for State {
    type Err = Failure;

    fn from_str(name: &str) -> Result<Self, Failure> {
        let found = STATES.iter().find(|(_, known)| *known == name);
        found
            .map(|(state, _)| *state)
            .ok_or(Failure::Invalid("deliveries-state-unknown"))
    }
}

impl delivery::Model {
    /// Where it is; the store knows no other words.
    pub fn state(&self) -> State {
        self.state.parse().unwrap_or(State::Planned)
    }
}

/// The manifest that names these deliveries was handed to a speaker, `to` by its name.
pub async fn mark_sent(app: &App, ids: &[DeliveryId], to: &str) -> Result<(), Failure> {
    advance(app, ids, (&[State::Planned], State::Sent), to).await
}

/// A speaker, `by` its name, holds the sound of these deliveries and checked it.
pub async fn mark_delivered(app: &App, ids: &[DeliveryId], by: &str) -> Result<(), Failure> {
    let from = &[State::Planned, State::Sent];
    advance(app, ids, (from, State::Delivered), by).await
}

/// Its evidence is in the ledger; in the transaction that writes it. Answers whether it was not
/// proven before. What was withdrawn stays so: the evidence says that it was heard all the same.
pub async fn mark_proven(
    connection: &impl ConnectionTrait,
    id: DeliveryId,
    at: DateTime<Utc>,
) -> Result<bool, Failure> {
    let proven = delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(State::Proven.name()))
        .col_expr(delivery::Column::ProvenAt, Expr::value(at))
        .col_expr(
            delivery::Column::Failure,
            Expr::value(Option::<String>::None),
        )
        .col_expr(delivery::Column::UpdatedAt, Expr::value(at))
        .filter(delivery::Column::Id.eq(id))
        .filter(delivery::Column::State.is_not_in(names(&[State::Proven, State::Withdrawn])))
        .exec(connection)
        .await?;
    Ok(proven.rows_affected == 1)
}

/// It did not reach its outlet. `reason` is the name of a text that begins with `deliveries-`, or
/// the words of the other side. What is proven or withdrawn stays so.
pub async fn mark_failed(
    connection: &impl ConnectionTrait,
    id: DeliveryId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<bool, Failure> {
    let failed = delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(State::Failed.name()))
        .col_expr(delivery::Column::Failure, Expr::value(reason))
        .col_expr(delivery::Column::UpdatedAt, Expr::value(at))
        .filter(delivery::Column::Id.eq(id))
        .filter(delivery::Column::State.is_in(names(&[
            State::Planned,
            State::Sent,
            State::Delivered,
            State::Failed,
        ])))
        .exec(connection)
        .await?;
    Ok(failed.rows_affected == 1)
}

/// Remembers an attempt: how it ended (`sent`, `delivered`, `proven`, `retry`, `failed`), what was
/// answered (the name of a text that begins with `deliveries-`, or the other side's words), and when the
/// next one comes.
pub async fn mark_attempt(
    connection: &impl ConnectionTrait,
    id: DeliveryId,
    at: DateTime<Utc>,
    outcome: &str,
    answer: &str,
    next_at: Option<DateTime<Utc>>,
) -> Result<(), Failure> {
    let row = attempt::ActiveModel {
        delivery_id: Set(id),
        at: Set(at),
        outcome: Set(outcome.to_owned()),
        answer: Set(answer.chars().take(ANSWER_LIMIT).collect()),
        next_at: Set(next_at),
        ..Default::default()
    };
    row.insert(connection).await?;
    Ok(())
}

/// Shows as failed what had its slot long ago and brought no receipt. A receipt that comes later
/// still makes it proven.
pub async fn check_overdue(app: &App) -> Result<(), Failure> {
    const REASON: &str = "deliveries-no-receipt";
    let now = app.clock.now();
    let before = now - TimeDelta::hours(app.config.air.grace_hours);
    let over = Query::select()
        .column(slot::Column::Id)
        .from(slot::Entity)
        .and_where(slot::Column::EndsAt.lt(before))
        .to_owned();
    let open = delivery::Entity::find()
        .filter(delivery::Column::State.is_in(names(&[
            State::Planned,
            State::Sent,
            State::Delivered,
        ])))
        .filter(delivery::Column::SlotId.in_subquery(over))
        .limit(ROUND)
        .all(&app.db)
        .await?;
    let open: Vec<_> = open.into_iter().map(|row| row.id).collect();
    mark_all_failed(app, &open, REASON).await
}

/// None of these reached its outlet, for one reason; each in a transaction of its own.
pub async fn mark_all_failed(
    app: &App,
    ids: &[DeliveryId],
    reason: &'static str,
) -> Result<(), Failure> {
    let now = app.clock.now();
    for id in ids {
        let transaction = app.begin().await?;
        if mark_failed(&transaction, *id, now, reason).await? {
            mark_attempt(&transaction, *id, now, "failed", reason, None).await?;
        }
        transaction.commit().await?;
    }
    Ok(())
}

/// Names of states, for a query.
pub(super) fn names(states: &[State]) -> impl Iterator<Item = &'static str> {
    states.iter().map(|state| state.name())
}

/// Takes to a state what is in one of others, and remembers it.
async fn advance(
    app: &App,
    ids: &[DeliveryId],
    (from, to): (&[State], State),
    answer: &str,
) -> Result<(), Failure> {
    let behind = |query: sea_orm::Select<delivery::Entity>| {
        query
            .filter(delivery::Column::Id.is_in(ids.iter().copied()))
            .filter(delivery::Column::State.is_in(names(from)))
    };
    // Speakers ask often, and mostly nothing changes: then nothing is locked.
    if behind(delivery::Entity::find())
        .one(&app.db)
        .await?
        .is_none()
    {
        return Ok(());
    }
    let now = app.clock.now();
    let transaction = app.begin().await?;
    let rows = behind(delivery::Entity::find())
        .lock_exclusive()
        .all(&transaction)
        .await?;
    for row in rows {
        mark_attempt(&transaction, row.id, now, to.name(), answer, None).await?;
        // What was confirmed was handed over, too.
        let sent_at = row.sent_at.unwrap_or(now);
        let mut changed: delivery::ActiveModel = row.into();
        changed.state = Set(to.name().to_owned());
        changed.sent_at = Set(Some(sent_at));
        if to == State::Delivered {
            changed.delivered_at = Set(Some(now));
        }
        changed.updated_at = Set(now);
        changed.update(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}
