//! Urgent messages that wait for a person.

use super::message::{Message, Stage, list};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;

/// What is to be done with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Hear it and send it, or send it back.
    Send,
    /// It came back.
    Rework,
    /// Say what is to be learned from it.
    Review,
}

/// A message that waits for a person.
pub struct Waiting {
    /// What is to be done.
    pub task: Task,
    /// With what.
    pub message: Message,
}

/// What waits for a person, what is to be sent first.
pub async fn waiting(app: &App, person: &Person) -> Result<Vec<Waiting>, Failure> {
    let mut waiting: Vec<Waiting> = list(app, person)
        .await?
        .into_iter()
        .filter_map(|message| {
            let task = match message.stage {
                Stage::Waits if message.may_send(person) => Task::Send,
                Stage::Returned if message.row.asked_by == person.id => Task::Rework,
                Stage::Over | Stage::Cancelled if message.may_review(person) => Task::Review,
                _ => return None,
            };
            Some(Waiting { task, message })
        })
        .collect();
    waiting.sort_by_key(|waiting| waiting.task);
    Ok(waiting)
}

impl Task {
    /// Names a text of the locales.
    pub fn text(self) -> &'static str {
        match self {
            Self::Send => "urgent-task-send",
            Self::Rework => "urgent-task-rework",
            Self::Review => "urgent-task-review",
        }
    }
}
