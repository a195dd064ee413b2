//! The list: what waits for the person first, then all they may see.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State as Of};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::UnitId;
use crate::stories::{Line, State, Waiting, list as find, waiting};
use crate::units::UnitTree;
use crate::web::{Shell, Visitor};

const PAGE: u64 = 25;

#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: u64,
}

#[derive(Template, WebTemplate)]
#[template(path = "stories/pages/list.html")]
pub(super) struct StoriesPage {
    shell: Shell,
    waiting: Vec<Waiting>,
    lines: Vec<Line>,
    state: Option<State>,
    may_write: bool,
    page: u64,
    count: u64,
    tree: UnitTree,
    today: NaiveDate,
}

pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(filter): Query<Filter>,
) -> Result<StoriesPage, Failure> {
    let state = match filter.state.as_str() {
        "" => None,
        name => Some(name.parse()?),
    };
    let page = Ord::clamp(filter.page, 1, 999_999);
    let (lines, count) = find(&app, &person, state, page - 1, PAGE).await?;
    Ok(StoriesPage {
        shell: Shell::of(&visitor),
        waiting: waiting(&app, &person).await?,
        lines,
        state,
        may_write: person.may_somewhere(Right::Write),
        page,
        count,
        tree: UnitTree::load(&app.db).await?,
        today: local_day(app.clock.now()),
    })
}

impl StoriesPage {
    fn unit(&self, unit: &UnitId) -> String {
        self.tree.name(*unit, self.today)
    }

    fn chosen(&self, state: &State) -> bool {
        self.state == Some(*state)
    }

    /// The first and the last line of this page, counted from 1.
    fn span(&self) -> String {
        let first = (self.page - 1) * PAGE;
        let last = first + self.lines.len() as u64;
        let values = [
            ("from", (first + 1).to_string()),
            ("to", last.to_string()),
            ("total", self.count.to_string()),
        ];
        self.shell.lang.with("stories-span", &values)
    }

    fn link(&self, page: u64) -> String {
        let state = self.state.map_or("", State::name);
        format!("/stories?state={state}&page={page}")
    }

    fn more(&self) -> bool {
        self.page * PAGE < self.count
    }
}
