//! The queue itself: enqueue, claim, run, settle.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, UpdateMany,
};
use tokio::task::JoinSet;

use super::entity::job;
use super::{Job, Lane, OUTSIDE, Outcome};
use crate::app::App;
use crate::error::Failure;

/// How long a worker may hold a job before another takes it over.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How often a lease is renewed while the work goes on.
const RENEW: Duration = Duration::from_secs(10);
/// After so many attempts a job is given up.
const ATTEMPTS: i64 = 12;
/// How often the queue is looked at when nobody wakes it.
const TICK: Duration = Duration::from_millis(300);
/// How long it is left alone when it cannot be read.
const TROUBLE: Duration = Duration::from_secs(5);

/// Enqueues in the caller's transaction; a job that is open already is only brought forward. One that
/// runs meanwhile is run once more, perhaps beside itself.
pub async fn enqueue(
    connection: &impl ConnectionTrait,
    job: &Job,
    run_at: DateTime<Utc>,
) -> Result<(), Failure> {
    insert(connection, job, run_at, true).await
}

/// The same for work that must never run beside itself: where it runs, it is run once more when it is
/// done.
pub async fn wake(
    connection: &impl ConnectionTrait,
    job: &Job,
    run_at: DateTime<Utc>,
) -> Result<(), Failure> {
    insert(connection, job, run_at, false).await
}

async fn insert(
    connection: &impl ConnectionTrait,
    job: &Job,
    run_at: DateTime<Utc>,
    afresh: bool,
) -> Result<(), Failure> {
    let nobody = Expr::value(Option::<DateTime<Utc>>::None);
    let row = job::ActiveModel {
        kind: Set(job.kind().to_owned()),
        payload: Set(serde_json::to_string(job)?),
        key: Set(Some(job.key())),
        run_at: Set(run_at),
        attempts: Set(0),
        created_at: Set(run_at),
        ..Default::default()
    };
    let mut again = OnConflict::column(job::Column::Key)
        .update_columns([
            job::Column::RunAt,
            job::Column::Attempts,
            job::Column::Payload,
        ])
        .value(job::Column::FailedAt, nobody.clone())
        .to_owned();
    if afresh {
        again.value(job::Column::LeasedUntil, nobody);
    }
    job::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Runs what is due, one after the other, and answers how many there were.
pub async fn run_due(app: &App) -> Result<usize, Failure> {
    let mut count = 0;
    while let Some(row) = claim(app, None).await? {
        count += 1;
        run(app, row).await?;
    }
    Ok(count)
}

/// Runs what is due in a lane until the program ends, at most so many at a time.
pub async fn work(app: &App, lane: Lane, most: usize) {
    let mut running = JoinSet::new();
    loop {
        let mut rest = TICK;
        while running.len() < most {
            match claim(app, Some(lane)).await {
                Ok(Some(row)) => {
                    let app = app.clone();
                    running.spawn(async move { run(&app, row).await });
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::error!(error.cause = %error, "the queue cannot be read");
                    rest = TROUBLE;
                    break;
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            Some(ended) = running.join_next() => match ended {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(error.cause = %error, "a job was left half-way"),
                Err(error) => tracing::error!(error.cause = %error, "a job fell over"),
            },
        }
    }
}

async fn run(app: &App, mut row: job::Model) -> Result<(), Failure> {
    let outcome = match serde_json::from_str::<Job>(&row.payload) {
        Ok(job) => run_leased(app, &mut row, &job).await?,
        Err(error) => Outcome::Fail(format!("unreadable: {error}")),
    };
    settle(app, &row, outcome).await
}

/// Runs a job and keeps its lease until it is done: what a killed process leaves is soon taken up.
async fn run_leased(app: &App, row: &mut job::Model, job: &Job) -> Result<Outcome, Failure> {
    let mut work = std::pin::pin!(crate::schedule::run(app, job));
    loop {
        tokio::select! {
            outcome = &mut work => return Ok(outcome),
            () = tokio::time::sleep(RENEW) => renew(app, row).await?,
        }
    }
}

async fn renew(app: &App, row: &mut job::Model) -> Result<(), Failure> {
    let until = Some(app.clock.now() + LEASE);
    let renewed = job::Entity::update_many()
        .col_expr(job::Column::LeasedUntil, Expr::value(until))
        .filter(job::Column::Id.eq(row.id))
        .filter(job::Column::LeasedUntil.eq(row.leased_until))
        .exec(&app.db)
        .await?;
    if renewed.rows_affected == 1 {
        row.leased_until = until;
    }
    Ok(())
}

/// How many jobs were given up.
pub async fn given_up(app: &App) -> Result<u64, Failure> {
    Ok(job::Entity::find()
        .filter(job::Column::FailedAt.is_not_null())
        .count(&app.db)
        .await?)
}

async fn claim(app: &App, lane: Option<Lane>) -> Result<Option<job::Model>, Failure> {
    let now = app.clock.now();
    let kinds = match lane {
        None => Condition::all(),
        Some(Lane::Outside) => Condition::all().add(job::Column::Kind.is_in(OUTSIDE)),
        Some(Lane::Here) => Condition::all().add(job::Column::Kind.is_not_in(OUTSIDE)),
    };
    let free = job::Column::LeasedUntil
        .is_null()
        .or(job::Column::LeasedUntil.lt(now));
    let due = job::Entity::find()
        .filter(kinds)
        .filter(job::Column::FailedAt.is_null())
        .filter(job::Column::RunAt.lte(now))
        .filter(free.clone())
        .order_by_asc(job::Column::RunAt)
        .limit(8)
        .all(&app.db)
        .await?;
    for row in due {
        let taken = job::Entity::update_many()
            .col_expr(job::Column::LeasedUntil, Expr::value(now + LEASE))
            .col_expr(
                job::Column::Attempts,
                Expr::col(job::Column::Attempts).add(1),
            )
            .filter(job::Column::Id.eq(row.id))
            .filter(job::Column::RunAt.lte(now))
            .filter(free.clone())
            .exec(&app.db)
            .await?;
        if taken.rows_affected == 1 {
            return Ok(Some(job::Model {
                leased_until: Some(now + LEASE),
                attempts: row.attempts + 1,
                ..row
            }));
        }
    }
    Ok(None)
}

/// Ends the lease; a job that was enqueued anew or woken meanwhile stays.
async fn settle(app: &App, row: &job::Model, outcome: Outcome) -> Result<(), Failure> {
    let now = app.clock.now();
    let mine = job::Column::Id
        .eq(row.id)
        .and(job::Column::LeasedUntil.eq(row.leased_until));
    let unmoved = job::Column::RunAt.eq(row.run_at);
    let (error, failed_at, run_at) = match outcome {
        Outcome::Done => {
            job::Entity::delete_many()
                .filter(mine.clone().and(unmoved))
                .exec(&app.db)
                .await?;
            return give_back(app, mine).await;
        }
        Outcome::Again(at) => {
            job::Entity::update_many()
                .col_expr(job::Column::RunAt, Expr::value(at))
                .filter(mine.clone().and(unmoved))
                .exec(&app.db)
                .await?;
            return give_back(app, mine).await;
        }
        Outcome::Retry(reason) if row.attempts < ATTEMPTS => {
            (reason, None, now + distance(row.attempts, row.id))
        }
        Outcome::Retry(reason) | Outcome::Fail(reason) => (reason, Some(now), row.run_at),
    };
    tracing::warn!(
        job.kind = row.kind,
        job.attempts = row.attempts,
        job.error = error,
        "a job did not succeed"
    );
    freed(mine)
        .col_expr(job::Column::LastError, Expr::value(error))
        .col_expr(job::Column::FailedAt, Expr::value(failed_at))
        .col_expr(job::Column::RunAt, Expr::value(run_at))
        .exec(&app.db)
        .await?;
    Ok(())
}

/// What was woken meanwhile is free to be claimed.
async fn give_back(app: &App, mine: Expr) -> Result<(), Failure> {
    freed(mine)
        .col_expr(job::Column::Attempts, Expr::value(0))
        .exec(&app.db)
        .await?;
    Ok(())
}

/// Ends the lease of a job; what else changes is added to it.
fn freed(mine: Expr) -> UpdateMany<job::Entity> {
    let nobody = Expr::value(Option::<DateTime<Utc>>::None);
    job::Entity::update_many()
        .col_expr(job::Column::LeasedUntil, nobody)
        .filter(mine)
}

/// 2, 4, 8 … seconds, at most 10 minutes, spread a little so that jobs do not march in step.
fn distance(attempts: i64, id: i64) -> TimeDelta {
    let seconds = Ord::min(1_i64 << Ord::clamp(attempts, 1, 9), 600);
    TimeDelta::milliseconds(seconds * 1000 + id.rem_euclid(7) * 130)
}
