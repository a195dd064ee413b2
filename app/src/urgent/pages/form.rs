//! Asking for an urgent message: what, where, for how long.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State as Of;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{AreaId, UnitId};
use crate::stories::NotSaved;
use crate::urgent::{self, Asked, Choices};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "urgent/pages/form.html")]
struct AskPage {
    shell: Shell,
    choices: Choices,
    asked: Asked,
    /// As typed, which may be no numbers.
    minutes: String,
    times: String,
    errors: Errors,
}

#[derive(Deserialize)]
pub(super) struct AskForm {
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    areas: Vec<AreaId>,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    times: String,
    portal: Option<String>,
    unit: Option<UnitId>,
}

/// `GET /urgent/new`
pub(super) async fn begin(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<Response, Failure> {
    let choices = Choices::of(&app, &person).await?;
    let mut asked = Asked::default();
    // Whoever has one area means that one.
    if let [only] = choices.areas.as_slice() {
        asked.areas.push(only.id);
    }
    let page = AskPage {
        shell: Shell::of(&visitor),
        minutes: asked.minutes.to_string(),
        times: asked.times.to_string(),
        errors: Errors::default(),
        choices,
        asked,
    };
    Ok(page.into_response())
}

/// `POST /urgent`
pub(super) async fn ask(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<AskForm>,
) -> Result<Response, Failure> {
    let number = |text: &str| text.trim().parse().unwrap_or_default();
    let asked = Asked {
        title: form.title,
        text: form.text,
        areas: form.areas,
        minutes: number(&form.minutes),
        times: number(&form.times),
        portal: form.portal.is_some(),
        unit: form.unit,
        clause: None,
    };
    let errors = match urgent::ask(&app, &person, &asked).await {
        Ok(id) => {
            return Ok(go(&format!("/urgent/{id}"), "urgent-asked-for"));
        }
        Err(NotSaved::Fields(errors)) => errors,
        Err(NotSaved::Failure(failure)) => return Err(failure),
    };
    let page = AskPage {
        shell: Shell::of(&visitor),
        choices: Choices::of(&app, &person).await?,
        minutes: form.minutes,
        times: form.times,
        asked,
        errors,
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

impl AskPage {
    fn has(&self, area: &AreaId) -> bool {
        self.asked.areas.contains(area)
    }

    fn is_unit(&self, unit: &UnitId) -> bool {
        self.asked.unit == Some(*unit)
    }
}
