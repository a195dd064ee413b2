//! `POST /air/v1/receipts`: what loudspeakers sign that they played (docs/air.md).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use axum::Json;
use axum::extract::State;
use loa_air::{Acknowledged, Receipt, Said, Signed, verify_receipt};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, Set};

use super::detail::ReceiptDetail;
use super::ledger::{Kind, Pen, Proof};
use super::verdict::heard;
use crate::app::App;
use crate::bulletins::{self, Kept};
use crate::deliveries::entity::receipt;
use crate::deliveries::{Facts, facts, mark_attempt, mark_failed};
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{DeliveryId, PartId};
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
    #[error("it names something that is not of this speaker's area")]
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

/// What a speaker brought.
pub struct Brought<'a> {
    /// Who.
    pub speaker: &'a speaker::Model,
    /// What it signed.
    pub signed: Signed,
}

/// One that verifies.
struct Checked<'a> {
    speaker: &'a speaker::Model,
    receipt: Receipt,
    envelope: String,
}

/// Kept, entered in the ledger and acknowledged, as often as it comes, and counted once. One that cannot
/// be kept does not hold up the others.
pub(super) async fn receipts(
    State(app): State<App>,
    Admitted { speaker, body, .. }: Admitted,
) -> Result<Json<Acknowledged>, Failure> {
    let brought: Vec<Brought> = envelopes(&body)?
        .into_iter()
        .map(|signed| Brought {
            speaker: &speaker,
            signed,
        })
        .collect();
    let acknowledged = take_receipts(&app, &brought).await;
    let acknowledged = acknowledged.into_iter().flatten().collect();
    Ok(Json(Acknowledged { acknowledged }))
}

/// The same, from several speakers, however they came: the id of each that is kept now. All of them in
/// one transaction; if the store fails at one, each in its own.
pub async fn take_receipts(app: &App, brought: &[Brought<'_>]) -> Vec<Option<String>> {
    let mut sound = Vec::with_capacity(brought.len());
    let mut answers = vec![None; brought.len()];
    for (place, one) in brought.iter().enumerate() {
        match check(one) {
            Ok(checked) => sound.push((place, checked)),
            Err(refused) => drop(told_of(Err(refused), one.speaker)),
        }
    }
    let each: Vec<&Checked> = sound.iter().map(|(_, checked)| checked).collect();
    let ends = match take(app, &each).await {
        Ok(ends) => ends,
        Err(_) if each.len() > 1 => one_by_one(app, &each).await,
        Err(failure) => vec![Err(failure.into())],
    };
    for ((place, checked), end) in sound.iter().zip(ends) {
        answers[*place] = told_of(end, checked.speaker);
    }
    answers
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

fn check<'a>(brought: &Brought<'a>) -> Result<Checked<'a>, Refused> {
    let speaker = brought.speaker;
    let receipt = verify_receipt(&brought.signed, &public_key(speaker)?, speaker.id.0)?;
    if !is_id(&receipt.id) {
        return Err(Refused::Id);
    }
    let envelope = serde_json::to_string(&brought.signed).map_err(Failure::from)?;
    Ok(Checked {
        speaker,
        receipt,
        envelope,
    })
}

async fn one_by_one(app: &App, sound: &[&Checked<'_>]) -> Vec<Result<String, Refused>> {
    let mut ends = Vec::with_capacity(sound.len());
    for one in sound {
        let end = take(app, &[one]).await.map(|mut ends| ends.remove(0));
        ends.push(end.unwrap_or_else(|failure| Err(failure.into())));
    }
    ends
}

/// Keeps them in one transaction, with all that follows. What is refused was refused before anything was
/// written for it.
async fn take(app: &App, sound: &[&Checked<'_>]) -> Result<Vec<Result<String, Refused>>, Failure> {
    if sound.is_empty() {
        return Ok(Vec::new());
    }
    let transaction = app.begin().await?;
    // The head of the ledger before any row: all who append wait for each other in the same order.
    let mut pen = Pen::take_up(app, &transaction).await?;
    let mut known = BTreeMap::new();
    let mut ends = Vec::with_capacity(sound.len());
    for one in sound {
        let end = match one.receipt.said() {
            Said::Part(part) => take_airing(app, &transaction, PartId(part), one).await,
            Said::Delivery(id) => {
                take_one(
                    app,
                    &transaction,
                    (&mut pen, &mut known),
                    DeliveryId(id),
                    one,
                )
                .await
            }
        };
        match end {
            Err(Refused::Failure(failure)) => return Err(failure),
            end => ends.push(end.map(|()| one.receipt.id.clone())),
        }
    }
    pen.put_down().await?;
    transaction.commit().await?;
    Ok(ends)
}

async fn take_one(
    app: &App,
    transaction: &DatabaseTransaction,
    (pen, known): (&mut Pen<'_>, &mut BTreeMap<DeliveryId, Option<Facts>>),
    id: DeliveryId,
    one: &Checked<'_>,
) -> Result<(), Refused> {
    let facts = match known.entry(id) {
        Entry::Occupied(there) => there.into_mut(),
        Entry::Vacant(place) => place.insert(match facts(transaction, id).await {
            Ok(facts) => Some(facts),
            Err(Failure::NotFound) => None,
            Err(failure) => return Err(failure.into()),
        }),
    };
    let facts = facts.as_ref().ok_or(Refused::Area)?;
    let area = facts.slot.as_ref().map(|slot| slot.area_id);
    if area != Some(one.speaker.area_id) || one.receipt.area != one.speaker.area_id.0 {
        return Err(Refused::Area);
    }
    if keep(app, transaction, &one.receipt, &one.envelope).await? {
        Ok(enter(app, transaction, pen, facts, one).await?)
    } else {
        is_known(transaction, &one.receipt, &one.envelope).await
    }
}

/// Keeps the receipt of a part of a bulletin. It is no evidence: it goes into no ledger and counts for
/// nothing.
async fn take_airing(
    app: &App,
    transaction: &DatabaseTransaction,
    part: PartId,
    one: &Checked<'_>,
) -> Result<(), Refused> {
    let area = bulletins::area_of_part(transaction, part).await?;
    if area != Some(one.speaker.area_id) || one.receipt.area != one.speaker.area_id.0 {
        return Err(Refused::Area);
    }
    let id = kept_as(&one.receipt);
    let story = receipt::Entity::find_by_id(&id).one(transaction).await?;
    if story.is_some() {
        return Err(Refused::Taken);
    }
    let (receipt, envelope) = (&one.receipt, &one.envelope);
    match bulletins::keep_airing(app, transaction, (part, id), receipt, envelope).await? {
        Kept::Kept => Ok(()),
        Kept::Taken => Err(Refused::Taken),
    }
}

/// The id of what is kept; the log tells of the others.
fn told_of(end: Result<String, Refused>, speaker: &speaker::Model) -> Option<String> {
    match end {
        Ok(id) => return Some(id),
        Err(Refused::Failure(error)) => {
            let cause = format!("{error:#}");
            let id = speaker.id.0;
            tracing::error!(
                speaker.id = id,
                error.cause = cause,
                "a receipt is not kept"
            );
        }
        Err(refused) => {
            let (id, reason) = (speaker.id.0, refused.to_string());
            tracing::warn!(
                speaker.id = id,
                receipt.reason = reason,
                "a receipt is refused"
            );
        }
    }
    None
}

/// Up to 64 letters, digits and hyphens (docs/air.md).
pub(super) fn is_id(id: &str) -> bool {
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
async fn is_known(
    connection: &impl ConnectionTrait,
    receipt: &Receipt,
    envelope: &str,
) -> Result<(), Refused> {
    let row = receipt::Entity::find_by_id(kept_as(receipt))
        .one(connection)
        .await?;
    match row {
        Some(row) if row.envelope == envelope => Ok(()),
        _ => Err(Refused::Taken),
    }
}

/// Enters it in the ledger. What was not heard shows the delivery as failed, with the reason,
/// unless another speaker proved it; a receipt for what was withdrawn proves that it was heard all
/// the same.
async fn enter(
    app: &App,
    transaction: &DatabaseTransaction,
    pen: &mut Pen<'_>,
    facts: &Facts,
    one: &Checked<'_>,
) -> Result<(), Failure> {
    let (receipt, now) = (&one.receipt, app.clock.now());
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
            envelope: fingerprint(&one.envelope),
            from: one.speaker.name.clone(),
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
    pen.append(facts, &proof).await?;
    if let Err(reason) = heard {
        let delivery = facts.delivery.id;
        if mark_failed(transaction, delivery, now, reason).await? {
            mark_attempt(transaction, delivery, now, "failed", reason, None).await?;
        }
    }
    Ok(())
}
