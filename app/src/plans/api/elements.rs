//! The elements of a draft for programs: list them, decide about them, add one.

use axum::Json;
use axum::extract::{Path, State as Of};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{ElementId, PlanId};
use crate::plans::data::Data;
use crate::plans::element::{Decision, Element, elements};
use crate::plans::{self, NotDecided, Seen};
use crate::web::api::{Caller, Sent, rule};
use crate::web::{Errors, Lang};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    /// `accepted`, `rejected` or `proposed`.
    state: String,
    /// The version in which it was seen.
    version: i64,
    /// What it says now, when it was corrected; it is accepted then.
    data: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct New {
    kind: String,
    /// The eId of its clause.
    clause: String,
    data: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Those {
    /// Elements as they were seen.
    elements: Vec<Seen>,
}

/// `GET /plans/1/elements`: of a draft those to decide, of a live plan those it was made of.
pub(super) async fn list(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(plan): Path<PlanId>,
) -> Result<Json<Value>, Failure> {
    let row = plans::get(&app, &person, plan).await?;
    let reading = plans::reading(&row)?;
    let all = elements(&app.db, plan, &reading).await?;
    let decided = all.iter().filter(|one| !one.open()).count();
    let total = all.len();
    let all = all.iter().map(whole).collect::<Result<Vec<_>, _>>()?;
    Ok(Json(
        json!({"elements": all, "decided": decided, "total": total}),
    ))
}

/// `POST /plans/1/elements/12/decision`
pub(super) async fn decide(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path((plan, id)): Path<(PlanId, ElementId)>,
    Sent { lang, body: sent }: Sent<Decided>,
) -> Result<Response, Failure> {
    plans::draft(&app, &person, plan).await?;
    let known = plans::find(&app, plan, id).await?;
    let version = sent.version;
    let seen = Seen { id, version };
    let decision: Decision = sent.state.parse()?;
    let done = match sent.data {
        Some(_) if decision != Decision::Accepted => return Err(Failure::Invalid("error-form")),
        Some(value) => match Data::from_value(known.kind(), value) {
            Ok(data) => plans::change(&app, &person, plan, seen, &data).await,
            Err(unread) => return Ok(unreadable(lang, &unread.to_string())),
        },
        None => plans::decide(&app, &person, plan, seen, decision).await,
    };
    answer(&app, (plan, id), lang, done).await
}

/// `POST /plans/1/elements`
pub(super) async fn add(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(plan): Path<PlanId>,
    Sent { lang, body: sent }: Sent<New>,
) -> Result<Response, Failure> {
    let data = match Data::from_value(sent.kind.parse()?, sent.data) {
        Ok(data) => data,
        Err(unread) => return Ok(unreadable(lang, &unread.to_string())),
    };
    match plans::add(&app, &person, plan, &sent.clause, &data).await {
        Ok(id) => {
            let added = plans::find(&app, plan, id).await?;
            let to = format!("/api/v1/plans/{plan}/elements/{id}");
            let location = [(header::LOCATION, to)];
            Ok((StatusCode::CREATED, location, Json(whole(&added)?)).into_response())
        }
        Err(NotDecided::Fields(errors)) => Ok(incomplete(lang, &errors)),
        Err(NotDecided::Changed) => Err(Failure::Conflict("plans-element-changed")),
        Err(NotDecided::Failure(failure)) => Err(failure),
    }
}

/// `POST /plans/1/acceptance`: those that are still as they were seen; answers which are not.
pub(super) async fn accept(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(plan): Path<PlanId>,
    Sent { body: sent, .. }: Sent<Those>,
) -> Result<Response, Failure> {
    let left = plans::accept(&app, &person, plan, &sent.elements).await?;
    Ok(Json(json!({ "left": left })).into_response())
}

/// `GET /plans/1/elements/12`
pub(super) async fn show(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path((plan, id)): Path<(PlanId, ElementId)>,
) -> Result<Json<Value>, Failure> {
    plans::get(&app, &person, plan).await?;
    Ok(Json(whole(&plans::find(&app, plan, id).await?)?))
}

/// What is undecided, for a confirmation that is refused.
pub(super) async fn undecided(
    app: &App,
    person: &Person,
    plan: PlanId,
    lang: Lang,
) -> Result<Response, Failure> {
    let row = plans::get(app, person, plan).await?;
    let all = elements(&app.db, plan, &plans::reading(&row)?).await?;
    let open = all.iter().filter(|one| one.open()).map(whole);
    let open = open.collect::<Result<Vec<_>, _>>()?;
    let more = json!({ "elements": open });
    Ok(rule(lang, "plans-undecided", "", &more))
}

async fn answer(
    app: &App,
    (plan, id): (PlanId, ElementId),
    lang: Lang,
    done: Result<(), NotDecided>,
) -> Result<Response, Failure> {
    match done {
        Ok(()) => {
            let now = plans::find(app, plan, id).await?;
            Ok(Json(whole(&now)?).into_response())
        }
        Err(NotDecided::Fields(errors)) => Ok(incomplete(lang, &errors)),
        Err(NotDecided::Changed) => Err(Failure::Conflict("plans-element-changed")),
        Err(NotDecided::Failure(failure)) => Err(failure),
    }
}

fn whole(element: &Element) -> Result<Value, Failure> {
    let proposed = element.proposed.as_ref().map(Data::value).transpose()?;
    Ok(json!({
        "id": element.id, "kind": element.kind().name(), "clause": element.clause,
        "state": element.decision.name(), "version": element.version,
        "confidence": element.confidence, "data": element.data.value()?, "proposed": proposed,
        "decided_by": element.decided_by, "decided_at": element.decided_at,
    }))
}

fn incomplete(lang: Lang, errors: &Errors) -> Response {
    let fields: serde_json::Map<String, Value> = errors
        .all()
        .iter()
        .map(|(field, text)| ((*field).to_owned(), json!(lang.t(text))))
        .collect();
    rule(
        lang,
        "plans-element-incomplete",
        "",
        &json!({ "errors": fields }),
    )
}

fn unreadable(lang: Lang, why: &str) -> Response {
    rule(lang, "error-form", "", &json!({ "detail": why }))
}
