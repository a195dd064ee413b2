//! How an attempt ended, kept in one transaction: the delivery, its memory, the outlet's health.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, QuerySelect, Set};

use super::connector::{Fault, Remote, Taken};
use super::pace;
use crate::app::App;
use crate::clock::random;
use crate::deliveries::entity::delivery;
use crate::deliveries::{State, mark_attempt, replaced};
use crate::error::Failure;
use crate::ids::{DeliveryId, OutletId};
use crate::jobs::{self, Job};
use crate::outlets::entity::outlet;

/// An attempt whose end is to be kept.
pub(super) struct Record<'a> {
    pub(super) app: &'a App,
    pub(super) outlet: OutletId,
    pub(super) delivery: DeliveryId,
}

/// Notes that a delivery is being handed over, before anything leaves this machine.
pub(super) async fn begin(app: &App, id: DeliveryId) -> Result<(), Failure> {
    let transaction = app.begin().await?;
    let row = held(&transaction, id).await?;
    let mut changed: delivery::ActiveModel = row.into();
    changed.trying_since = Set(Some(app.clock.now()));
    changed.update(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

impl Record<'_> {
    /// The other side has it. Where it was withdrawn meanwhile, it is taken back next.
    pub(super) async fn taken(
        &self,
        taken: &Taken,
        before: Option<&Remote>,
    ) -> Result<(), Failure> {
        let now = self.app.clock.now();
        let transaction = self.app.begin().await?;
        let row = held(&transaction, self.delivery).await?;
        let withdrawn = row.state() == State::Withdrawn;
        let (sent_at, release) = (row.sent_at.or(row.trying_since), row.release_id);
        let mut changed: delivery::ActiveModel = row.into();
        changed.remote = Set(Some(taken.there.name.clone()));
        changed.address = Set(taken.there.address.clone());
        changed.trying_since = Set(None);
        changed.tries = Set(0);
        changed.updated_at = Set(now);
        if withdrawn {
            changed.taking_back = Set(Some("asked".to_owned()));
            changed.next_at = Set(Some(now));
        } else {
            changed.state = Set(State::Delivered.name().to_owned());
            changed.sent_at = Set(sent_at.or(Some(now)));
            changed.delivered_at = Set(Some(now));
            changed.failure = Set(None);
            changed.next_at = Set(None);
        }
        changed.update(&transaction).await?;
        let id = self.delivery;
        mark_attempt(&transaction, id, now, "delivered", &taken.answer, None).await?;
        let in_place = before.is_some_and(|before| before.name == taken.there.name);
        replaced(self.app, &transaction, release, self.outlet, in_place).await?;
        jobs::enqueue(&transaction, &Job::Prove { delivery: id }, now).await?;
        self.well(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The other side no longer has it.
    pub(super) async fn taken_back(&self) -> Result<(), Failure> {
        let now = self.app.clock.now();
        let transaction = self.app.begin().await?;
        let row = held(&transaction, self.delivery).await?;
        let mut changed: delivery::ActiveModel = row.into();
        changed.taking_back = Set(Some("done".to_owned()));
        changed.next_at = Set(None);
        changed.trying_since = Set(None);
        changed.tries = Set(0);
        changed.updated_at = Set(now);
        changed.update(&transaction).await?;
        mark_attempt(&transaction, self.delivery, now, "taken-back", "", None).await?;
        self.well(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// It did not work.
    pub(super) async fn fault(&self, fault: &Fault) -> Result<(), Failure> {
        let now = self.app.clock.now();
        let transaction = self.app.begin().await?;
        let row = held(&transaction, self.delivery).await?;
        let tries = row.tries + 1;
        let again = match fault {
            Fault::Later { after, .. } if tries < pace::TRIES => {
                let [chance] = random(self.app.chance.as_ref());
                let distance = pace::distance(tries, chance);
                Some(now + after.map_or(distance, |after| Ord::max(after, distance)))
            }
            _ => None,
        };
        let taking_back = row.taking_back.is_some() || row.state() == State::Withdrawn;
        let mut changed: delivery::ActiveModel = row.into();
        changed.tries = Set(tries);
        changed.trying_since = Set(None);
        changed.next_at = Set(again);
        changed.updated_at = Set(now);
        match (again, taking_back) {
            (Some(_), _) => {}
            (None, true) => changed.taking_back = Set(Some("failed".to_owned())),
            (None, false) => changed.state = Set(State::Failed.name().to_owned()),
        }
        changed.failure = Set(Some(fault.why().to_owned()));
        changed.update(&transaction).await?;
        let outcome = if again.is_some() { "retry" } else { "failed" };
        let why = fault.why();
        mark_attempt(&transaction, self.delivery, now, outcome, why, again).await?;
        match fault {
            Fault::Later { after, .. } => self.ill(&transaction, why, *after, now).await?,
            // It answered, so it is well; it does not want this.
            Fault::Never(_) => self.well(&transaction).await?,
            Fault::Unknown(_) => {}
        }
        transaction.commit().await?;
        Ok(())
    }

    /// What was due was settled in another way.
    pub(super) async fn nothing_due(&self) -> Result<(), Failure> {
        let transaction = self.app.begin().await?;
        let row = held(&transaction, self.delivery).await?;
        let mut changed: delivery::ActiveModel = row.into();
        changed.next_at = Set(None);
        changed.update(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn well(&self, transaction: &DatabaseTransaction) -> Result<(), Failure> {
        let row = outlet::Entity::find_by_id(self.outlet).one(transaction);
        let row = row.await?.ok_or(Failure::NotFound)?;
        if row.faults == 0 && row.rests_until.is_none() {
            return Ok(());
        }
        let mut changed: outlet::ActiveModel = row.into();
        changed.recover();
        changed.update(transaction).await?;
        Ok(())
    }

    async fn ill(
        &self,
        transaction: &DatabaseTransaction,
        why: &str,
        after: Option<TimeDelta>,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let row = outlet::Entity::find_by_id(self.outlet).one(transaction);
        let row = row.await?.ok_or(Failure::NotFound)?;
        let faults = row.faults + 1;
        // Who asks to be left alone is left alone at once.
        let rest = Ord::max(pace::rest(faults), after);
        let mut changed: outlet::ActiveModel = row.into();
        changed.faults = Set(faults);
        changed.rests_until = Set(rest.map(|rest| now + rest));
        changed.rests_because = Set(rest.map(|_| why.to_owned()));
        changed.update(transaction).await?;
        Ok(())
    }
}

async fn held(
    transaction: &DatabaseTransaction,
    id: DeliveryId,
) -> Result<delivery::Model, Failure> {
    delivery::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or(Failure::NotFound)
}
