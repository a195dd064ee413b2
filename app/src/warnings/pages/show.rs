//! One warning: what it says, whether it is believed, where it holds, and what is made of it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use loa_cap::{Alert, Info};
use serde::Deserialize;

use super::list::tag;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{UrgentId, WarningId};
use crate::outlets::entity::area;
use crate::stories::NotSaved;
use crate::urgent::{AskForm, AskPage};
use crate::warnings::places::{Ground, Places};
use crate::warnings::said::asked_with;
use crate::warnings::words::{infos, text, title};
use crate::warnings::{self, Stage, Warning};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "warnings/pages/show.html")]
struct WarningPage {
    shell: Shell,
    warning: Warning,
    alert: Option<Alert>,
    places: Places,
    /// Whether the person may make something of it.
    may_ask: bool,
    /// Whether they may decide that nothing is said.
    may_settle: bool,
    remark: String,
    errors: Errors,
}

#[derive(Deserialize)]
pub(super) struct SettleForm {
    #[serde(default)]
    remark: String,
}

/// `GET /warnings/{id}`
pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<WarningId>,
) -> Result<Response, Failure> {
    let page = WarningPage::of(&app, &visitor, &person, id).await?;
    Ok(page.into_response())
}

/// `GET /warnings/{id}/urgent`: the form of an urgent message, in the warning's words.
pub(super) async fn begin(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<WarningId>,
) -> Result<AskPage, Failure> {
    let (warning, alert) = warnings::get(&app, id).await?;
    let alert = alert.filter(|_| matches!(warning.stage, Stage::Waits | Stage::Asked));
    let alert = alert.ok_or(Failure::Conflict("warnings-done"))?;
    let asked = asked_with(&app, &person, &warning, &alert).await?;
    AskPage::of(&app, &visitor, &person, asked, &asks(id)).await
}

/// `POST /warnings/{id}/urgent`
pub(super) async fn ask(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<WarningId>,
    Form(form): Form<AskForm>,
) -> Result<Response, Failure> {
    match warnings::ask(&app, &person, id, &form.asked()).await {
        Ok(urgent) => Ok(go(&format!("/urgent/{urgent}"), "urgent-asked-for")),
        Err(NotSaved::Fields(errors)) => {
            form.again(&app, &visitor, &person, errors, &asks(id)).await
        }
        Err(NotSaved::Failure(failure)) => Err(failure),
    }
}

/// `POST /warnings/{id}/settlement`
pub(super) async fn settle(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<WarningId>,
    Form(form): Form<SettleForm>,
) -> Result<Response, Failure> {
    match warnings::settle(&app, &person, id, &form.remark).await {
        Ok(()) => Ok(go(&format!("/warnings/{id}"), "warnings-was-settled")),
        Err(Failure::Invalid(text)) => {
            let mut page = WarningPage::of(&app, &visitor, &person, id).await?;
            page.remark = form.remark;
            page.errors.add("remark", text);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

fn asks(id: WarningId) -> String {
    format!("/warnings/{id}/urgent")
}

impl WarningPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: WarningId,
    ) -> Result<Self, Failure> {
        let (warning, alert) = warnings::get(app, id).await?;
        let places = match &alert {
            Some(alert) => warning.places(&Ground::load(app).await?, alert),
            None => Places::default(),
        };
        let own = |area: &area::Model| person.may(Right::Air, area.unit_id);
        let all_own = places.areas.iter().all(own);
        Ok(Self {
            shell: Shell::of(visitor),
            may_ask: warning.concerns(&places, person),
            may_settle: all_own && warning.stage == Stage::Waits,
            warning,
            alert,
            places,
            remark: String::new(),
            errors: Errors::default(),
        })
    }

    fn infos(&self) -> Vec<&Info> {
        self.alert.as_ref().map(infos).unwrap_or_default()
    }

    fn by_rule(&self, urgent: &UrgentId) -> bool {
        self.warning.row.urgent_id == Some(*urgent)
    }

    fn advice(&self, why: &str) -> String {
        self.shell.t(&format!("{why}-advice"))
    }

    /// How bad, how soon, how sure.
    fn grade(&self, info: &Info) -> String {
        let words = [
            ("severity", info.severity.name()),
            ("urgency", info.urgency.name()),
            ("certainty", info.certainty.name()),
        ];
        let text = |(of, name): (&str, &str)| {
            let name = name.to_lowercase();
            self.shell.t(&format!("warnings-{of}-{name}"))
        };
        words.map(text).join(" · ")
    }
}
