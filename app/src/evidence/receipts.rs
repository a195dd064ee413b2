//! `POST /air/v1/receipts`: what loudspeakers sign that they played (docs/air.md).

use axum::Json;
use axum::extract::State;
use loa_air::{Acknowledged, Receipt, Signed, verify_receipt};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, Set};

use super::detail::ReceiptDetail;
use super::ledger::{Kind, Proof, append, lock};
use super::verdict::heard;
use crate::app::App;
use crate::deliveries::entity::receipt;
use crate::deliveries::{Facts, facts, mark_attempt, mark_failed};
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::DeliveryId;
use crate::speakers::entity::speaker;
use crate::speakers::{Admitted, envelopes, public_key};

/// Longest words of a speaker that go into the ledger, in characters; its envelope is kept whole.
const WORDS: usize = 500;

/// Why a receipt is not acknowledged: the speaker keeps it, and the log tells of it.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("it does not verify ({0})")]
    Unsigned(#[from] loa_air::Reason),
    #[error("its id is not of the agreed form")]
    Id,
    #[error("it names a delivery that is not of this speaker's area")]
    Area,
    #[error("another receipt has its id")]
    Taken,
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for Refused {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failure(error.into())
    }
}

/// Every receipt for itself: kept, entered in the ledger and acknowledged, as often as it comes,
/// and counted once. One that cannot be kept does not hold up the others.
pub(super) async fn receipts(
    State(app): State<App>,
    Admitted { speaker, body, .. }: Admitted,
) -> Result<Json<Acknowledged>, Failure> {
    let mut answer = Acknowledged::default();
    for signed in envelopes(&body)? {
        match take(&app, &speaker, &signed).await {
            Ok(id) => answer.acknowledged.push(id),
            Err(Refused::Failure(error)) => {
                let cause = format!("{error:#}");
                tracing::error!(
                    speaker.id = speaker.id.0,
                    error.cause = cause,
                    "a receipt is not kept"
                );
            }
            Err(refused) => {
                let reason = refused.to_string();
                tracing::warn!(
                    speaker.id = speaker.id.0,
                    receipt.reason = reason,
                    "a receipt is refused"
                );
            }
        }
    }
    Ok(Json(answer))
}

/// The id under which a receipt is kept: ids are made on the speakers, each for itself.
pub(super) fn kept_as(receipt: &Receipt) -> String {
    format!("{}:{}", receipt.speaker, receipt.id)
}

/// The source of its entry in the ledger.
pub(super) fn source(receipt: &Receipt) -> String {
    format!("receipt:{}", kept_as(receipt))
}

/// What of an envelope stands in the ledger.
pub(super) fn fingerprint(envelope: &str) -> String {
    sha256(envelope.as_bytes())
}

/// Keeps one receipt in one transaction, with all that follows from it; answers its id.
async fn take(app: &App, speaker: &speaker::Model, signed: &Signed) -> Result<String, Refused> {
    let receipt = verify_receipt(signed, &public_key(speaker)?, speaker.id.0)?;
    if !is_id(&receipt.id) {
        return Err(Refused::Id);
    }
    let transaction = app.begin().await?;
    let facts = match facts(&transaction, DeliveryId(receipt.delivery)).await {
        Ok(facts) => facts,
        Err(Failure::NotFound) => return Err(Refused::Area),
        Err(failure) => return Err(failure.into()),
    };
    let area = facts.slot.as_ref().map(|slot| slot.area_id);
    if area != Some(speaker.area_id) || receipt.area != speaker.area_id.0 {
        return Err(Refused::Area);
    }
    // The head of the ledger before any row: all who append wait for each other in the same order.
    lock(&transaction).await?;
    let envelope = serde_json::to_string(signed).map_err(Failure::from)?;
    if !keep(app, &transaction, &receipt, &envelope).await? {
        return known(&transaction, &receipt, &envelope).await;
    }
    enter(
        app,
        &transaction,
        &facts,
        &receipt,
        (&speaker.name, &envelope),
    )
    .await?;
    transaction.commit().await?;
    Ok(receipt.id)
}

/// Up to 64 letters, digits and hyphens (docs/air.md).
fn is_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=64).contains(&id.len()) && id.bytes().all(plain)
}

/// Answers whether it was not kept before.
async fn keep(
    app: &App,
    transaction: &DatabaseTransaction,
    receipt: &Receipt,
    envelope: &str,
) -> Result<bool, Failure> {
    let row = receipt::ActiveModel {
        id: Set(kept_as(receipt)),
        speaker_id: Set(crate::ids::SpeakerId(receipt.speaker)),
        delivery_id: Set(DeliveryId(receipt.delivery)),
        started_at: Set(receipt.started_at),
        ended_at: Set(receipt.ended_at),
        outcome: Set(receipt.outcome.name().to_owned()),
        lateness_ms: Set(receipt.lateness_ms),
        envelope: Set(envelope.to_owned()),
        received_at: Set(app.clock.now()),
    };
    let once = OnConflict::column(receipt::Column::Id)
        .do_nothing()
        .to_owned();
    let kept = receipt::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(transaction)
        .await?;
    Ok(kept == 1)
}

/// A receipt that came before is acknowledged again; one that says something else under the same
/// id is not: nothing would keep it.
async fn known(
    connection: &impl ConnectionTrait,
    receipt: &Receipt,
    envelope: &str,
) -> Result<String, Refused> {
    let row = receipt::Entity::find_by_id(kept_as(receipt))
        .one(connection)
        .await?;
    match row {
        Some(row) if row.envelope == envelope => Ok(receipt.id.clone()),
        _ => Err(Refused::Taken),
    }
}

/// Enters it in the ledger. What was not heard shows the delivery as failed, with the reason,
/// unless another speaker proved it; a receipt for what was withdrawn proves that it was heard all
/// the same.
async fn enter(
    app: &App,
    transaction: &DatabaseTransaction,
    facts: &Facts,
    receipt: &Receipt,
    (name, envelope): (&str, &str),
) -> Result<(), Failure> {
    let now = app.clock.now();
    let heard = heard(receipt, facts, now);
    let words = receipt.detail.as_deref();
    let proof = Proof {
        source: source(receipt),
        kind: Kind::Receipt,
        occurred_at: receipt.started_at,
        counts: heard.is_ok(),
        seconds: heard.unwrap_or(0),
        detail: serde_json::to_value(ReceiptDetail {
            area: receipt.area,
            clock_offset_ms: receipt.clock_offset_ms,
            detail: words.map(|words| words.chars().take(WORDS).collect()),
            ended_at: receipt.ended_at,
            envelope: fingerprint(envelope),
            from: name.to_owned(),
            lateness_ms: receipt.lateness_ms,
            manifest_version: receipt.manifest_version,
            outcome: receipt.outcome.name().to_owned(),
            receipt: receipt.id.clone(),
            slot: receipt.slot,
            sound: receipt.sha256.clone(),
            speaker: receipt.speaker,
            started_at: receipt.started_at,
            volume: receipt.volume,
            why_not: heard.err().map(str::to_owned),
        })?,
    };
    append(app, transaction, facts, &proof).await?;
    if let Err(reason) = heard {
        let delivery = facts.delivery.id;
        if mark_failed(transaction, delivery, now, reason).await? {
            mark_attempt(transaction, delivery, now, "failed", reason, None).await?;
        }
    }
    Ok(())
}
