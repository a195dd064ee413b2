//! One report, as it will be printed, with what may be done with it.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{file, in_words};
use crate::accounts::entity::person;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{PersonId, ReportId};
use crate::reports::document::{Kind, Part, Sheet, Span, annex, parts, title};
use crate::reports::entity::report;
use crate::reports::period::Timing;
use crate::reports::{self, Content, Report, State};
use crate::web::{Errors, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "reports/pages/show.html")]
pub(super) struct ReportPage {
    shell: Shell,
    pub(super) errors: Errors,
    report: Report,
    content: Content,
    parts: Vec<Part>,
    annex: Sheet,
    versions: Vec<report::Model>,
    names: BTreeMap<PersonId, String>,
    may: May,
    /// Proven since it was counted.
    uncounted: i64,
    /// What the page shows, for who hands it in.
    seen: String,
    /// When it was handed in, or now.
    printed_at: DateTime<Utc>,
    when: (String, bool),
    running: bool,
    pub(super) remarks: String,
}

/// What the person may do with it.
#[allow(clippy::struct_excessive_bools)] // four questions, four answers
struct May {
    draw_up: bool,
    answer: bool,
    /// Handed in by this very person: another accepts it.
    own: bool,
    amend: bool,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (id, ending) = id.split_once('.').unwrap_or((&id, ""));
    let id: ReportId = id.parse().map_err(|_| Failure::NotFound)?;
    match ending {
        "" => Ok(ReportPage::of(&app, &visitor, &person, id)
            .await?
            .into_response()),
        ending => file::download(&app, &person, id, ending).await,
    }
}

impl ReportPage {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: ReportId,
    ) -> Result<Self, Failure> {
        let report = reports::get(app, person, id).await?;
        let content = report.content(&app.db).await?;
        let versions = reports::versions(app, &report).await?;
        let newest = versions.last().is_none_or(|newest| newest.id == id);
        let draft = report.state == State::Draft;
        let draws_up = person.may(Right::Report, report.row.unit_id);
        let answered = matches!(report.state, State::Returned | State::Accepted);
        let printed_at = report.row.submitted_at.unwrap_or_else(|| app.clock.now());
        let timing = report.period.timing(local_day(printed_at));
        Ok(Self {
            shell: Shell::of(visitor),
            errors: Errors::default(),
            parts: parts(&content),
            annex: annex(&content),
            names: names(app, &report.row).await?,
            may: May {
                draw_up: draft && draws_up,
                answer: report.state == State::Submitted && reports::may_accept(person, &report),
                own: report.row.submitted_by == Some(person.id),
                amend: newest && answered && draws_up,
            },
            uncounted: if draft {
                report.uncounted(app, &content).await?
            } else {
                0
            },
            seen: content.seen()?,
            printed_at,
            when: in_words(visitor.lang, timing, report.row.submitted_at.is_some()),
            running: draft && matches!(timing, Timing::Running(_)),
            remarks: String::new(),
            report,
            content,
            versions,
        })
    }

    fn title(&self) -> String {
        title(&self.content)
    }

    /// A name in capitals, line by line as the letterhead breaks it.
    fn capitals(&self, text: &str) -> Vec<String> {
        text.lines().map(str::to_uppercase).collect()
    }

    fn name(&self, person: Option<&PersonId>) -> &str {
        let name = person.and_then(|person| self.names.get(person));
        name.map_or("–", String::as_str)
    }

    fn author(&self) -> &str {
        self.name(Some(&self.report.row.created_by))
    }

    /// The year before the blank date.
    fn year_printed(&self) -> i32 {
        local_day(self.printed_at).year()
    }

    /// What stands above the title.
    fn kicker(&self) -> String {
        let lang = self.shell.lang;
        let values = [
            ("value", self.content.year.to_string()),
            ("when", lang.day(self.content.last_day)),
            ("count", self.content.version.to_string()),
        ];
        lang.with("reports-kicker", &values)
    }

    fn link(&self, span: &Span) -> Option<String> {
        let id = self.report.row.id;
        span.figure
            .map(|code| format!("/reports/{id}/figures/{code}"))
    }

    fn last_row(&self, total: &bool, place: &usize, rows: &usize) -> bool {
        *total && place + 1 == *rows
    }

    fn number(&self, kind: &Kind) -> bool {
        *kind == Kind::Number
    }
}

/// Who had a hand in it.
async fn names(app: &App, row: &report::Model) -> Result<BTreeMap<PersonId, String>, Failure> {
    let people = [Some(row.created_by), row.submitted_by, row.accepted_by];
    Ok(person::Entity::find()
        .filter(person::Column::Id.is_in(people.into_iter().flatten()))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect())
}
