//! Choosing a document to be read.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Multipart, State as Of};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use loa_plan::{MAX_BYTES, ReadError};

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::UnitId;
use crate::plans::import::{Corrects, import_for};
use crate::plans::relations::{self, Known};
use crate::plans::{NotImported, State, fault, words};
use crate::units::{Unit, UnitTree};
use crate::web::{Limits, NoFile, Shell, Upload, Visitor};

/// A document, and two short fields.
const LIMITS: Limits = Limits {
    file: MAX_BYTES,
    typed: 2048,
};

#[derive(Template, WebTemplate)]
#[template(path = "plans/pages/import.html")]
pub(super) struct ImportPage {
    shell: Shell,
    choices: Choices,
    unit: Option<UnitId>,
    /// The live plans that it may correct.
    plans: Vec<(String, String)>,
    corrects: String,
    /// What is wrong, in the reader's language: the field and the words.
    faults: Vec<(&'static str, String)>,
}

/// The units that may own the plan.
struct Choices {
    /// Those of today, the person's own first.
    now: Vec<(UnitId, String)>,
    /// Those that are gone, with their last day: a plan of 2021 is of a unit of 2021.
    before: Vec<(UnitId, String)>,
}

pub(super) async fn begin(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<ImportPage, Failure> {
    ImportPage::of(&app, &visitor, &person).await
}

pub(super) async fn import(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    headers: HeaderMap,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let mut page = ImportPage::of(&app, &visitor, &person).await?;
    let upload = Upload::receive(multipart, &visitor, &headers, LIMITS).await?;
    let unit = upload.typed("unit").parse().ok();
    page.unit = unit;
    upload.typed("corrects").clone_into(&mut page.corrects);
    let corrects: Corrects = page.corrects.parse()?;
    let Upload { name, file, .. } = upload;
    if name.is_empty() {
        page.fault("file", visitor.lang.t("plans-file-missing"));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let imported = match file {
        Ok(bytes) => import_for(&app, &person, unit, corrects, (&name, &bytes)).await,
        Err(NoFile::Missing) => Err(NotImported::Unread(ReadError::Empty)),
        Err(NoFile::TooLarge { megabytes }) => {
            Err(NotImported::Unread(ReadError::TooLarge { megabytes }))
        }
    };
    match imported {
        Ok(id) => return Ok(Redirect::to(&format!("/plans/{id}")).into_response()),
        Err(NotImported::Unread(error)) => page.fault("file", fault(&error, visitor.lang)),
        Err(NotImported::NoUnit) => page.fault("unit", visitor.lang.t("plans-unit-missing")),
        Err(NotImported::Failure(failure)) => return Err(failure),
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

impl ImportPage {
    async fn of(app: &App, visitor: &Visitor, person: &Person) -> Result<Self, Failure> {
        if !person.may_somewhere(Right::Plan) {
            return Err(Failure::Forbidden("error-right"));
        }
        let shell = Shell::of(visitor);
        let choices = Choices::of(app, person, &shell).await?;
        Ok(Self {
            choices,
            unit: None,
            plans: correctable(app, person).await?,
            corrects: String::new(),
            faults: Vec::new(),
            shell,
        })
    }

    fn fault(&mut self, field: &'static str, words: String) {
        self.faults.push((field, words));
    }

    fn fault_of(&self, field: &str) -> Option<&str> {
        let mut of_field = self.faults.iter().filter(|(name, _)| *name == field);
        of_field.next().map(|(_, words)| words.as_str())
    }

    fn chosen(&self, unit: &UnitId) -> bool {
        self.unit == Some(*unit)
    }
}

/// The live plans that a person may correct.
async fn correctable(app: &App, person: &Person) -> Result<Vec<(String, String)>, Failure> {
    let known = relations::known(app, person).await?.into_iter();
    let live =
        known.filter(|plan| plan.state == State::Live.name() && person.may(Right::Plan, plan.unit));
    let label = |plan: Known| {
        let number = plan.number.as_deref().unwrap_or_default();
        let label = format!("{number} {}", words::short(&plan.title, 90));
        (plan.id.to_string(), label.trim().to_owned())
    };
    Ok(live.map(label).collect())
}

impl Choices {
    async fn of(app: &App, person: &Person, shell: &Shell) -> Result<Self, Failure> {
        let tree = UnitTree::load(&app.db).await?;
        let today = local_day(app.clock.now());
        let posts = person.posts(Right::Plan);
        let (mut now, mut before) = (Vec::new(), Vec::new());
        for unit in person.reach(Right::Plan) {
            let Some(unit) = tree.near(unit, today) else {
                continue;
            };
            match unit.last_day().filter(|last| *last < today) {
                None => now.push(unit),
                // Communes that are gone are many and issued no plans of a province.
                Some(last) if unit.level != "commune" => before.push((unit, last)),
                Some(_) => {}
            }
        }
        now.sort_by_key(|unit| (!posts.contains(&unit.id), rank(unit), &unit.name));
        before.sort_by_key(|(unit, last)| (rank(unit), &unit.name, *last));
        let until = |unit: &Unit, last| {
            let values = [("name", unit.name.clone()), ("to", shell.lang.day(last))];
            shell.lang.with("plans-unit-until", &values)
        };
        Ok(Self {
            now: now
                .iter()
                .map(|unit| (unit.id, unit.name.clone()))
                .collect(),
            before: before
                .iter()
                .map(|(unit, last)| (unit.id, until(unit, *last)))
                .collect(),
        })
    }
}

/// Provinces and their agencies make most plans.
fn rank(unit: &Unit) -> usize {
    ["province", "agency", "district"]
        .iter()
        .position(|level| *level == unit.level)
        .unwrap_or(3)
}

fn megabytes() -> usize {
    MAX_BYTES / (1024 * 1024)
}
