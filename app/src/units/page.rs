//! The tree of units on a day, and one unit with its past.

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use chrono::NaiveDate;
use serde::Deserialize;

use super::tree::{Successor, Unit, UnitTree};
use crate::accounts::Person;
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::UnitId;
use crate::web::{Shell, Visitor};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/units", get(list))
        .route("/units/{id}", get(show))
}

#[derive(Deserialize)]
struct OnDay {
    on: Option<NaiveDate>,
}

#[derive(Template, WebTemplate)]
#[template(path = "units/list.html")]
struct UnitsPage {
    shell: Shell,
    day: NaiveDate,
    roots: Vec<Branch>,
    count: usize,
}

/// A unit with those below it.
struct Branch {
    unit: Unit,
    below: Vec<Branch>,
}

#[derive(Template, WebTemplate)]
#[template(path = "units/show.html")]
struct UnitPage {
    shell: Shell,
    name: String,
    versions: Vec<Unit>,
    successors: Vec<(Successor, String)>,
    origins: Vec<(UnitId, String)>,
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    _person: Person,
    Query(OnDay { on }): Query<OnDay>,
) -> Result<UnitsPage, Failure> {
    let tree = UnitTree::load(&app.db).await?;
    let day = on.unwrap_or_else(|| local_day(app.clock.now()));
    let roots = tree
        .all_on(day)
        .filter(|unit| {
            unit.parent
                .is_none_or(|parent| tree.on(parent, day).is_none())
        })
        .map(|unit| branch(&tree, unit, day))
        .collect();
    Ok(UnitsPage {
        shell: Shell::of(&visitor),
        day,
        roots,
        count: tree.all_on(day).count(),
    })
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    _person: Person,
    Path(id): Path<UnitId>,
) -> Result<UnitPage, Failure> {
    let tree = UnitTree::load(&app.db).await?;
    let today = local_day(app.clock.now());
    let versions = tree.versions(id).to_vec();
    if versions.is_empty() {
        return Err(Failure::NotFound);
    }
    let successors = tree
        .successors(id)
        .iter()
        .map(|next| (next.clone(), tree.name(next.unit, next.on)))
        .collect();
    let origins = tree
        .origins(id)
        .into_iter()
        .filter(|unit| *unit != id)
        .map(|unit| (unit, tree.name(unit, today)))
        .collect();
    Ok(UnitPage {
        shell: Shell::of(&visitor),
        name: tree.name(id, today),
        versions,
        successors,
        origins,
    })
}

fn branch(tree: &UnitTree, unit: &Unit, day: NaiveDate) -> Branch {
    let below = tree
        .children(unit.id, day)
        .into_iter()
        .map(|child| branch(tree, child, day))
        .collect();
    Branch {
        unit: unit.clone(),
        below,
    }
}

impl Branch {
    /// The branch as nested list items.
    fn render(&self) -> Result<String, askama::Error> {
        BranchItem { branch: self }.render()
    }
}

#[derive(Template)]
#[template(path = "units/branch.html")]
struct BranchItem<'a> {
    branch: &'a Branch,
}
