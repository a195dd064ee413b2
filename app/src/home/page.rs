//! The two homes: the officer's four questions, and the broadcaster's day.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State as Of;
use axum::response::{IntoResponse, Response};
use chrono::{Datelike, NaiveDate};
use loa_air::Priority;

use super::late::late;
use super::silent::{Silent, silent};
use super::waiting::{Line, waiting};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::on_air::{OnAir, coming, today};
use crate::duties;
use crate::error::Failure;
use crate::reports;
use crate::web::{Shell, Visitor};

/// So many lines of a panel are seen without scrolling.
const SHOWN: usize = 4;

#[derive(Template, WebTemplate)]
#[template(path = "home/officer.html")]
struct OfficerPage {
    shell: Shell,
    name: String,
    today: NaiveDate,
    may_write: bool,
    waiting: Vec<Line>,
    /// What the plans ask of the person's units.
    duties: usize,
    air: Vec<OnAir>,
    silent: Silent,
    late: Vec<Line>,
}

#[derive(Template, WebTemplate)]
#[template(path = "home/day.html")]
struct DayPage {
    shell: Shell,
    unit: String,
    today: NaiveDate,
    day: Vec<OnAir>,
    waiting: Vec<Line>,
    /// What the plans ask of the person's units.
    duties: usize,
    air: Vec<OnAir>,
    silent: Silent,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
) -> Result<Response, Failure> {
    let (shell, lang) = (Shell::of(&visitor), visitor.lang);
    let now = local_day(app.clock.now());
    let due = reports::due(&app, &person).await?;
    let waiting = waiting(&app, &person, lang, &due).await?;
    let duties = duties::owed(&app, &person).await?.len();
    let mut air = coming(&app, &person).await?;
    let silent = silent(&app, &person, lang).await?;
    if on_the_air(&person) {
        // The day has its own list above.
        air.retain(|on_air| local_day(on_air.slot.starts_at) > now);
        let page = DayPage {
            unit: person.unit_name.clone(),
            day: today(&app, &person).await?,
            today: now,
            shell,
            waiting,
            duties,
            air,
            silent,
        };
        return Ok(page.into_response());
    }
    let page = OfficerPage {
        late: late(&app, &person, lang, &due).await?,
        name: person.name.clone(),
        may_write: person.may_somewhere(Right::Write),
        today: now,
        shell,
        waiting,
        duties,
        air,
        silent,
    };
    Ok(page.into_response())
}

/// Whose work is the loudspeakers of a commune: they go on the air, and neither report nor run the
/// installation.
fn on_the_air(person: &Person) -> bool {
    let may = |right| person.may_somewhere(right);
    may(Right::Air) && !may(Right::Report) && !may(Right::Administer)
}

/// 'Thứ Ba, ngày 24 tháng 11 năm 2026'
fn date(shell: &Shell, day: &NaiveDate) -> String {
    let weekday = format!("home-weekday-{}", day.weekday().number_from_monday());
    let values = [
        ("name", shell.t(&weekday)),
        ("from", day.day().to_string()),
        ("value", day.month().to_string()),
        ("to", day.year().to_string()),
    ];
    shell.lang.with("home-date", &values)
}

fn first(lines: &[Line]) -> &[Line] {
    &lines[..lines.len().min(SHOWN)]
}

fn first_on_air(air: &[OnAir]) -> &[OnAir] {
    &air[..air.len().min(SHOWN)]
}

/// What a slot brings, in a line.
fn brings(shell: &Shell, on_air: &OnAir) -> String {
    match on_air.items.as_slice() {
        [] => on_air.line(shell.lang),
        [one] => one.title.clone(),
        more => shell.tv("home-slot-items", more.len()),
    }
}

/// Where it leads: to what plays in it.
fn leads_to(on_air: &OnAir) -> String {
    format!("/airtime/slots/{}/bulletin", on_air.slot.id)
}

/// Where and how long, and which day unless it is today.
fn about(shell: &Shell, on_air: &OnAir, today: &NaiveDate) -> String {
    let day = local_day(on_air.slot.starts_at);
    let mut parts = Vec::new();
    if day != *today {
        parts.push(shell.lang.day(day));
    }
    parts.push(on_air.area.clone());
    if on_air.seconds() > 0 {
        parts.push(shell.lang.length(on_air.seconds()));
    }
    parts.join(", ")
}

/// The look of a priority, and its text.
fn priority(on_air: &OnAir) -> (&'static str, &'static str) {
    match on_air.slot.urgency() {
        Priority::Ordinary => ("tag-plain", "airtime-ordinary"),
        Priority::Priority => ("tag-priority", "airtime-first"),
        Priority::Urgent => ("tag-urgent", "airtime-urgent"),
    }
}
