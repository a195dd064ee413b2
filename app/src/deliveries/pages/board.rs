//! The board: what went where, and how far it came.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State as Of};
use serde::Deserialize;

use crate::accounts::Person;
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::{self, Filter, Line, State};
use crate::error::Failure;
use crate::ids::{ReleaseId, StoryId};
use crate::web::{Shell, Visitor};

const PAGE: u64 = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    story: Option<StoryId>,
    #[serde(default)]
    page: u64,
}

#[derive(Template, WebTemplate)]
#[template(path = "deliveries/pages/board.html")]
pub(super) struct BoardPage {
    shell: Shell,
    releases: Vec<Group>,
    filter: Filter,
    page: u64,
    count: u64,
    shown: u64,
}

/// The deliveries of one release.
struct Group {
    id: ReleaseId,
    first: Line,
    lines: Vec<Line>,
}

pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<BoardPage, Failure> {
    let state = match asked.state.as_str() {
        "" => None,
        name => Some(name.parse()?),
    };
    let filter = Filter {
        state,
        story: asked.story,
    };
    let page = Ord::clamp(asked.page, 1, 999_999);
    let (lines, count) = deliveries::list(&app, &person, filter, page - 1, PAGE).await?;
    let shown = lines.len() as u64;
    let mut releases: Vec<Group> = Vec::new();
    for line in lines {
        match releases.last_mut() {
            Some(group) if group.id == line.release.id => group.lines.push(line),
            _ => releases.push(Group {
                id: line.release.id,
                first: line.clone(),
                lines: vec![line],
            }),
        }
    }
    Ok(BoardPage {
        shell: Shell::of(&visitor),
        releases,
        filter,
        page,
        count,
        shown,
    })
}

impl BoardPage {
    fn chosen(&self, state: &State) -> bool {
        self.filter.state == Some(*state)
    }

    /// When a delivery is heard or seen.
    fn when(&self, line: &Line) -> String {
        when(&self.shell, line)
    }

    /// Why it failed or was taken back, in words.
    fn reason(&self, line: &Line) -> Option<String> {
        Some(reason(&self.shell, line.delivery.failure.as_deref()?))
    }

    /// The first and the last line of this page, counted from 1.
    fn span(&self) -> String {
        let first = (self.page - 1) * PAGE;
        let values = [
            ("from", (first + 1).to_string()),
            ("to", (first + self.shown).to_string()),
            ("total", self.count.to_string()),
        ];
        self.shell.lang.with("deliveries-span", &values)
    }

    fn more(&self) -> bool {
        self.page * PAGE < self.count
    }

    fn link(&self, page: u64) -> String {
        let state = self.filter.state.map_or("", State::name);
        let story = self.filter.story;
        let story = story.map_or_else(String::new, |story| format!("&story={story}"));
        format!("/deliveries?state={state}{story}&page={page}")
    }
}

/// The slot of a delivery, or the instant it was meant for.
pub(super) fn when(shell: &Shell, line: &Line) -> String {
    match &line.slot {
        Some(slot) => format!(
            "{} {}–{}",
            shell.lang.day(local_day(slot.starts_at)),
            shell.lang.clock(slot.starts_at),
            shell.lang.clock(slot.ends_at)
        ),
        None => shell.lang.time(line.delivery.planned_at),
    }
}

/// Why it failed: a text of ours by its name, or what the other side answered.
pub(super) fn reason(shell: &Shell, text: &str) -> String {
    if text.starts_with("deliveries-") {
        shell.t(text)
    } else {
        shell.tv("deliveries-answered", text)
    }
}
