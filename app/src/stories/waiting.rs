//! What waits for a person.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{story, version};
use super::lines::{Line, lines};
use super::story::State;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::error::Failure;
use crate::ids::StoryId;

/// Nobody works through more at a time.
const LIMIT: u64 = 200;

/// Why a story waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// It came back with a reason.
    Rework,
    /// It is to be approved or returned.
    Approve,
    /// It is not yet submitted.
    Finish,
}

impl Task {
    /// Names a text of the locales.
    pub fn text(self) -> &'static str {
        match self {
            Self::Rework => "stories-task-rework",
            Self::Approve => "stories-task-approve",
            Self::Finish => "stories-task-finish",
        }
    }
}

/// A story that waits for a person.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What is to be done.
    pub task: Task,
    /// With what.
    pub line: Line,
}

/// What waits for a person: what came back to them, what others submitted and they may approve,
/// and their own drafts; what has waited longest first.
pub async fn waiting(app: &App, person: &Person) -> Result<Vec<Waiting>, Failure> {
    let mine: Vec<StoryId> = version::Entity::find()
        .filter(version::Column::AuthorId.eq(person.id))
        .order_by_desc(version::Column::Id)
        .limit(LIMIT)
        .all(&app.db)
        .await?
        .into_iter()
        .map(|version| version.story_id)
        .collect();
    let to_approve = Condition::all()
        .add(story::Column::State.eq(State::Submitted.name()))
        .add(story::Column::UnitId.is_in(person.reach(Right::Approve)));
    let to_finish = Condition::all()
        .add(story::Column::State.eq(State::Draft.name()))
        .add(story::Column::UnitId.is_in(person.reach(Right::Write)))
        .add(story::Column::Id.is_in(mine));
    let rows = story::Entity::find()
        .filter(Condition::any().add(to_approve).add(to_finish))
        .order_by_asc(story::Column::UpdatedAt)
        .limit(LIMIT)
        .all(&app.db)
        .await?;
    let mut waiting: Vec<Waiting> = lines(app, rows)
        .await?
        .into_iter()
        .filter_map(|line| {
            let own = line.author == person.id;
            let task = match (line.state, own) {
                (State::Draft, true) if line.returned => Task::Rework,
                (State::Draft, true) => Task::Finish,
                (State::Submitted, false) => Task::Approve,
                _ => return None,
            };
            Some(Waiting { task, line })
        })
        .collect();
    waiting.sort_by_key(|waiting| waiting.task);
    Ok(waiting)
}
