//! A new source.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State as Of;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::UnitId;
use crate::stories::NotSaved;
use crate::units::UnitTree;
use crate::warnings::{SourceDraft, create_source};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "warnings/pages/source_form.html")]
struct FormPage {
    shell: Shell,
    units: Vec<(UnitId, String)>,
    draft: SourceDraft,
    errors: Errors,
}

#[derive(Deserialize)]
pub(super) struct SourceForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    sender: String,
    #[serde(default)]
    certificate: String,
    #[serde(default)]
    code_list: String,
    #[serde(default)]
    feed: String,
    unit: Option<UnitId>,
}

/// `GET /warning-sources/new`
pub(super) async fn begin(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<Response, Failure> {
    let page = FormPage::of(&app, &visitor, &person, SourceDraft::default()).await?;
    Ok(page.into_response())
}

/// `POST /warning-sources/new`
pub(super) async fn create(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<SourceForm>,
) -> Result<Response, Failure> {
    let draft = SourceDraft {
        name: form.name,
        sender: form.sender,
        certificate: form.certificate,
        code_list: form.code_list,
        feed: form.feed,
        unit: form.unit,
    };
    match create_source(&app, &person, &draft).await {
        Ok(id) => Ok(go(
            &format!("/warning-sources/{id}"),
            "warnings-source-was-made",
        )),
        Err(NotSaved::Fields(errors)) => {
            let mut page = FormPage::of(&app, &visitor, &person, draft).await?;
            page.errors = errors;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(NotSaved::Failure(failure)) => Err(failure),
    }
}

impl FormPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        draft: SourceDraft,
    ) -> Result<Self, Failure> {
        let tree = UnitTree::load(&app.db).await?;
        let today = local_day(app.clock.now());
        let units = tree.choices(person.reach(Right::Administer), today);
        if units.is_empty() {
            return Err(Failure::NotFound);
        }
        Ok(Self {
            shell: Shell::of(visitor),
            units,
            draft,
            errors: Errors::default(),
        })
    }

    fn is_unit(&self, unit: &UnitId) -> bool {
        self.draft.unit == Some(*unit)
    }
}
