//! Writing the chapters of a draft.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::acts::done;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::ReportId;
use crate::reports::document::{heading, meaning};
use crate::reports::{self, Chapter, Content, Narrative, NotSaved, State};
use crate::web::{Errors, Form, Shell, Visitor};

/// What was typed, and the mark of what the person began from.
#[derive(Deserialize)]
pub(super) struct TextForm {
    seen: String,
    #[serde(default)]
    direction: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    forms: String,
    #[serde(default)]
    budget: String,
    #[serde(default)]
    limits: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    proposals: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "reports/pages/edit.html")]
struct EditPage {
    shell: Shell,
    errors: Errors,
    content: Content,
    narrative: Narrative,
    seen: String,
    /// Somebody else changed it meanwhile.
    changed: bool,
}

pub(super) async fn edit(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<ReportId>,
) -> Result<Response, Failure> {
    let page = EditPage::of(&app, &visitor, &person, id).await?;
    Ok(page.into_response())
}

pub(super) async fn write(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<ReportId>,
    Form(form): Form<TextForm>,
) -> Result<Response, Failure> {
    let seen = form.seen.clone();
    let narrative = form.narrative();
    let mut errors = Errors::default();
    match reports::write(&app, &person, id, &seen, narrative.clone()).await {
        Ok(()) => return Ok(done(id, "reports-written")),
        Err(NotSaved::Chapters(faults)) => {
            for (chapter, text) in faults {
                errors.add(chapter.name(), text);
            }
        }
        Err(NotSaved::Failure(Failure::Conflict("reports-changed"))) => {
            errors.add("changed", "reports-changed");
        }
        Err(NotSaved::Failure(failure)) => return Err(failure),
    }
    let changed = errors.of("changed").is_some();
    let mut page = EditPage::of(&app, &visitor, &person, id).await?;
    if !changed {
        page.seen = seen;
    }
    let page = EditPage {
        errors,
        narrative,
        changed,
        ..page
    };
    let status = if changed {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, page).into_response())
}

impl TextForm {
    fn narrative(self) -> Narrative {
        Narrative {
            direction: self.direction,
            content: self.content,
            forms: self.forms,
            budget: self.budget,
            limits: self.limits,
            next: self.next,
            proposals: self.proposals,
        }
    }
}

impl EditPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: ReportId,
    ) -> Result<Self, Failure> {
        let report = reports::get(app, person, id).await?;
        person.require(Right::Report, report.row.unit_id)?;
        if report.state != State::Draft {
            return Err(Failure::Conflict("reports-not-draft"));
        }
        let content = report.content(&app.db).await?;
        Ok(Self {
            shell: Shell::of(visitor),
            errors: Errors::default(),
            narrative: content.narrative.clone(),
            seen: content.seen()?,
            content,
            changed: false,
        })
    }

    fn heading(&self, chapter: &Chapter) -> String {
        self.shell.t(heading(*chapter))
    }

    fn mark(&self, chapter: &Chapter) -> &'static str {
        if self.errors.of(chapter.name()).is_some() {
            " field-invalid"
        } else {
            ""
        }
    }

    fn described(&self, chapter: &Chapter) -> String {
        let name = chapter.name();
        if self.errors.of(name).is_some() {
            format!("aria-describedby=\"{name}-error\" aria-invalid=\"true\"")
        } else {
            String::new()
        }
    }

    /// The figures that may stand in the text: code, meaning, value.
    fn figures(&self) -> Vec<(String, String, String)> {
        let lang = self.shell.lang;
        let codes = self.content.figures.iter();
        codes
            .filter_map(|figure| {
                let code = figure.code()?;
                let value = self.content.printed(lang, code);
                let meaning = meaning(lang, code, &figure.name);
                Some((figure.code.clone(), meaning, value))
            })
            .collect()
    }
}
