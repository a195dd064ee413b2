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

/// The form of an urgent message.
#[derive(Template, WebTemplate)]
#[template(path = "urgent/pages/form.html")]
pub struct AskPage {
    shell: Shell,
    choices: Choices,
    asked: Asked,
    /// As typed, which may be no numbers.
    minutes: String,
    times: String,
    errors: Errors,
    /// Where it is sent, and what leads back.
    action: String,
    back: String,
}

/// What was typed in it.
#[derive(Deserialize)]
pub struct AskForm {
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
) -> Result<AskPage, Failure> {
    let mut asked = Asked::default();
    // Whoever has one area means that one.
    if let [only] = Choices::of(&app, &person).await?.areas.as_slice() {
        asked.areas.push(only.id);
    }
    AskPage::of(&app, &visitor, &person, asked, "/urgent").await
}

/// `POST /urgent`
pub(super) async fn ask(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<AskForm>,
) -> Result<Response, Failure> {
    match urgent::ask(&app, &person, &form.asked()).await {
        Ok(id) => Ok(go(&format!("/urgent/{id}"), "urgent-asked-for")),
        Err(NotSaved::Fields(errors)) => {
            form.again(&app, &visitor, &person, errors, "/urgent").await
        }
        Err(NotSaved::Failure(failure)) => Err(failure),
    }
}

impl AskForm {
    /// What is asked for.
    pub fn asked(&self) -> Asked {
        let number = |text: &str| text.trim().parse().unwrap_or_default();
        Asked {
            title: self.title.clone(),
            text: self.text.clone(),
            areas: self.areas.clone(),
            minutes: number(&self.minutes),
            times: number(&self.times),
            portal: self.portal.is_some(),
            unit: self.unit,
            clause: None,
        }
    }

    /// The form once more, with what was typed and what is wrong with it.
    pub async fn again(
        self,
        app: &App,
        visitor: &Visitor,
        person: &Person,
        errors: Errors,
        action: &str,
    ) -> Result<Response, Failure> {
        let mut page = AskPage::of(app, visitor, person, self.asked(), action).await?;
        (page.minutes, page.times, page.errors) = (self.minutes, self.times, errors);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }
}

impl AskPage {
    /// The form with something in it, sent to an address that leads back too.
    pub async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        asked: Asked,
        action: &str,
    ) -> Result<Self, Failure> {
        Ok(Self {
            shell: Shell::of(visitor),
            choices: Choices::of(app, person).await?,
            minutes: asked.minutes.to_string(),
            times: asked.times.to_string(),
            errors: Errors::default(),
            action: action.to_owned(),
            back: match action.strip_suffix("/urgent") {
                Some("") | None => action.to_owned(),
                Some(before) => before.to_owned(),
            },
            asked,
        })
    }

    fn has(&self, area: &AreaId) -> bool {
        self.asked.areas.contains(area)
    }

    fn is_unit(&self, unit: &UnitId) -> bool {
        self.asked.unit == Some(*unit)
    }
}
