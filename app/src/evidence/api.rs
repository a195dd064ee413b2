//! Evidence for programs, under `/api/v1`.

use axum::extract::{Path, Query, State as Of};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::asked::Asked;
use super::list::{Line, count, get as find, list as find_all};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::units::UnitTree;
use crate::web::api::Caller;

const PAGE: u64 = 100;

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/evidence", get(list))
        .route("/evidence/{seq}", get(show))
}

/// `GET /evidence?plan=1&theme=2&channel=portal&unit=3&month=2026-11&delivery=4&count=proofs`: a
/// hundred at a time, the newest first; `next` is the `before` of the next page.
async fn list(
    Of(app): Of<App>,
    Caller(person): Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Failure> {
    let (tree, today) = (UnitTree::load(&app.db).await?, local_day(app.clock.now()));
    let filter = asked.filter(&tree, &person, today)?;
    let lines = find_all(&app, &person, &filter, asked.before()?, PAGE).await?;
    let last = lines.last().filter(|_| lines.len() as u64 == PAGE);
    let next = last.map(|line| line.entry.seq);
    let counts = count(&app, &person, &filter).await?;
    let evidence: Vec<Value> = lines.iter().map(answer).collect();
    Ok(Json(json!({
        "evidence": evidence, "entries": counts.entries, "proofs": counts.proofs,
        "items": counts.items, "next": next,
    })))
}

/// One entry, with the text that was hashed and what its kind of proof has to say.
async fn show(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(seq): Path<i64>,
) -> Result<Json<Value>, Failure> {
    let line = find(&app, &person, seq).await?;
    let mut entry = answer(&line);
    entry["body"] = line.entry.body.into();
    entry["detail"] = line.body.detail;
    Ok(Json(entry))
}

fn answer(line: &Line) -> Value {
    let (entry, body) = (&line.entry, &line.body);
    json!({
        "seq": entry.seq, "source": entry.source, "kind": entry.kind, "at": entry.at,
        "occurred_at": entry.occurred_at, "plan": entry.plan_id, "unit": entry.unit_id,
        "outlet": entry.outlet_id, "delivery": entry.delivery_id, "channel": entry.channel,
        "counts": entry.counts, "first": entry.first, "seconds": entry.seconds,
        "themes": body.themes, "clause": body.clause, "story": body.story,
        "version": body.version, "title": line.title, "sha256": body.sha256,
        "previous": entry.previous, "hash": entry.hash,
    })
}
