//! Walking the ledger: does every entry still say what was hashed, and is none missing?

use std::collections::{BTreeMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::body::{Body, chained};
use super::entity::{entry, entry_theme, head};
use crate::error::Failure;
use crate::ids::{DeliveryId, ThemeId};

/// So many entries are read at a time.
const BATCH: u64 = 500;

/// Walks the whole chain: every body is hashed again over the hash before it, the columns are held
/// against the body, numbers without an entry are found, and the head is the last entry. Answers
/// what does not hold.
pub async fn verify_ledger(connection: &impl ConnectionTrait) -> Result<Vec<String>, Failure> {
    let mut walk = Walk::default();
    loop {
        let batch = entry::Entity::find()
            .filter(entry::Column::Seq.gt(walk.seq))
            .order_by_asc(entry::Column::Seq)
            .limit(BATCH)
            .all(connection)
            .await?;
        let (Some(first), Some(last)) = (batch.first(), batch.last()) else {
            break;
        };
        let mut themes: BTreeMap<i64, Vec<ThemeId>> = BTreeMap::new();
        let of_batch = entry_theme::Entity::find()
            .filter(entry_theme::Column::Seq.between(first.seq, last.seq))
            .order_by_asc(entry_theme::Column::ThemeId);
        for row in of_batch.all(connection).await? {
            themes.entry(row.seq).or_default().push(row.theme_id);
        }
        for row in &batch {
            walk.step(row, themes.get(&row.seq).map_or(&[], Vec::as_slice));
        }
    }
    let head = head::Entity::find_by_id(1).one(connection).await?;
    Ok(walk.end(head.as_ref()))
}

/// Where the walk stands: the last entry, and the deliveries that were proven up to there.
#[derive(Default)]
struct Walk {
    seq: i64,
    hash: String,
    proven: HashSet<DeliveryId>,
    broken: Vec<String>,
}

impl Walk {
    fn step(&mut self, row: &entry::Model, themes: &[ThemeId]) {
        let seq = row.seq;
        match seq - self.seq {
            1 => {}
            2 => self.fault(seq - 1, "it is missing"),
            _ => self.fault(
                self.seq + 1,
                &format!("it and all up to {} are missing", seq - 1),
            ),
        }
        if row.previous != self.hash {
            self.fault(seq, "it does not follow the entry before it");
        }
        if chained(&row.previous, &row.body) != row.hash {
            self.fault(seq, "its text does not have its hash");
        }
        match serde_json::from_str::<Body>(&row.body) {
            Ok(body) => {
                if !says_the_same(row, themes, &body) {
                    self.fault(seq, "its columns do not say what its text says");
                }
                let first = body.counts && self.proven.insert(body.delivery);
                if body.first != first {
                    self.fault(seq, "it is wrong about being its delivery's first proof");
                }
            }
            Err(_) => self.fault(seq, "its text cannot be read"),
        }
        // What follows is held against what is there: one fault is told once.
        self.seq = seq;
        self.hash.clone_from(&row.hash);
    }

    fn end(mut self, head: Option<&head::Model>) -> Vec<String> {
        match head {
            Some(head) if head.seq == self.seq && head.hash == self.hash => {}
            Some(head) if head.seq > self.seq => {
                self.fault(
                    self.seq + 1,
                    &format!("it and all up to {} are missing", head.seq),
                );
            }
            Some(_) => self.fault(self.seq, "it is not the last entry that the head names"),
            None => self.broken.push("the ledger has no head".to_owned()),
        }
        self.broken
    }

    fn fault(&mut self, seq: i64, what: &str) {
        self.broken
            .push(format!("entry {seq} of the ledger: {what}"));
    }
}

fn says_the_same(row: &entry::Model, themes: &[ThemeId], body: &Body) -> bool {
    row.seq == body.seq
        && row.source == body.source
        && row.kind == body.kind
        && row.at == body.at
        && row.occurred_at == body.occurred_at
        && row.plan_id == body.plan
        && row.unit_id == body.unit
        && row.outlet_id == body.outlet
        && row.delivery_id == body.delivery
        && row.channel == body.channel
        && row.counts == body.counts
        && row.first == body.first
        && row.seconds == body.seconds
        && themes == body.themes
}
