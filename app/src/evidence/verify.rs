//! Everything that proofs stand on, checked from the ground: what two people approved, the chain,
//! the signatures, the files, and what was counted.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, IsolationLevel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, TransactionTrait,
};
use serde::Serialize;

use super::body::Body;
use super::detail::{PageDetail, ReceiptDetail};
use super::entity::{cell, entry, head};
use super::ledger::Kind;
use super::receipts::{fingerprint, kept_as, source};
use super::{shown, tally, walk};
use crate::app::App;
use crate::deliveries::State;
use crate::deliveries::entity::{delivery, receipt};
use crate::error::Failure;
use crate::files::Files;
use crate::ids::DeliveryId;
use crate::speakers::entity::speaker;
use crate::speakers::public_key;
use crate::stories;
use crate::stories::entity::approval;

/// So many rows are read at a time.
pub(super) const BATCH: u64 = 500;

/// One part of what was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// `approvals`, `ledger`, `receipts`, `boards`, `pages`, `deliveries` or `coverage`.
    pub name: &'static str,
    /// How many were looked at.
    pub walked: u64,
    /// What does not hold, a sentence each.
    pub broken: Vec<String>,
    /// The hash of the last entry, of the ledger: whoever wrote it down elsewhere can tell later
    /// that nothing before it was exchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
}

/// Checks all of it, as of one moment.
pub async fn verify(app: &App) -> Result<Vec<Verified>, Failure> {
    let now = snapshot(app).await?;
    let part = |name, walked, broken| Verified {
        name,
        walked,
        broken,
        head: None,
    };
    let approvals = approval::Entity::find().count(&now).await?;
    let entries = entry::Entity::find().count(&now).await?;
    let cells = cell::Entity::find().count(&now).await?;
    let head = head::Entity::find_by_id(1).one(&now).await?;
    let (receipts, broken_receipts) = receipts(&now).await?;
    let (shown, broken_shown) = shown::verify(&now).await?;
    let (pages, broken_pages) = pages(&now, &app.files).await?;
    let (deliveries, broken_deliveries) = deliveries(&now).await?;
    let parts = vec![
        part(
            "approvals",
            approvals,
            stories::verify(&now, &app.files).await?,
        ),
        Verified {
            head: head.map(|head| head.hash),
            ..part("ledger", entries, walk::verify_ledger(&now).await?)
        },
        part("receipts", receipts, broken_receipts),
        part("boards", shown, broken_shown),
        part("pages", pages, broken_pages),
        part("deliveries", deliveries, broken_deliveries),
        part("coverage", cells, tally::verify(&now).await?),
    ];
    now.rollback().await?;
    Ok(parts)
}

/// A transaction in which nothing moves while we look: SQLite's reads are like that.
async fn snapshot(app: &App) -> Result<DatabaseTransaction, Failure> {
    Ok(match app.db.get_database_backend() {
        DbBackend::Postgres => {
            let level = Some(IsolationLevel::RepeatableRead);
            app.db.begin_with_config(level, None).await?
        }
        _ => app.db.begin().await?,
    })
}

/// Every receipt still verifies with its speaker's key, says what its row says, and is in the
/// ledger.
async fn receipts(now: &impl ConnectionTrait) -> Result<(u64, Vec<String>), Failure> {
    let (mut walked, mut broken) = (0, Vec::new());
    let speakers = speaker::Entity::find().all(now).await?;
    let mut last = String::new();
    loop {
        let batch = receipt::Entity::find()
            .filter(receipt::Column::Id.gt(last.as_str()))
            .order_by_asc(receipt::Column::Id)
            .limit(BATCH)
            .all(now)
            .await?;
        let Some(row) = batch.last() else {
            return Ok((walked, broken));
        };
        last.clone_from(&row.id);
        for row in batch {
            walked += 1;
            let speaker = speakers.iter().find(|one| one.id == row.speaker_id);
            if let Some(fault) = receipt_fault(now, &row, speaker).await? {
                broken.push(format!("receipt {}: {fault}", row.id));
            }
        }
    }
}

async fn receipt_fault(
    now: &impl ConnectionTrait,
    row: &receipt::Model,
    speaker: Option<&speaker::Model>,
) -> Result<Option<String>, Failure> {
    let Some(speaker) = speaker else {
        return Ok(Some("its speaker is gone".to_owned()));
    };
    let Ok(signed) = serde_json::from_str(&row.envelope) else {
        return Ok(Some("its envelope cannot be read".to_owned()));
    };
    let said = match loa_air::verify_receipt(&signed, &public_key(speaker)?, speaker.id.0) {
        Ok(said) => said,
        Err(reason) => return Ok(Some(reason.to_string())),
    };
    let same = row.id == kept_as(&said)
        && row.delivery_id == DeliveryId(said.delivery)
        && row.started_at == said.started_at
        && row.ended_at == said.ended_at
        && row.outcome == said.outcome.name()
        && row.lateness_ms == said.lateness_ms;
    if !same {
        return Ok(Some("its columns do not say what was signed".to_owned()));
    }
    let entered = entry::Entity::find()
        .filter(entry::Column::Source.eq(source(&said)))
        .one(now)
        .await?;
    let Some(entered) = entered else {
        return Ok(Some("it is not in the ledger".to_owned()));
    };
    let body: Option<Body> = serde_json::from_str(&entered.body).ok();
    let detail = body.and_then(|body| serde_json::from_value::<ReceiptDetail>(body.detail).ok());
    let kept = detail.is_some_and(|detail| detail.envelope == fingerprint(&row.envelope));
    Ok((!kept).then(|| format!("it is not the one that entry {} names", entered.seq)))
}

/// Every page that was fetched is still there, byte by byte.
async fn pages(now: &impl ConnectionTrait, files: &Files) -> Result<(u64, Vec<String>), Failure> {
    let (mut walked, mut broken, mut last) = (0, Vec::new(), 0);
    loop {
        let batch: Vec<(i64, String)> = entry::Entity::find()
            .select_only()
            .columns([entry::Column::Seq, entry::Column::Body])
            .filter(entry::Column::Kind.eq(Kind::Page.name()))
            .filter(entry::Column::Seq.gt(last))
            .order_by_asc(entry::Column::Seq)
            .limit(BATCH)
            .into_tuple()
            .all(now)
            .await?;
        let Some((seq, _)) = batch.last() else {
            return Ok((walked, broken));
        };
        last = *seq;
        for (seq, text) in batch {
            walked += 1;
            let body: Option<Body> = serde_json::from_str(&text).ok();
            let detail =
                body.and_then(|body| serde_json::from_value::<PageDetail>(body.detail).ok());
            let mut fault = |what: &str| broken.push(format!("page of entry {seq}: {what}"));
            let Some(detail) = detail else {
                fault("the entry does not say which file it is");
                continue;
            };
            match files.get(&detail.page).await {
                Ok(_) => {}
                Err(Failure::NotFound) => fault("the file is gone"),
                Err(error) => fault(&error.to_string()),
            }
        }
    }
}

/// A delivery is proven exactly when the ledger says so; what was withdrawn stays withdrawn.
async fn deliveries(now: &impl ConnectionTrait) -> Result<(u64, Vec<String>), Failure> {
    let proven = entry::Entity::find()
        .select_only()
        .column(entry::Column::DeliveryId)
        .filter(entry::Column::First.eq(true))
        .into_query();
    let without = delivery::Entity::find()
        .filter(delivery::Column::State.eq(State::Proven.name()))
        .filter(delivery::Column::Id.not_in_subquery(proven.clone()))
        .all(now)
        .await?;
    let behind = delivery::Entity::find()
        .filter(delivery::Column::State.is_not_in([State::Proven.name(), State::Withdrawn.name()]))
        .filter(delivery::Column::Id.in_subquery(proven))
        .all(now)
        .await?;
    let without = without.iter().map(|row| {
        let id = row.id;
        format!("delivery {id}: it is said to be proven, and no entry proves it")
    });
    let behind = behind.iter().map(|row| {
        let (id, state) = (row.id, &row.state);
        format!("delivery {id}: an entry proves it, and it is said to be {state}")
    });
    let walked = delivery::Entity::find().count(now).await?;
    Ok((walked, without.chain(behind).collect()))
}
