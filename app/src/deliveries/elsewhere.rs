//! What stands at outlets that other programs hold.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::entity::{attempt, delivery, release};
use super::states::State;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{OutletId, ReleaseId, StoryId};
use crate::jobs::{self, Job};
use crate::outlets::entity::outlet;

impl delivery::Model {
    /// Whether there is something that a person may try again: what failed at another program, or what
    /// it did not take back.
    pub fn may_retry(&self, outlet: &outlet::Model) -> bool {
        let failed = self.state() == State::Failed || self.taking_back.as_deref() == Some("failed");
        failed && outlet.connector.is_some()
    }
}

/// Where the portal shows a story. It stands here, because what outlets are told, what is fetched as
/// proof and what the portal answers must be the same.
pub fn portal_address(slug: &str) -> String {
    format!("/tin/{slug}")
}

/// What stands of a story at an outlet: what the outlet calls it, and where the public finds it.
pub async fn standing(
    connection: &impl ConnectionTrait,
    story: StoryId,
    outlet: OutletId,
) -> Result<Option<(String, Option<String>)>, Failure> {
    let row = delivery::Entity::find()
        .filter(delivery::Column::OutletId.eq(outlet))
        .filter(delivery::Column::ReleaseId.in_subquery(releases(story)))
        .filter(delivery::Column::Remote.is_not_null())
        .filter(delivery::Column::TakingBack.is_null())
        .order_by_desc(delivery::Column::Id)
        .one(connection)
        .await?;
    Ok(row.and_then(|row| Some((row.remote?, row.address))))
}

/// Whether a delivery was tried before, an attempt that a killed process began among them.
pub async fn was_tried(
    connection: &impl ConnectionTrait,
    delivery: &delivery::Model,
) -> Result<bool, Failure> {
    let ended = attempt::Entity::find().filter(attempt::Column::DeliveryId.eq(delivery.id));
    Ok(delivery.trying_since.is_some() || ended.count(connection).await? > 0)
}

/// Which of some releases went to a portal, too.
pub async fn on_portal(
    connection: &impl ConnectionTrait,
    releases: impl IntoIterator<Item = ReleaseId>,
) -> Result<BTreeSet<ReleaseId>, Failure> {
    let portals = Query::select()
        .column(outlet::Column::Id)
        .from(outlet::Entity)
        .and_where(outlet::Column::Kind.eq("portal"))
        .to_owned();
    let there = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::ReleaseId)
        .filter(delivery::Column::ReleaseId.is_in(releases))
        .filter(delivery::Column::OutletId.in_subquery(portals))
        .filter(delivery::Column::State.ne(State::Withdrawn.name()))
        .into_tuple::<ReleaseId>()
        .all(connection)
        .await?;
    Ok(there.into_iter().collect())
}

/// An outlet has a version of a story: what it had of older ones is replaced, in the transaction that
/// says so. Where the new one took its place, nothing is left to do; otherwise the old one is taken
/// back.
pub async fn replaced(
    app: &App,
    connection: &impl ConnectionTrait,
    release: ReleaseId,
    outlet: OutletId,
    in_place: bool,
) -> Result<(), Failure> {
    let newer = release::Entity::find_by_id(release).one(connection).await?;
    let newer = newer.ok_or(Failure::NotFound)?;
    let now = app.clock.now();
    let older = delivery::Entity::find()
        .filter(delivery::Column::OutletId.eq(outlet))
        .filter(delivery::Column::ReleaseId.in_subquery(releases(newer.story_id)))
        .filter(delivery::Column::ReleaseId.lt(release))
        .filter(delivery::Column::Remote.is_not_null())
        .filter(delivery::Column::TakingBack.is_null())
        .all(connection)
        .await?;
    for row in older {
        let proven = row.state() == State::Proven;
        let mut changed: delivery::ActiveModel = row.into();
        // What was seen was seen.
        if !proven {
            changed.state = Set(State::Withdrawn.name().to_owned());
            changed.failure = Set(Some("deliveries-superseded".to_owned()));
        }
        changed.taking_back = Set(Some(if in_place { "done" } else { "asked" }.to_owned()));
        changed.next_at = Set((!in_place).then_some(now));
        changed.updated_at = Set(now);
        changed.update(connection).await?;
    }
    Ok(())
}

/// Asks the outlets of a release to take back what they have of it, in the caller's transaction. What
/// is being handed over just now is taken back when it is there.
pub(super) async fn ask_back(
    app: &App,
    connection: &impl ConnectionTrait,
    release: ReleaseId,
) -> Result<(), Failure> {
    let now = app.clock.now();
    let there = delivery::Entity::find()
        .filter(delivery::Column::ReleaseId.eq(release))
        .filter(
            Condition::any()
                .add(delivery::Column::Remote.is_not_null())
                .add(delivery::Column::TryingSince.is_not_null())
                .add(delivery::Column::NextAt.is_not_null()),
        )
        .filter(delivery::Column::TakingBack.is_null())
        .lock_exclusive()
        .all(connection)
        .await?;
    for row in there {
        let outlet = row.outlet_id;
        let stands = row.remote.is_some();
        let under_way = row.trying_since.is_some();
        let mut changed: delivery::ActiveModel = row.into();
        changed.next_at = Set((stands || under_way).then_some(now));
        changed.tries = Set(0);
        if stands {
            changed.taking_back = Set(Some("asked".to_owned()));
        }
        changed.update(connection).await?;
        jobs::wake(connection, &Job::Serve { outlet }, now).await?;
    }
    Ok(())
}

/// The releases of a story, to be asked for within another question.
fn releases(story: StoryId) -> SelectStatement {
    Query::select()
        .column(release::Column::Id)
        .from(release::Entity)
        .and_where(release::Column::StoryId.eq(story))
        .to_owned()
}
