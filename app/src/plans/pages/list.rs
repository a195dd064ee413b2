//! The list of plans.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State as Of;

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::plans::{Line, list as find, words};
use crate::units::UnitTree;
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "plans/pages/list.html")]
pub(super) struct PlansPage {
    shell: Shell,
    lines: Vec<Line>,
    may_plan: bool,
    tree: UnitTree,
}

pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<PlansPage, Failure> {
    Ok(PlansPage {
        shell: Shell::of(&visitor),
        lines: find(&app, &person).await?,
        may_plan: person.may_somewhere(Right::Plan),
        tree: UnitTree::load(&app.db).await?,
    })
}

impl PlansPage {
    /// The owner by the name it had when the plan was made live; a plan of a unit that is gone
    /// keeps that unit's name.
    fn unit(&self, line: &Line) -> String {
        let day = local_day(line.confirmed_at.unwrap_or(line.imported_at));
        self.tree.name(line.unit_id, day)
    }

    fn period(&self, line: &Line) -> String {
        words::years(line.period_from, line.period_to)
    }

    fn state(&self, line: &Line) -> String {
        self.shell.t(&format!("plans-state-{}", line.state))
    }

    fn tag(&self, line: &Line) -> &'static str {
        tag(&line.state)
    }
}

/// The mark of a state.
fn tag(state: &str) -> &'static str {
    match state {
        "draft" => "submitted",
        "live" => "released",
        _ => "plain",
    }
}
