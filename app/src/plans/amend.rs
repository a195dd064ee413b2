//! Confirming a corrected document: the live plan is brought to what it says. Clauses, themes and
//! duties that go on keep their ids and all that hangs on them; what ends stays for what was counted
//! under it; the former document is kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::clauses::{self, Places};
use super::confirm::Work;
use super::data::Data;
use super::element::{Element, Kind, elements};
use super::entity::{duty, element, plan, plan_channel, regime, theme, version};
use super::plan::{State, reading};
use super::rows::{BATCH, placed};
use crate::error::Failure;
use crate::ids::{ElementId, PlanId};

/// Brings a live plan to what the draft says; the draft is gone then. A plan that was corrected after
/// the draft was compared with it is a conflict.
pub(super) async fn amend(
    connection: &impl ConnectionTrait,
    work: &Work<'_>,
    live: PlanId,
) -> Result<Places, Failure> {
    let live = take(connection, work, live).await?;
    let now = work.app.clock.now();
    keep_version(connection, &live).await?;
    let old = reading(&live)?;
    let before = elements(connection, live.id, &old).await?;
    let places = clauses::correct(connection, &live, (&old, work.reading), now).await?;
    write(connection, work, &live, &before, &places, now).await?;
    element::Entity::update_many()
        .col_expr(element::Column::EndedAt, Expr::value(now))
        .filter(element::Column::PlanId.eq(live.id))
        .filter(element::Column::EndedAt.is_null())
        .exec(connection)
        .await?;
    element::Entity::update_many()
        .col_expr(element::Column::PlanId, Expr::value(live.id.0))
        .filter(element::Column::PlanId.eq(work.draft.id))
        .exec(connection)
        .await?;
    replace(connection, work, &live, now).await?;
    let detail = format!("version {}, draft {}", live.version + 1, work.draft.id);
    work.note(connection, live.id, "correction", &detail)
        .await?;
    Ok(places)
}

/// The plan as it was compared with, its version already that of the correction: whoever comes second
/// finds another one.
async fn take(
    connection: &impl ConnectionTrait,
    work: &Work<'_>,
    live: PlanId,
) -> Result<plan::Model, Failure> {
    let compared = work.draft.corrects_version.unwrap_or_default();
    let taken = plan::Entity::update_many()
        .col_expr(plan::Column::Version, Expr::value(compared + 1))
        .filter(plan::Column::Id.eq(live))
        .filter(plan::Column::State.eq(State::Live.name()))
        .filter(plan::Column::Version.eq(compared))
        .exec(connection)
        .await?;
    if taken.rows_affected == 0 {
        return Err(Failure::Conflict("plans-corrected-meanwhile"));
    }
    let row = plan::Entity::find_by_id(live).one(connection).await?;
    Ok(plan::Model {
        version: compared,
        ..row.ok_or(Failure::NotFound)?
    })
}

async fn keep_version(
    connection: &impl ConnectionTrait,
    live: &plan::Model,
) -> Result<(), Failure> {
    let former = version::ActiveModel {
        plan_id: Set(live.id),
        version: Set(live.version),
        title: Set(live.title.clone()),
        reading: Set(live.reading.clone()),
        source_text: Set(live.source_text.clone()),
        file_name: Set(live.file_name.clone()),
        file_sha256: Set(live.file_sha256.clone()),
        confirmed_by: Set(live.corrected_by.or(live.confirmed_by)),
        confirmed_at: Set(live.corrected_at.or(live.confirmed_at)),
        ..Default::default()
    };
    former.insert(connection).await?;
    Ok(())
}

/// What was accepted, under the ids of what it follows; what nothing follows ends.
async fn write(
    connection: &impl ConnectionTrait,
    work: &Work<'_>,
    live: &plan::Model,
    before: &[Element],
    places: &Places,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let known: BTreeMap<ElementId, &Element> = before.iter().map(|one| (one.id, one)).collect();
    let rows = work.rows(live.id, places);
    let mut kept: BTreeSet<(Kind, i64)> = BTreeSet::new();
    for (one, position) in placed(work.accepted) {
        let followed = one.follows.and_then(|id| known.get(&id));
        let row = followed.and_then(|before| Some((before.row?, &before.data)));
        // Two elements may not become one row, nor does a row go on that none becomes.
        let row: Option<(i64, &Data)> =
            row.filter(|(row, _)| one.data.has_row() && kept.insert((one.kind(), *row)));
        rows.write(connection, one, row, position).await?;
    }
    let mut ended: BTreeMap<Kind, Vec<i64>> = BTreeMap::new();
    for one in before {
        if let Some(row) = one.row
            && !kept.contains(&(one.kind(), row))
        {
            ended.entry(one.kind()).or_default().push(row);
        }
    }
    for (kind, rows) in ended {
        for batch in rows.chunks(BATCH) {
            end(connection, kind, batch, now).await?;
        }
    }
    Ok(())
}

async fn end(
    connection: &impl ConnectionTrait,
    kind: Kind,
    rows: &[i64],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    macro_rules! end {
        ($table:ident) => {
            $table::Entity::update_many()
                .col_expr($table::Column::EndedAt, Expr::value(now))
                .filter($table::Column::Id.is_in(rows.iter().copied()))
                .exec(connection)
                .await?
        };
    }
    match kind {
        Kind::Theme => end!(theme),
        Kind::Channel => end!(plan_channel),
        Kind::Duty => end!(duty),
        Kind::Report => end!(regime),
        // They have no rows of their own.
        Kind::Audience | Kind::Milestone | Kind::Money | Kind::Relation => return Ok(()),
    };
    Ok(())
}

/// The live plan takes over the document; when it came and was first confirmed stays.
async fn replace(
    connection: &impl ConnectionTrait,
    work: &Work<'_>,
    live: &plan::Model,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let draft = work.draft.clone();
    plan::Entity::delete_by_id(draft.id)
        .exec(connection)
        .await?;
    let row = plan::ActiveModel {
        id: Set(live.id),
        title: Set(draft.title),
        period_from: Set(draft.period_from),
        period_to: Set(draft.period_to),
        reading: Set(draft.reading),
        source_text: Set(draft.source_text),
        file_name: Set(draft.file_name),
        file_sha256: Set(draft.file_sha256),
        number: Set(draft.number),
        notation: Set(draft.notation),
        corrected_by: Set(Some(work.person.id)),
        corrected_at: Set(Some(now)),
        ..Default::default()
    };
    row.update(connection).await?;
    Ok(())
}
