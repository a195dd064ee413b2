//! Deciding about elements from the page: each act is a form. Without scripts it leads back to the
//! review, with scripts the parts that changed are the answer.

use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::answer::{Inline, back, new_page, parts, told, with_form};
use super::desk::Desk;
use super::form::ElementForm;
use super::item::Item;
use super::typed::Typed;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{ElementId, PlanId};
use crate::plans::element::{Decision, Kind};
use crate::plans::{self, NotDecided, Seen};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Shell, Visitor};

#[derive(Deserialize)]
pub(super) struct DecisionForm {
    version: i64,
    decision: String,
}

#[derive(Deserialize)]
pub(super) struct RestForm {
    /// `12.1`: an element and the version in which it was seen.
    #[serde(default)]
    seen: Vec<String>,
    kind: String,
}

#[derive(Deserialize)]
pub(super) struct New {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    clause: String,
}

pub(super) async fn decide(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    inline: Inline,
    Path((plan, id)): Path<(PlanId, ElementId)>,
    Form(form): Form<DecisionForm>,
) -> Result<Response, Failure> {
    let decision: Decision = form.decision.parse()?;
    let version = form.version;
    let seen = Seen { id, version };
    let done = plans::decide(&app, &person, plan, seen, decision).await;
    let desk = Desk::of(&app, &person, plan).await?;
    let shell = Shell::of(&visitor);
    match done {
        Ok(()) => back(&shell, &desk, &inline, id),
        Err(NotDecided::Changed) => {
            let text = "plans-element-changed";
            told(&shell, &desk, &inline, (id, StatusCode::CONFLICT), text)
        }
        Err(NotDecided::Fields(errors)) => {
            let mut form = ElementForm::edit(&shell, &desk, desk.element(id)?);
            form.errors = errors;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            with_form(&shell, &desk, &inline, (id, status), &form, None)
        }
        Err(NotDecided::Failure(failure)) => Err(failure),
    }
}

/// `GET …/elements/12`: the element as it stands.
pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    inline: Inline,
    Path((plan, id)): Path<(PlanId, ElementId)>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&app, &person, plan).await?;
    back(&Shell::of(&visitor), &desk, &inline, id)
}

pub(super) async fn edit(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    inline: Inline,
    Path((plan, id)): Path<(PlanId, ElementId)>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&app, &person, plan).await?;
    let shell = Shell::of(&visitor);
    let form = ElementForm::edit(&shell, &desk, desk.element(id)?);
    with_form(&shell, &desk, &inline, (id, StatusCode::OK), &form, None)
}

pub(super) async fn save(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    inline: Inline,
    Path((plan, id)): Path<(PlanId, ElementId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    plans::draft(&app, &person, plan).await?;
    let kind = plans::find(&app, plan, id).await?.kind();
    let version = typed.version;
    let seen = Seen { id, version };
    let done = match typed.data(kind) {
        _ if typed.then == "more" => Err(NotDecided::Fields(Errors::default())),
        Ok(data) => plans::change(&app, &person, plan, seen, &data).await,
        Err(errors) => Err(NotDecided::Fields(errors)),
    };
    let desk = Desk::of(&app, &person, plan).await?;
    let shell = Shell::of(&visitor);
    let form = |typed| ElementForm::of(&shell, &desk, kind, Some(id), typed);
    match done {
        Ok(()) => back(&shell, &desk, &inline, id),
        Err(NotDecided::Changed) => {
            // Saving once more takes the place of what somebody else made of it, knowingly.
            let now = desk.element(id)?;
            let form = form(Typed {
                version: now.version,
                ..typed
            });
            let status = (id, StatusCode::CONFLICT);
            let text = Some("plans-element-changed");
            with_form(&shell, &desk, &inline, status, &form, text)
        }
        Err(NotDecided::Fields(errors)) => {
            let status = if errors.none() {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let mut form = form(typed);
            form.errors = errors;
            with_form(&shell, &desk, &inline, (id, status), &form, None)
        }
        Err(NotDecided::Failure(failure)) => Err(failure),
    }
}

pub(super) async fn begin(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(plan): Path<PlanId>,
    Query(New { kind, clause }): Query<New>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&app, &person, plan).await?;
    let shell = Shell::of(&visitor);
    let kind = kind.parse().ok();
    let typed = Typed {
        clause,
        cadence: "ongoing".to_owned(),
        ..Typed::default()
    };
    Ok(new_page(&shell, &desk, kind, typed, Errors::default()).into_response())
}

pub(super) async fn add(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(plan): Path<PlanId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let kind: Kind = typed.kind.parse()?;
    let done = match typed.data(kind) {
        _ if typed.then == "more" => Err(NotDecided::Fields(Errors::default())),
        Ok(data) => plans::add(&app, &person, plan, &typed.clause, &data).await,
        Err(errors) => Err(NotDecided::Fields(errors)),
    };
    match done {
        Ok(id) => Ok(go(
            &format!("/plans/{plan}#element-{id}"),
            "plans-element-is-added",
        )),
        Err(NotDecided::Fields(errors)) => {
            let desk = Desk::of(&app, &person, plan).await?;
            let shell = Shell::of(&visitor);
            let status = if errors.none() {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let page = new_page(&shell, &desk, Some(kind), typed, errors);
            Ok((status, page).into_response())
        }
        Err(NotDecided::Changed) => Err(Failure::Conflict("plans-element-changed")),
        Err(NotDecided::Failure(failure)) => Err(failure),
    }
}

/// Accepts those of a group that the page showed.
pub(super) async fn accept_rest(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    inline: Inline,
    Path(plan): Path<PlanId>,
    Form(form): Form<RestForm>,
) -> Result<Response, Failure> {
    let kind: Kind = form.kind.parse()?;
    let seen: Option<Vec<Seen>> = form.seen.iter().map(|seen| seen_in(seen)).collect();
    let seen = seen.ok_or(Failure::Invalid("error-form"))?;
    let left = plans::accept(&app, &person, plan, &seen).await?;
    let text = if left.is_empty() {
        "plans-rest-accepted"
    } else {
        "plans-rest-changed"
    };
    if !inline.0 {
        let to = format!("/plans/{plan}#group-{}", kind.name());
        return Ok(go(&to, text));
    }
    let desk = Desk::of(&app, &person, plan).await?;
    let shell = Shell::of(&visitor);
    let of_kind = |id: &ElementId| desk.element(*id).is_ok_and(|one| one.kind() == kind);
    let ids: Vec<ElementId> = seen.iter().map(|seen| seen.id).filter(of_kind).collect();
    let mut items = Vec::with_capacity(ids.len());
    for id in &ids {
        let mut item = Item::of(&shell, &desk, desk.element(*id)?);
        item.notice = left.contains(id).then_some("plans-element-changed");
        items.push(item);
    }
    parts(&shell, &desk, kind, items, StatusCode::OK)
}

fn seen_in(text: &str) -> Option<Seen> {
    let (id, version) = text.split_once('.')?;
    Some(Seen {
        id: id.parse().ok()?,
        version: version.parse().ok()?,
    })
}
