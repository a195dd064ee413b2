//! What cannot wait: urgent messages, and warnings of others.

use super::waiting::Line;
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::urgent;
use crate::warnings;
use crate::web::Lang;

/// What a person has to do before anything else.
pub(super) async fn at_once(app: &App, person: &Person, lang: Lang) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    for waiting in urgent::waiting(app, person).await? {
        let message = waiting.message;
        lines.push(Line {
            link: format!("/urgent/{}", message.row.id),
            title: lang.tv(waiting.task.text(), &message.story.version.title),
            about: message.name(&message.row.asked_by).to_owned(),
            when: lang.time(message.row.asked_at),
            late: waiting.task == urgent::Task::Send,
        });
    }
    for waiting in warnings::waiting(app, person).await? {
        let warning = waiting.warning;
        let source = warning.source.as_ref().map(|source| source.name.clone());
        lines.push(Line {
            link: format!("/warnings/{}", warning.row.id),
            title: lang.tv(waiting.task.text(), warning.title()),
            about: source.unwrap_or_default(),
            when: lang.time(warning.row.received_at),
            late: true,
        });
    }
    for (source, asked_at) in warnings::rules_to_approve(app, person).await? {
        lines.push(Line {
            link: format!("/warning-sources/{}", source.id),
            title: lang.tv("warnings-task-rule", &source.name),
            about: source.sender,
            when: lang.time(asked_at),
            late: false,
        });
    }
    Ok(lines)
}
