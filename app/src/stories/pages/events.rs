//! The life of a story as a line of events.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::accounts::names;
use crate::app::App;
use crate::audit::entity::entry;
use crate::error::Failure;
use crate::stories::Story;
use crate::web::Shell;

/// Something that happened to the story.
pub(super) struct Event {
    pub(super) at: DateTime<Utc>,
    pub(super) returned: bool,
    pub(super) title: String,
    pub(super) who: String,
    pub(super) reason: Option<String>,
}

/// All that happened, in order: versions, submissions, returns, approvals, and what the slices to
/// the right noted about the story.
pub(super) async fn events(app: &App, shell: &Shell, story: &Story) -> Result<Vec<Event>, Failure> {
    let mut events = Vec::new();
    let mut add = |at, returned, title: String, who: &str, reason: Option<&String>| {
        events.push(Event {
            at,
            returned,
            title,
            who: who.to_owned(),
            reason: reason.cloned(),
        });
    };
    let number = |id| {
        let version = story.versions.iter().find(|version| version.id == id);
        version.map_or(0, |version| version.number)
    };
    for version in &story.versions {
        let title = shell.tv("stories-event-draft", version.number);
        add(
            version.created_at,
            false,
            title,
            story.name(&version.author_id),
            None,
        );
    }
    for review in &story.reviews {
        let title = shell.tv("stories-event-return", number(review.version_id));
        add(
            review.at,
            true,
            title,
            story.name(&review.person_id),
            Some(&review.reason),
        );
    }
    for approval in &story.approvals {
        let title = shell.tv("stories-event-approval", number(approval.version_id));
        add(
            approval.at,
            false,
            title,
            story.name(&approval.approver_id),
            None,
        );
    }
    let noted = entry::Entity::find()
        .filter(entry::Column::Subject.eq("story"))
        .filter(entry::Column::SubjectId.eq(story.row.id.0))
        .filter(entry::Column::Action.is_in(["submission", "release", "withdrawal"]))
        .order_by_asc(entry::Column::Id)
        .all(&app.db)
        .await?;
    let people = noted.iter().filter_map(|entry| entry.person_id).collect();
    let names = names(&app.db, people).await?;
    for entry in &noted {
        let name = match entry.action.as_str() {
            "submission" => "stories-event-submission",
            "release" => "stories-event-release",
            _ => "stories-event-withdrawal",
        };
        let who = entry.person_id.and_then(|person| names.get(&person));
        let title = shell.tv(name, &entry.detail);
        add(
            entry.at,
            false,
            title,
            who.map_or("–", String::as_str),
            None,
        );
    }
    events.sort_by_key(|event| event.at);
    Ok(events)
}
