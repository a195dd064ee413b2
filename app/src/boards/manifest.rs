//! What a board shows, and `GET /air/v1/boards/manifest`.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State as Of;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{BoardManifest, BoardNotice, Reason, sign_board};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde::Deserialize;

use super::Admitted;
use super::entity::board;
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::entity::{delivery, release};
use crate::deliveries::{State, mark_all_failed, mark_sent, on_portal, portal_address};
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{DeliveryId, OutletId};
use crate::outlets::boards;
use crate::outlets::entity::outlet;
use crate::speakers::secret_key;
use crate::stories::{self, Approved, plain};
use crate::units::UnitTree;
use crate::web::etag;

/// So long a notice stands, unless it is withdrawn or a newer version takes its place.
pub const STANDS: TimeDelta = TimeDelta::days(30);
/// So many stand at a time, the newest.
const AT_ONCE: usize = 20;
/// So long a board shows what it holds without hearing from the server.
const VALID: TimeDelta = TimeDelta::days(7);
/// So long a notice may wait for a board that shows it.
const PATIENCE: TimeDelta = TimeDelta::days(3);
/// So many of them are looked at in one round.
const ROUND: u64 = 200;
/// So many characters of a body stand on a board; the rest is read elsewhere.
const TEXT: usize = 600;

/// The manifest of the board that asks: its version grows when what it says changes, and once a day.
pub(super) async fn get(
    Of(app): Of<App>,
    Admitted { board, headers, .. }: Admitted,
) -> Result<Response, Failure> {
    let now = app.clock.now();
    let notices = notices(&app, board.outlet_id, now).await?;
    let version = version(&app, &board, &notices, now).await?;
    let tag = format!("\"v{version}\"");
    if etag::has(&headers, &tag) {
        return Ok(etag::unchanged(tag));
    }
    let handed: Vec<_> = notices.iter().map(|one| DeliveryId(one.delivery)).collect();
    let manifest = BoardManifest {
        board: board.id.0,
        issued_at: now,
        notices,
        valid_until: now + VALID,
        version,
    };
    let signed = sign_board(&secret_key(&app).await?, &manifest);
    mark_sent(&app, &handed, &board.name).await?;
    Ok(([(header::ETAG, tag)], Json(signed)).into_response())
}

/// Why a board would not take what it was handed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    reason: Reason,
}

/// `POST /air/v1/boards/refusals`: kept for the people who look after the board.
pub(super) async fn refused(
    Of(app): Of<App>,
    Admitted { board, body, .. }: Admitted,
) -> Result<StatusCode, Failure> {
    let said: Refusal = serde_json::from_slice(&body).map_err(|_| Failure::Invalid("air-form"))?;
    let reason = said.reason.name();
    tracing::warn!(
        board.id = board.id.0,
        refusal.reason = reason,
        "a board refused what it was handed"
    );
    let row = board::ActiveModel {
        id: Set(board.id),
        refused_at: Set(Some(app.clock.now())),
        refused: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    row.update(&app.db).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What stands on the boards of an outlet, the newest first. Of each story that is the newest version that was
/// ever released to them: when it is taken back, no older one comes back in its place.
async fn notices(
    app: &App,
    outlet: OutletId,
    now: DateTime<Utc>,
) -> Result<Vec<BoardNotice>, Failure> {
    let rows = delivery::Entity::find()
        .filter(delivery::Column::OutletId.eq(outlet))
        .filter(delivery::Column::PlannedAt.gt(now - STANDS))
        .order_by_desc(delivery::Column::Id)
        .all(&app.db)
        .await?;
    let releases = release::Entity::find()
        .filter(release::Column::Id.is_in(rows.iter().map(|row| row.release_id)))
        .all(&app.db)
        .await?;
    let releases: BTreeMap<_, _> = releases.iter().map(|row| (row.id, row)).collect();
    let mut stories = BTreeSet::new();
    let standing: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row, *releases.get(&row.release_id)?)))
        .filter(|(_, release)| stories.insert(release.story_id))
        .filter(|(row, release)| row.state() != State::Withdrawn && release.withdrawn_at.is_none())
        .take(AT_ONCE)
        .collect();
    let on_portal = on_portal(&app.db, standing.iter().map(|(_, release)| release.id)).await?;
    let tree = UnitTree::load(&app.db).await?;
    let mut notices = Vec::with_capacity(standing.len());
    for (row, release) in standing {
        let approved = stories::approved(&app.db, release.version_id).await?;
        let page = || format!("{}{}", app.config.url(), portal_address(&approved.slug));
        notices.push(BoardNotice {
            delivery: row.id.0,
            link: on_portal.contains(&release.id).then(page),
            sha256: approved.sha256.clone(),
            since: row.planned_at,
            text: text(&approved),
            title: approved.title.clone(),
            unit: tree.name(approved.unit, local_day(release.released_at)),
            until: row.planned_at + STANDS,
        });
    }
    Ok(notices)
}

/// What a board says of a version: its summary, or as much of its body as can be read standing.
fn text(approved: &Approved) -> String {
    if !approved.summary.is_empty() {
        return approved.summary.clone();
    }
    let body = plain(&approved.body);
    if body.chars().count() <= TEXT {
        return body;
    }
    let start: String = body.chars().take(TEXT).collect();
    let end = start.rfind(['.', '!', '?', '\n']).map(|at| at + 1);
    let end = end.or_else(|| start.rfind(' ')).unwrap_or(start.len());
    format!("{} …", start[..end].trim_end())
}

/// The number of what a board is handed now.
async fn version(
    app: &App,
    board: &board::Model,
    notices: &[BoardNotice],
    now: DateTime<Utc>,
) -> Result<i64, Failure> {
    let said = (local_day(now), notices);
    let digest = sha256(&serde_json::to_vec(&said)?);
    if board.digest == digest {
        return Ok(board.version);
    }
    let version = board.version + 1;
    board::Entity::update_many()
        .col_expr(board::Column::Version, Expr::value(version))
        .col_expr(board::Column::Digest, Expr::value(digest))
        .filter(board::Column::Id.eq(board.id))
        .filter(board::Column::Version.eq(board.version))
        .exec(&app.db)
        .await?;
    Ok(version)
}

/// Shows as failed what has been there for days and was on no board; what one shows later still makes it proven.
pub async fn check_unseen(app: &App) -> Result<(), Failure> {
    let before = app.clock.now() - PATIENCE;
    let places = Query::select()
        .column(outlet::Column::Id)
        .from(outlet::Entity)
        .cond_where(boards())
        .to_owned();
    let open = delivery::Entity::find()
        .filter(delivery::Column::OutletId.in_subquery(places))
        .filter(delivery::Column::State.is_in([State::Planned.name(), State::Sent.name()]))
        .filter(delivery::Column::PlannedAt.lt(before))
        .limit(ROUND)
        .all(&app.db)
        .await?;
    let open: Vec<_> = open.into_iter().map(|row| row.id).collect();
    mark_all_failed(app, &open, "deliveries-unseen").await
}
