//! One source: how it is known, whether it answers, and the rule by which two people trust it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::accounts::{Person, Right, names};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{PersonId, RuleId, SourceId, UnitId};
use crate::stories::NotSaved;
use crate::urgent::Choices;
use crate::warnings::entity::{rule, source};
use crate::warnings::rule::{may_approve, may_end, of_source};
use crate::warnings::source::get_source;
use crate::warnings::{self, RuleDraft};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Nothing, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "warnings/pages/source.html")]
struct SourcePage {
    shell: Shell,
    source: source::Model,
    rule: Option<rule::Model>,
    may_approve: bool,
    may_end: bool,
    may_close: bool,
    /// Units in whose name the person may ask for a rule; none: they may not.
    units: Vec<(UnitId, String)>,
    draft: RuleDraft,
    minutes: String,
    times: String,
    errors: Errors,
    names: BTreeMap<PersonId, String>,
}

#[derive(Deserialize)]
pub(super) struct RuleForm {
    #[serde(default)]
    severity: String,
    #[serde(default)]
    certainty: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    times: String,
    portal: Option<String>,
    unit: Option<UnitId>,
}

/// `GET /warning-sources/{id}`
pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<SourceId>,
) -> Result<Response, Failure> {
    let page = SourcePage::of(&app, &visitor, &person, id).await?;
    Ok(page.into_response())
}

/// `POST /warning-sources/{id}/rules`
pub(super) async fn ask(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<SourceId>,
    Form(form): Form<RuleForm>,
) -> Result<Response, Failure> {
    let number = |text: &str| text.trim().parse().unwrap_or_default();
    let draft = RuleDraft {
        severity: form.severity,
        certainty: form.certainty,
        minutes: number(&form.minutes),
        times: number(&form.times),
        portal: form.portal.is_some(),
        unit: form.unit,
    };
    match warnings::ask_rule(&app, &person, id, &draft).await {
        Ok(_) => Ok(done(id, "warnings-rule-was-asked")),
        Err(NotSaved::Fields(errors)) => {
            let mut page = SourcePage::of(&app, &visitor, &person, id).await?;
            (page.minutes, page.times) = (form.minutes, form.times);
            (page.draft, page.errors) = (draft, errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(NotSaved::Failure(failure)) => Err(failure),
    }
}

/// `POST /warning-sources/{id}/rules/{rule}/approval`
pub(super) async fn approve(
    Of(app): Of<App>,
    person: Person,
    Path((id, rule)): Path<(SourceId, RuleId)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    warnings::approve_rule(&app, &person, rule).await?;
    Ok(done(id, "warnings-rule-was-approved"))
}

/// `POST /warning-sources/{id}/rules/{rule}/end`
pub(super) async fn end(
    Of(app): Of<App>,
    person: Person,
    Path((id, rule)): Path<(SourceId, RuleId)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    warnings::end_rule(&app, &person, rule).await?;
    Ok(done(id, "warnings-rule-was-ended"))
}

/// `POST /warning-sources/{id}/closing`
pub(super) async fn close(
    Of(app): Of<App>,
    person: Person,
    Path(id): Path<SourceId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    warnings::close_source(&app, &person, id).await?;
    Ok(go("/warnings", "warnings-source-was-closed"))
}

fn done(id: SourceId, text: &'static str) -> Response {
    go(&format!("/warning-sources/{id}"), text)
}

impl SourcePage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: SourceId,
    ) -> Result<Self, Failure> {
        let source = get_source(app, id).await?;
        let rule = of_source(&app.db, id).await?;
        let units = match Choices::of(app, person).await {
            Ok(choices) => choices.units,
            Err(Failure::Forbidden(_)) => Vec::new(),
            Err(failure) => return Err(failure),
        };
        let people = rule
            .iter()
            .flat_map(|rule| [Some(rule.asked_by), rule.approved_by]);
        let people = people.flatten().chain([source.made_by]).collect();
        let draft = RuleDraft::default();
        Ok(Self {
            shell: Shell::of(visitor),
            may_approve: rule.as_ref().is_some_and(|rule| may_approve(person, rule)),
            may_end: rule.as_ref().is_some_and(|rule| may_end(person, rule)),
            may_close: source.closed_at.is_none() && person.may(Right::Administer, source.unit_id),
            names: names(&app.db, people).await?,
            minutes: draft.minutes.to_string(),
            times: draft.times.to_string(),
            errors: Errors::default(),
            source,
            rule,
            units,
            draft,
        })
    }

    fn name(&self, person: &PersonId) -> &str {
        self.names.get(person).map_or("–", String::as_str)
    }

    /// What it is about, for how long and how often.
    fn says(&self, rule: &rule::Model) -> String {
        let about = format!("warnings-rule-says-{}-{}", rule.severity, rule.certainty);
        let values = [
            ("value", rule.minutes.to_string()),
            ("total", rule.times.to_string()),
        ];
        let how = self.shell.lang.with("warnings-rule-how", &values);
        format!("{} {how}", self.shell.t(&about))
    }

    fn choice(&self, of: &str, one: &str) -> String {
        self.shell.t(&format!("warnings-rule-{of}-{one}"))
    }

    fn is_unit(&self, unit: &UnitId) -> bool {
        self.draft.unit == Some(*unit)
    }
}
