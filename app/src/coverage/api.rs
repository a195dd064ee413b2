//! Coverage for programs, under `/api/v1`.

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use chrono::Datelike;
use serde::Deserialize;
use serde_json::{Value, json};

use super::silence::silences;
use super::table::{Asked, live_plans, table};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{PlanId, UnitId};
use crate::web::api::Caller;

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new().route("/coverage", get(show))
}

#[derive(Deserialize)]
struct Filter {
    plan: Option<PlanId>,
    year: Option<i32>,
    unit: Option<UnitId>,
}

/// `GET /coverage?plan=1&year=2026&unit=3`: the cells in which something was proven or that are
/// silent, of the newest plan and this year unless told otherwise.
async fn show(
    State(app): State<App>,
    Caller(person): Caller,
    Query(filter): Query<Filter>,
) -> Result<Json<Value>, Failure> {
    let plans = live_plans(&app).await?;
    let plan = match filter.plan {
        Some(id) => plans.iter().find(|plan| plan.id == id),
        None => plans.first(),
    };
    let asked = Asked {
        plan: plan.ok_or(Failure::NotFound)?.id,
        year: filter
            .year
            .unwrap_or_else(|| local_day(app.clock.now()).year()),
        unit: filter.unit,
    };
    let table = table(&app, &person, asked).await?;
    let mut cells = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        for channel in &table.channels {
            for month in 1..=12 {
                let cell = table.cell(place, channel.kind, month);
                let heat = table.heat(place, *channel, month).class();
                if cell.items > 0 || heat == "heat-silent" {
                    cells.push(json!({
                        "theme": row.theme, "channel": channel.kind,
                        "month": format!("{:04}-{month:02}", asked.year), "items": cell.items,
                        "proofs": cell.proofs, "seconds": cell.seconds,
                    }));
                }
            }
        }
    }
    let themes: Vec<Value> = table
        .rows
        .iter()
        .map(|row| json!({ "id": row.theme, "clause": row.address, "label": row.label }))
        .collect();
    let channels: Vec<Value> = table
        .channels
        .iter()
        .map(|channel| json!({ "kind": channel.kind, "asked": channel.asked }))
        .collect();
    let silent: Vec<Value> = silences(&table)
        .iter()
        .map(|silence| {
            json!({
                "theme": silence.row.map(|row| table.rows[row].theme), "channels": silence.channels,
                "months": silence.months,
                "since": format!("{:04}-{:02}", asked.year, silence.since),
            })
        })
        .collect();
    Ok(Json(json!({
        "plan": asked.plan, "year": asked.year, "unit": asked.unit, "themes": themes,
        "channels": channels, "cells": cells, "silences": silent,
    })))
}
