//! What an act of the review answers: the way back to it, the parts of it that changed, or a page of
//! its own.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::desk::Desk;
use super::form::ElementForm;
use super::group::{Group, Progress};
use super::item::Item;
use super::typed::Typed;
use crate::error::Failure;
use crate::ids::ElementId;
use crate::plans::element::Kind;
use crate::web::{Errors, Shell};

/// Whether scripts ask for the parts of the page that changed, instead of the way back to it.
pub(super) struct Inline(pub(super) bool);

impl<S: Sync> FromRequestParts<S> for Inline {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Ok(Self(parts.headers.contains_key("loa-inline")))
    }
}

/// The parts of the review that an act changes.
#[derive(Template)]
#[template(path = "plans/pages/parts.html")]
struct ReviewParts<'a> {
    progress: Progress<'a>,
    group: Group<'a>,
    items: Vec<Item<'a>>,
}

/// An element on a page of its own: its form, or what became of it meanwhile.
#[derive(Template, WebTemplate)]
#[template(path = "plans/pages/element.html")]
struct ElementPage<'a> {
    shell: &'a Shell,
    desk: &'a Desk,
    title: String,
    wrong: bool,
    form: Option<&'a ElementForm<'a>>,
    item: Option<Item<'a>>,
    kinds: Vec<(Kind, String)>,
    clause: String,
}

/// Back to the element on the review, or what became of it.
pub(super) fn back(
    shell: &Shell,
    desk: &Desk,
    inline: &Inline,
    id: ElementId,
) -> Result<Response, Failure> {
    let element = desk.element(id)?;
    if inline.0 {
        let items = vec![Item::of(shell, desk, element)];
        return parts(shell, desk, element.kind(), items, StatusCode::OK);
    }
    let to = format!("/plans/{}#element-{id}", desk.plan.id);
    Ok(Redirect::to(&to).into_response())
}

/// The element as it stands, with what must be said about it.
pub(super) fn told(
    shell: &Shell,
    desk: &Desk,
    inline: &Inline,
    (id, status): (ElementId, StatusCode),
    text: &'static str,
) -> Result<Response, Failure> {
    let element = desk.element(id)?;
    let mut item = Item::of(shell, desk, element);
    item.notice = Some(text);
    if inline.0 {
        return parts(shell, desk, element.kind(), vec![item], status);
    }
    let page = ElementPage {
        title: shell.t("plans-review"),
        item: Some(item),
        ..ElementPage::of(shell, desk)
    };
    Ok((status, page).into_response())
}

/// The form in the place of the element, or on a page of its own with the element as it stands when
/// somebody else changed it.
pub(super) fn with_form(
    shell: &Shell,
    desk: &Desk,
    inline: &Inline,
    (id, status): (ElementId, StatusCode),
    form: &ElementForm<'_>,
    text: Option<&'static str>,
) -> Result<Response, Failure> {
    let element = desk.element(id)?;
    let mut item = Item::of(shell, desk, element);
    item.notice = text;
    if inline.0 {
        item.form = Some(form);
        return parts(shell, desk, element.kind(), vec![item], status);
    }
    let page = ElementPage {
        title: shell.t("plans-element-edit"),
        wrong: !form.errors.none(),
        form: Some(form),
        item: text.is_some().then_some(item),
        ..ElementPage::of(shell, desk)
    };
    Ok((status, page).into_response())
}

pub(super) fn new_page(
    shell: &Shell,
    desk: &Desk,
    kind: Option<Kind>,
    typed: Typed,
    errors: Errors,
) -> Response {
    let label = |kind: Kind| (kind, shell.t(&format!("plans-kind-{}", kind.name())));
    let clause = typed.clause.clone();
    let wrong = !errors.none();
    let title = shell.t("plans-element-new");
    let title = match kind {
        Some(kind) => format!("{title}: {}", label(kind).1),
        None => title,
    };
    let form = kind.map(|kind| {
        let mut form = ElementForm::of(shell, desk, kind, None, typed);
        form.errors = errors;
        form
    });
    ElementPage {
        title,
        wrong,
        form: form.as_ref(),
        kinds: Kind::ALL.map(label).into(),
        clause,
        ..ElementPage::of(shell, desk)
    }
    .into_response()
}

/// What changed, for scripts to put in place.
pub(super) fn parts<'a>(
    shell: &'a Shell,
    desk: &'a Desk,
    kind: Kind,
    items: Vec<Item<'a>>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let parts = ReviewParts {
        progress: Progress { shell, desk },
        group: Group::of(shell, desk, kind),
        items,
    };
    let body = parts.render().map_err(anyhow::Error::from)?;
    Ok((status, Html(body)).into_response())
}

impl<'a> ElementPage<'a> {
    fn of(shell: &'a Shell, desk: &'a Desk) -> Self {
        Self {
            shell,
            desk,
            title: String::new(),
            wrong: false,
            form: None,
            item: None,
            kinds: Vec::new(),
            clause: String::new(),
        }
    }
}
