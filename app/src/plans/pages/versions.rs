//! The difference between two versions of a plan, and the file of each.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State as Of};
use axum::response::Response;
use serde::Deserialize;

use super::acts::original;
use super::difference::Difference;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::PlanId;
use crate::plans::entity::plan;
use crate::plans::versions::{Version, versions};
use crate::plans::{self, State};
use crate::web::{Shell, Visitor};

#[derive(Deserialize)]
pub(super) struct To {
    /// With which it is compared; the present one when nothing is said.
    to: Option<i64>,
}

#[derive(Template, WebTemplate)]
#[template(path = "plans/pages/versions.html")]
pub(super) struct DifferencePage {
    shell: Shell,
    plan: plan::Model,
    from: i64,
    to: i64,
    difference: Difference,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path((id, from)): Path<(PlanId, i64)>,
    Query(To { to }): Query<To>,
) -> Result<DifferencePage, Failure> {
    let (plan, versions) = of(&app, &person, id).await?;
    let to = to.unwrap_or(plan.version);
    let reading = |number| find(&versions, number)?.reading();
    let shell = Shell::of(&visitor);
    Ok(DifferencePage {
        difference: Difference::of(&shell, &reading(from)?, &reading(to)?),
        shell,
        plan,
        from,
        to,
    })
}

pub(super) async fn file(
    Of(app): Of<App>,
    person: Person,
    Path((id, number)): Path<(PlanId, i64)>,
) -> Result<Response, Failure> {
    let (_, versions) = of(&app, &person, id).await?;
    let version = find(&versions, number)?;
    original(&app, &version.file_name, &version.file_sha256).await
}

impl DifferencePage {
    fn title(&self) -> String {
        let values = [("from", self.from.to_string()), ("to", self.to.to_string())];
        self.shell.lang.with("plans-difference-of", &values)
    }
}

async fn of(
    app: &App,
    person: &Person,
    id: PlanId,
) -> Result<(plan::Model, Vec<Version>), Failure> {
    let plan = plans::get(app, person, id).await?;
    if plan.state == State::Draft.name() {
        return Err(Failure::NotFound);
    }
    let versions = versions(app, &plan).await?;
    Ok((plan, versions))
}

fn find(versions: &[Version], number: i64) -> Result<&Version, Failure> {
    let found = versions.iter().find(|version| version.number == number);
    found.ok_or(Failure::NotFound)
}
