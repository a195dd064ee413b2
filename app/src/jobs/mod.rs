//! Work to be done: enqueued in the caller's transaction, leased, tried again with growing
//! distance, and shown to operators when it is given up.
//!
//! A job carries ids only. It runs outside any transaction, may run twice, and must come to the
//! same result then.

pub mod entity;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::Failure;
use crate::ids::{BulletinId, DeliveryId, RenditionId};
use entity::job;

/// How long a worker may hold a job before another takes it over.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How often a lease is renewed while the work goes on.
const RENEW: Duration = Duration::from_secs(10);
/// After so many attempts a job is given up.
const ATTEMPTS: i64 = 12;

/// Every kind of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Make the sound of a radio script.
    RenderSound {
        /// Which script.
        rendition: RenditionId,
    },
    /// Make the sounds of a bulletin, and all of it in one file.
    RenderBulletin {
        /// Which bulletin.
        bulletin: BulletinId,
    },
    /// Find the scripts that a changed lexicon reads otherwise, and have their sound made anew.
    Reread,
    /// Fetch what a delivery left at its outlet, as proof.
    Prove {
        /// Which delivery.
        delivery: DeliveryId,
    },
}

/// How an attempt ended.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing is left to do.
    Done,
    /// Not yet; try again after the usual distance.
    Retry(String),
    /// It will never work.
    Fail(String),
}

impl Job {
    /// At most one open job has this key.
    fn key(&self) -> String {
        match self {
            Self::RenderSound { rendition } => format!("render-sound:{rendition}"),
            Self::RenderBulletin { bulletin } => format!("render-bulletin:{bulletin}"),
            Self::Reread => "reread".to_owned(),
            Self::Prove { delivery } => format!("prove:{delivery}"),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::RenderSound { .. } => "render_sound",
            Self::RenderBulletin { .. } => "render_bulletin",
            Self::Reread => "reread",
            Self::Prove { .. } => "prove",
        }
    }
}

/// Enqueues in the caller's transaction; a job that is open already is only brought forward.
pub async fn enqueue(
    connection: &impl ConnectionTrait,
    job: &Job,
    run_at: DateTime<Utc>,
) -> Result<(), Failure> {
    let row = job::ActiveModel {
        kind: Set(job.kind().to_owned()),
        payload: Set(serde_json::to_string(job)?),
        key: Set(Some(job.key())),
        run_at: Set(run_at),
        attempts: Set(0),
        created_at: Set(run_at),
        ..Default::default()
    };
    let again = OnConflict::column(job::Column::Key)
        .update_columns([
            job::Column::RunAt,
            job::Column::Attempts,
            job::Column::Payload,
        ])
        .value(
            job::Column::LeasedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .value(
            job::Column::FailedAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .to_owned();
    job::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Runs what is due, one after the other, and answers how many there were.
pub async fn run_due(app: &App) -> Result<usize, Failure> {
    let mut count = 0;
    while let Some(mut row) = claim(app).await? {
        count += 1;
        let outcome = match serde_json::from_str::<Job>(&row.payload) {
            Ok(job) => run_leased(app, &mut row, &job).await?,
            Err(error) => Outcome::Fail(format!("unreadable: {error}")),
        };
        settle(app, &row, outcome).await?;
    }
    Ok(count)
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

async fn claim(app: &App) -> Result<Option<job::Model>, Failure> {
    let now = app.clock.now();
    let free = job::Column::LeasedUntil
        .is_null()
        .or(job::Column::LeasedUntil.lt(now));
    let due = job::Entity::find()
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

/// Ends the lease; a job that was enqueued anew meanwhile stays.
async fn settle(app: &App, row: &job::Model, outcome: Outcome) -> Result<(), Failure> {
    let now = app.clock.now();
    let mine = job::Column::Id
        .eq(row.id)
        .and(job::Column::LeasedUntil.eq(row.leased_until));
    let (error, failed_at, run_at) = match outcome {
        Outcome::Done => {
            job::Entity::delete_many()
                .filter(mine)
                .exec(&app.db)
                .await?;
            return Ok(());
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
    job::Entity::update_many()
        .col_expr(job::Column::LastError, Expr::value(error))
        .col_expr(job::Column::FailedAt, Expr::value(failed_at))
        .col_expr(job::Column::RunAt, Expr::value(run_at))
        .col_expr(
            job::Column::LeasedUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(mine)
        .exec(&app.db)
        .await?;
    Ok(())
}

/// 2, 4, 8 … seconds, at most 10 minutes, spread a little so that jobs do not march in step.
fn distance(attempts: i64, id: i64) -> TimeDelta {
    let seconds = Ord::min(1_i64 << Ord::clamp(attempts, 1, 9), 600);
    TimeDelta::milliseconds(seconds * 1000 + id.rem_euclid(7) * 130)
}
