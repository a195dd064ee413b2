//! What speakers said: kept, and acknowledged once it is kept.

use std::collections::BTreeMap;

use loa_air::{Acknowledged, Signed, Topic};
use loa_broker::Bytes;
use tokio::sync::mpsc::Receiver;

use crate::app::App;
use crate::bulletins;
use crate::error::Failure;
use crate::evidence::{Brought, take_receipts};
use crate::ids::SpeakerId;
use crate::speakers;

/// So many messages wait to be kept.
pub(super) const ROOM: usize = 512;
/// So many are kept together: after an urgent message all speakers of an area speak at once.
const TOGETHER: usize = 256;

/// Something a speaker said.
pub(super) enum Heard {
    /// A list of receipts.
    Receipts(SpeakerId, Bytes),
    /// How it is.
    Status(SpeakerId, Bytes),
}

/// Keeps for ever.
pub(super) async fn keep(app: App, mut heard: Receiver<Heard>) {
    let mut batch = Vec::with_capacity(TOGETHER);
    while heard.recv_many(&mut batch, TOGETHER).await > 0 {
        let mut receipts = Vec::new();
        for heard in batch.drain(..) {
            let end = match heard {
                Heard::Receipts(id, body) => speakers::envelopes(&body).map(|signed| {
                    receipts.extend(signed.into_iter().map(|signed| (id, signed)));
                }),
                Heard::Status(id, body) => keep_status(&app, id, &body).await,
            };
            complain(end);
        }
        complain(keep_receipts(&app, receipts).await);
    }
}

async fn keep_receipts(app: &App, receipts: Vec<(SpeakerId, Signed)>) -> Result<(), Failure> {
    if receipts.is_empty() {
        return Ok(());
    }
    // Whoever is revoked meanwhile is answered nothing.
    let ids = receipts.iter().map(|(id, _)| *id);
    let rows = speakers::all_enrolled(&app.db, ids).await?;
    let brought: Vec<Brought> = receipts
        .into_iter()
        .filter_map(|(id, signed)| {
            Some(Brought {
                speaker: rows.get(&id)?,
                signed,
            })
        })
        .collect();
    let mut known: BTreeMap<SpeakerId, Vec<String>> = BTreeMap::new();
    for (id, one) in take_receipts(app, &brought).await.into_iter().zip(&brought) {
        known.entry(one.speaker.id).or_default().extend(id);
    }
    for (id, acknowledged) in known {
        let ack = serde_json::to_vec(&Acknowledged { acknowledged })?;
        app.broker.publish(Topic::Ack(id.0), &ack);
    }
    Ok(())
}

async fn keep_status(app: &App, id: SpeakerId, body: &Bytes) -> Result<(), Failure> {
    match speakers::enrolled(&app.db, id).await? {
        Some(speaker) => bulletins::take_status(app, &speaker, body).await,
        None => Ok(()),
    }
}

fn complain(end: Result<(), Failure>) {
    if let Err(error) = end {
        tracing::warn!(error.cause = %error, "what a loudspeaker said is not kept");
    }
}
