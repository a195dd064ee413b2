//! Duties for programs, under `/api/v1`.

use axum::extract::{Query, State as Of};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::owed::{Owed, Shown};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{PlanId, UnitId};
use crate::plans::Holder;
use crate::units::UnitTree;
use crate::web::api::Caller;

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new().route("/duties", get(list))
}

#[derive(Deserialize)]
struct Filter {
    plan: Option<PlanId>,
    unit: Option<UnitId>,
}

/// `GET /duties?plan=1&unit=7`: a unit finds what those owed whose place it holds.
async fn list(
    Of(app): Of<App>,
    Caller(person): Caller,
    Query(filter): Query<Filter>,
) -> Result<Json<Value>, Failure> {
    let mut duties = super::all(&app, &person).await?;
    if let Some(plan) = filter.plan {
        duties.retain(|owed| owed.plan.id == plan);
    }
    if let Some(unit) = filter.unit {
        let units = UnitTree::load(&app.db).await?.origins(unit);
        duties.retain(|owed| owed.names(&units));
    }
    let duties: Vec<Value> = duties.iter().map(whole).collect();
    Ok(Json(json!({ "duties": duties })))
}

fn whole(owed: &Owed) -> Value {
    let parties: Vec<Value> = owed.parties.iter().map(party).collect();
    json!({
        "id": owed.duty.id, "plan": owed.plan.id, "clause": owed.address, "text": owed.duty.text,
        "cadence": owed.duty.cadence, "due": owed.duty.due, "product": owed.duty.product,
        "budget": owed.duty.budget, "row": owed.duty.row, "own": owed.own(), "parties": parties,
    })
}

fn party(shown: &Shown) -> Value {
    let units: Vec<Value> = shown.holders.iter().map(holder).collect();
    json!({"name": shown.party.name, "role": shown.party.role, "units": units})
}

fn holder(holder: &Holder) -> Value {
    let now: Vec<Value> = holder
        .now
        .iter()
        .map(|(unit, name)| json!({"id": unit, "name": name}))
        .collect();
    json!({"id": holder.unit, "name": holder.then, "now": now})
}
