//! `POST /air/v1/boards/receipts`: what notice boards sign that they showed (docs/air.md).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{Acknowledged, MAX_SKEW, Shown, Signed, verify_shown};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::body::Body;
use super::detail::ShownDetail;
use super::entity::entry;
use super::ledger::{Kind, Proof, append};
use super::receipts::{fingerprint, is_id};
use super::verify::BATCH;
use crate::app::App;
use crate::boards::entity::{board, board_receipt};
use crate::boards::{Admitted, STANDS, public_key};
use crate::deliveries::{Facts, facts};
use crate::error::Failure;
use crate::ids::{BoardId, DeliveryId};
use crate::speakers::envelopes;

/// Shorter than this nobody has read it.
const SECONDS: i64 = 5;
/// By a clock that is a little off.
const SLACK: TimeDelta = TimeDelta::minutes(1);

/// Kept and acknowledged as often as they come, and counted once. One that does not verify, or names a notice
/// of another board, is not acknowledged.
pub(super) async fn receipts(
    State(app): State<App>,
    Admitted { board, body, .. }: Admitted,
) -> Result<Json<Acknowledged>, Failure> {
    let mut answer = Acknowledged::default();
    for signed in envelopes(&body)? {
        match take(&app, &board, &signed).await {
            Ok(Some(id)) => answer.acknowledged.push(id),
            Ok(None) => tracing::warn!(board.id = board.id.0, "a receipt of a board is refused"),
            Err(failure) => {
                let cause = format!("{failure:#}");
                tracing::error!(
                    board.id = board.id.0,
                    error.cause = cause,
                    "a receipt of a board is not kept"
                );
            }
        }
    }
    Ok(Json(answer))
}

/// The id under which a receipt is kept: ids are made on the boards, each for itself.
pub(super) fn kept_as(shown: &Shown) -> String {
    format!("{}:{}", shown.board, shown.id)
}

/// The source of the entry in the ledger: one for each notice and board, however often it is shown.
pub(super) fn source(shown: &Shown) -> String {
    format!("shown:{}:{}", shown.board, shown.delivery)
}

/// Its id, once it is kept.
async fn take(app: &App, board: &board::Model, signed: &Signed) -> Result<Option<String>, Failure> {
    let key = public_key(board)?.ok_or(Failure::NotFound)?;
    let Ok(shown) = verify_shown(signed, &key, board.id.0) else {
        return Ok(None);
    };
    if !is_id(&shown.id) {
        return Ok(None);
    }
    let transaction = app.begin().await?;
    let facts = match facts(&transaction, DeliveryId(shown.delivery)).await {
        Ok(facts) if facts.outlet.id == board.outlet_id => facts,
        Ok(_) | Err(Failure::NotFound) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let now = app.clock.now();
    let proves = seen(&shown, &facts, now);
    let envelope = serde_json::to_string(signed)?;
    let row = board_receipt::ActiveModel {
        id: Set(kept_as(&shown)),
        board_id: Set(BoardId(shown.board)),
        delivery_id: Set(DeliveryId(shown.delivery)),
        started_at: Set(shown.started_at),
        ended_at: Set(shown.ended_at),
        seconds: Set(shown.seconds),
        times: Set(shown.times),
        why_not: Set(proves.err().map(str::to_owned)),
        envelope: Set(envelope.clone()),
        received_at: Set(now),
    };
    let once = OnConflict::column(board_receipt::Column::Id)
        .do_nothing()
        .to_owned();
    let kept = board_receipt::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(&transaction)
        .await?;
    if kept == 0 {
        let known = board_receipt::Entity::find_by_id(kept_as(&shown))
            .one(&transaction)
            .await?;
        // Something else under a used id would be kept by nobody.
        return Ok(known
            .is_some_and(|known| known.envelope == envelope)
            .then_some(shown.id));
    }
    if proves.is_ok() {
        append(app, &transaction, &facts, &proof(board, &shown, &envelope)?).await?;
    }
    transaction.commit().await?;
    Ok(Some(shown.id))
}

fn proof(board: &board::Model, shown: &Shown, envelope: &str) -> Result<Proof, Failure> {
    Ok(Proof {
        source: source(shown),
        kind: Kind::Shown,
        occurred_at: shown.started_at,
        counts: true,
        seconds: 0,
        detail: serde_json::to_value(ShownDetail {
            board: shown.board,
            ended_at: shown.ended_at,
            envelope: fingerprint(envelope),
            from: board.name.clone(),
            notice: shown.sha256.clone(),
            receipt: shown.id.clone(),
            seconds: shown.seconds,
            started_at: shown.started_at,
            times: shown.times,
            version: shown.version,
        })?,
    })
}

/// Whether it proves that the notice was there to be read; or the name of the text that says why not. It does
/// when the version that was released was shown whole, for five seconds at least, while it stood.
fn seen(shown: &Shown, facts: &Facts, now: DateTime<Utc>) -> Result<(), &'static str> {
    let since = facts.delivery.planned_at;
    let asked = shown.sha256 == facts.approved.sha256;
    let while_it_stood =
        shown.started_at >= since - SLACK && shown.ended_at <= since + STANDS + SLACK;
    let span = (shown.ended_at - shown.started_at).num_seconds();
    if !asked || !while_it_stood || shown.ended_at > now + MAX_SKEW || shown.seconds > span + 1 {
        return Err("deliveries-receipt-unfit");
    }
    if shown.times < 1 || shown.seconds < SECONDS {
        return Err("deliveries-unread");
    }
    Ok(())
}

/// Every receipt of a board still verifies with its key, says what its row says, and what proves a notice is in
/// the ledger; and every entry of a board has its receipt.
pub(super) async fn verify(now: &impl ConnectionTrait) -> Result<(u64, Vec<String>), Failure> {
    let (mut walked, mut broken, mut last) = (0, Vec::new(), String::new());
    let boards = board::Entity::find().all(now).await?;
    let mut named = named(now).await?;
    loop {
        let batch = board_receipt::Entity::find()
            .filter(board_receipt::Column::Id.gt(last.as_str()))
            .order_by_asc(board_receipt::Column::Id)
            .limit(BATCH)
            .all(now)
            .await?;
        let Some(row) = batch.last() else {
            break;
        };
        last.clone_from(&row.id);
        for row in &batch {
            walked += 1;
            let board = boards.iter().find(|board| board.id == row.board_id);
            match holds(row, board)? {
                Err(fault) => broken.push(format!("receipt of a board {}: {fault}", row.id)),
                Ok(shown) => {
                    let source = source(&shown);
                    let entered = named.contains_key(&source);
                    if row.why_not.is_none() && !entered {
                        broken.push(format!(
                            "receipt of a board {}: it is not in the ledger",
                            row.id
                        ));
                    }
                    if named.get(&source) == Some(&Some(fingerprint(&row.envelope))) {
                        named.insert(source, None);
                    }
                }
            }
        }
    }
    let without = named
        .iter()
        .filter(|(_, fingerprint)| fingerprint.is_some());
    broken.extend(without.map(|(source, _)| format!("entry {source}: its receipt is gone")));
    Ok((walked, broken))
}

/// The entries of boards by their source, each with the fingerprint of the receipt that it names.
async fn named(now: &impl ConnectionTrait) -> Result<BTreeMap<String, Option<String>>, Failure> {
    let entries = entry::Entity::find()
        .filter(entry::Column::Kind.eq(Kind::Shown.name()))
        .all(now)
        .await?;
    let named = entries.into_iter().map(|entry| {
        let body: Option<Body> = serde_json::from_str(&entry.body).ok();
        let detail = body.and_then(|body| serde_json::from_value::<ShownDetail>(body.detail).ok());
        (
            entry.source,
            Some(detail.map_or_else(String::new, |detail| detail.envelope)),
        )
    });
    Ok(named.collect())
}

fn holds(
    row: &board_receipt::Model,
    board: Option<&board::Model>,
) -> Result<Result<Shown, String>, Failure> {
    let Some(key) = board.map(public_key).transpose()?.flatten() else {
        return Ok(Err("its board is gone".to_owned()));
    };
    let Ok(signed) = serde_json::from_str::<Signed>(&row.envelope) else {
        return Ok(Err("its envelope cannot be read".to_owned()));
    };
    let said = match verify_shown(&signed, &key, row.board_id.0) {
        Ok(said) => said,
        Err(reason) => return Ok(Err(reason.to_string())),
    };
    let same = row.id == kept_as(&said)
        && row.delivery_id == DeliveryId(said.delivery)
        && row.started_at == said.started_at
        && row.ended_at == said.ended_at
        && (row.seconds, row.times) == (said.seconds, said.times);
    Ok(if same {
        Ok(said)
    } else {
        Err("its columns do not say what was signed".to_owned())
    })
}
