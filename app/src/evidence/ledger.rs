//! The ledger: append-only, each entry hashed over the one before it. The rule is in `body.rs`.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, Set,
};

use super::body::{Body, chained};
use super::entity::{entry, entry_theme, head};
use super::tally;
use crate::app::App;
use crate::deliveries::{Facts, mark_attempt, mark_proven};
use crate::error::Failure;
use crate::ids::DeliveryId;

/// Something that may prove a delivery.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// Where it comes from, such as `receipt:3:r1` or `page:7:9f2c…`: the same proof enters once.
    pub source: String,
    /// What it is.
    pub kind: Kind,
    /// When it was seen or heard.
    pub occurred_at: DateTime<Utc>,
    /// Whether it proves that something was seen or heard. What does not count is kept all the
    /// same: that a playing failed is part of the truth.
    pub counts: bool,
    /// How long it was heard; 0 for what is read.
    pub seconds: i64,
    /// An object with all else there is to say. Its `from`, a text, is who or what it came from:
    /// the delivery remembers it.
    pub detail: serde_json::Value,
}

/// What proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A loudspeaker's signed receipt.
    Receipt,
    /// A page as the public gets it.
    Page,
    /// A notice board's signed receipt.
    Shown,
}

impl Kind {
    /// Its name in the store and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Page => "page",
            Self::Shown => "shown",
        }
    }
}

/// Enters a proof, in the transaction of whoever brings it: the entry, its themes, the coverage,
/// and the state of the delivery. Answers the number of the new entry, or `None` when this proof
/// is in the ledger already. `transaction` comes from [`App::begin`].
pub async fn append(
    app: &App,
    transaction: &DatabaseTransaction,
    facts: &Facts,
    proof: &Proof,
) -> Result<Option<i64>, Failure> {
    let mut pen = Pen::take_up(app, transaction).await?;
    let seq = pen.append(facts, proof).await?;
    pen.put_down().await?;
    Ok(seq)
}

/// Whoever holds it appends; all others wait until the transaction ends. Many entries of one
/// transaction go through one pen: what they share is looked up once.
pub(super) struct Pen<'a> {
    app: &'a App,
    transaction: &'a DatabaseTransaction,
    last: head::Model,
    moved: bool,
    /// Deliveries known to have a proof that counts.
    proven: BTreeSet<DeliveryId>,
}

impl<'a> Pen<'a> {
    pub(super) async fn take_up(
        app: &'a App,
        transaction: &'a DatabaseTransaction,
    ) -> Result<Self, Failure> {
        Ok(Self {
            app,
            transaction,
            last: lock(transaction).await?,
            moved: false,
            proven: BTreeSet::new(),
        })
    }

    /// As [`append`] does.
    pub(super) async fn append(
        &mut self,
        facts: &Facts,
        proof: &Proof,
    ) -> Result<Option<i64>, Failure> {
        let known = entry::Entity::find()
            .select_only()
            .column(entry::Column::Seq)
            .filter(entry::Column::Source.eq(&proof.source))
            .into_tuple::<i64>()
            .one(self.transaction)
            .await?;
        if known.is_some() {
            return Ok(None);
        }
        let now = self.app.clock.now();
        let first = proof.counts && !self.is_proven(facts).await?;
        let body = Body::of(facts, proof, (self.last.seq + 1, first), now);
        self.last.hash = write(self.transaction, &self.last.hash, &body).await?;
        self.last.seq = body.seq;
        self.moved = true;
        if body.counts {
            tally::add(self.transaction, &body).await?;
            if self.proven.insert(body.delivery) {
                mark_proven(self.transaction, body.delivery, now).await?;
            }
        }
        if body.first {
            let from = proof.detail["from"].as_str().unwrap_or(&proof.source);
            mark_attempt(self.transaction, body.delivery, now, "proven", from, None).await?;
        }
        Ok(Some(body.seq))
    }

    /// Before the transaction is committed.
    pub(super) async fn put_down(self) -> Result<(), Failure> {
        if self.moved {
            let moved = head::ActiveModel {
                id: Set(self.last.id),
                seq: Set(self.last.seq),
                hash: Set(self.last.hash),
            };
            head::Entity::update(moved).exec(self.transaction).await?;
        }
        Ok(())
    }

    /// Whether a delivery has a proof that counts.
    async fn is_proven(&self, facts: &Facts) -> Result<bool, Failure> {
        if self.proven.contains(&facts.delivery.id) {
            return Ok(true);
        }
        let counting = entry::Entity::find()
            .select_only()
            .column(entry::Column::Seq)
            .filter(entry::Column::DeliveryId.eq(facts.delivery.id))
            .filter(entry::Column::Counts.eq(true))
            .limit(1)
            .into_tuple::<i64>()
            .one(self.transaction)
            .await?;
        Ok(counting.is_some())
    }
}

/// The last entry, held against others who want to append until the transaction ends.
pub(super) async fn lock(transaction: &DatabaseTransaction) -> Result<head::Model, Failure> {
    let head = head::Entity::find_by_id(1)
        .lock_exclusive()
        .one(transaction);
    let missing = || anyhow::anyhow!("the ledger has no head");
    Ok(head.await?.ok_or_else(missing)?)
}

/// Writes an entry after the one with a hash, and answers its own.
async fn write(
    connection: &impl ConnectionTrait,
    last: &str,
    body: &Body,
) -> Result<String, Failure> {
    let text = body.text()?;
    let hash = chained(last, &text);
    let row = entry::ActiveModel {
        seq: Set(body.seq),
        source: Set(body.source.clone()),
        kind: Set(body.kind.clone()),
        at: Set(body.at),
        occurred_at: Set(body.occurred_at),
        plan_id: Set(body.plan),
        unit_id: Set(body.unit),
        outlet_id: Set(body.outlet),
        delivery_id: Set(body.delivery),
        channel: Set(body.channel.clone()),
        counts: Set(body.counts),
        first: Set(body.first),
        seconds: Set(body.seconds),
        body: Set(text),
        previous: Set(last.to_owned()),
        hash: Set(hash.clone()),
    };
    entry::Entity::insert(row)
        .exec_without_returning(connection)
        .await?;
    let themes = body.themes.iter().map(|theme| entry_theme::ActiveModel {
        seq: Set(body.seq),
        theme_id: Set(*theme),
    });
    if !body.themes.is_empty() {
        entry_theme::Entity::insert_many(themes)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(hash)
}
