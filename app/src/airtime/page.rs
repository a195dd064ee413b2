//! The coming days on the air of an area, and new slots.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use loa_air::Priority;
use serde::Deserialize;
use serde_json::{Value, json};

use super::entity::slot;
use super::rules::Wanted;
use super::several::{InTheWay, NotMade, create_slots};
use super::slots::upcoming;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::{local, local_day};
use crate::error::Failure;
use crate::ids::AreaId;
use crate::outlets::areas_and;
use crate::outlets::entity::area;
use crate::web::api::{Caller, Sent, rule};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Shell, Visitor};

/// How far ahead the page looks.
const AHEAD: TimeDelta = TimeDelta::days(14);

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/airtime", get(show).post(create))
}

/// What programs may ask of this slice, under `/api/v1`.
pub fn api() -> Router<App> {
    Router::new().route("/slots", post(create_json))
}

#[derive(Deserialize)]
struct OfArea {
    area: Option<AreaId>,
}

#[derive(Template, WebTemplate)]
#[template(path = "airtime/show.html")]
struct AirtimePage {
    shell: Shell,
    areas: Vec<area::Model>,
    area: Option<area::Model>,
    days: Vec<(NaiveDate, Vec<slot::Model>)>,
    may: bool,
    /// The quiet hours, in words.
    quiet: Option<String>,
    errors: Errors,
    /// Where it cannot be, after a refusal.
    in_the_way: Vec<InTheWay>,
    /// The other areas where the person is on the air.
    others: Vec<area::Model>,
    typed: SlotForm,
}

#[derive(Deserialize, Clone)]
struct SlotForm {
    area: AreaId,
    #[serde(default)]
    day: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    minutes: String,
    priority: Priority,
    /// The same time in these, too.
    #[serde(default)]
    also: Vec<AreaId>,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Query(OfArea { area }): Query<OfArea>,
) -> Result<AirtimePage, Failure> {
    AirtimePage::of(&app, &visitor, &person, area).await
}

async fn create(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<SlotForm>,
) -> Result<Response, Failure> {
    let mut errors = Errors::default();
    let day = read_day(&form.day);
    errors.require(day.is_some(), "day", "airtime-day-unread");
    let time = read_time(&form.time);
    errors.require(time.is_some(), "time", "airtime-time-unread");
    let minutes = form.minutes.trim().parse().ok();
    let minutes = minutes.filter(|minutes: &i64| (1..=240).contains(minutes));
    errors.require(minutes.is_some(), "minutes", "airtime-length");
    let mut in_the_way = Vec::new();
    if let (Some(day), Some(time), Some(minutes)) = (day, time, minutes) {
        let wanted = Wanted {
            area: form.area,
            // Vietnam's time, seven hours ahead of UTC all year.
            starts_at: day.and_time(time).and_utc() - TimeDelta::hours(7),
            seconds: minutes * 60,
            priority: form.priority,
        };
        match create_slots(&app, &person, &wanted, &form.also).await {
            Ok(_) => {
                let to = format!("/airtime?area={}", form.area);
                return Ok(go(&to, "airtime-made"));
            }
            Err(NotMade::Areas(areas)) => {
                for one in &areas {
                    let field = field_of(one.rule);
                    errors.require(errors.of(field) == Some(one.rule), field, one.rule);
                }
                in_the_way = areas;
            }
            Err(NotMade::Failure(failure)) => return Err(failure),
        }
    }
    let page = AirtimePage {
        errors,
        in_the_way,
        typed: form.clone(),
        ..AirtimePage::of(&app, &visitor, &person, Some(form.area)).await?
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SlotJson {
    area: AreaId,
    starts_at: DateTime<Utc>,
    seconds: i64,
    #[serde(default = "ordinary")]
    priority: Priority,
    /// The same time in these, too: in all or in none.
    #[serde(default)]
    also: Vec<AreaId>,
}

/// `POST /slots`; a refusal says for each area with `nearest` when it would do.
async fn create_json(
    State(app): State<App>,
    Caller(person): Caller,
    Sent { lang, body }: Sent<SlotJson>,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        area: body.area,
        starts_at: body.starts_at,
        seconds: body.seconds,
        priority: body.priority,
    };
    match create_slots(&app, &person, &wanted, &body.also).await {
        Ok(ids) => Ok((
            StatusCode::CREATED,
            Json(json!({ "id": ids[0], "ids": ids })),
        )
            .into_response()),
        Err(NotMade::Areas(areas)) => {
            let one = &areas[0];
            let said: Vec<Value> = areas
                .iter()
                .map(|one| json!({ "area": one.area, "detail": lang.t(one.rule), "nearest": one.nearest }))
                .collect();
            let more = json!({ "nearest": one.nearest, "areas": said });
            Ok(rule(lang, one.rule, "", &more))
        }
        Err(NotMade::Failure(failure)) => Err(failure),
    }
}

fn ordinary() -> Priority {
    Priority::Ordinary
}

impl AirtimePage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        area: Option<AreaId>,
    ) -> Result<Self, Failure> {
        let (areas, area) = areas_and(&app.db, person, area).await?;
        let others = areas
            .iter()
            .filter(|one| person.may(Right::Air, one.unit_id))
            .filter(|one| area.as_ref().is_some_and(|area| area.id != one.id))
            .cloned()
            .collect();
        let now = app.clock.now();
        let mut days: Vec<(NaiveDate, Vec<slot::Model>)> = Vec::new();
        if let Some(area) = &area {
            for slot in upcoming(&app.db, area.id, now, now + AHEAD).await? {
                let day = local_day(slot.starts_at);
                match days.last_mut() {
                    Some((last, slots)) if *last == day => slots.push(slot),
                    _ => days.push((day, vec![slot])),
                }
            }
        }
        Ok(Self {
            shell: Shell::of(visitor),
            may: area
                .as_ref()
                .is_some_and(|area| person.may(Right::Air, area.unit_id)),
            typed: SlotForm {
                area: area.as_ref().map_or(AreaId(0), |area| area.id),
                day: local(now).format("%d/%m/%Y").to_string(),
                time: String::new(),
                minutes: "15".into(),
                priority: Priority::Ordinary,
                also: Vec::new(),
            },
            quiet: quiet(app, visitor),
            areas,
            area,
            days,
            errors: Errors::default(),
            in_the_way: Vec::new(),
            others,
        })
    }

    fn chosen(&self, area: &AreaId) -> bool {
        self.typed.area == *area
    }

    fn also(&self, area: &AreaId) -> bool {
        self.typed.also.contains(area)
    }

    /// Why it cannot be in an area, and when it could.
    fn hindrance(&self, one: &InTheWay) -> String {
        let known = self.areas.iter().find(|area| area.id == one.area);
        let name = known.map_or_else(String::new, |area| area.name.clone());
        let value = one.nearest.map_or_else(
            || self.shell.t("airtime-nearest-none"),
            |at| self.shell.tv("airtime-nearest", self.shell.lang.time(at)),
        );
        if self.typed.also.is_empty() {
            return value;
        }
        let values = [("name", name), ("value", value)];
        self.shell.lang.with("airtime-in-the-way", &values)
    }

    /// The three priorities: name, text, whether it was chosen.
    fn priorities(&self) -> [(&'static str, &'static str, bool); 3] {
        [Priority::Ordinary, Priority::Priority, Priority::Urgent].map(|one| {
            let (name, text) = match one {
                Priority::Ordinary => ("ordinary", "airtime-ordinary"),
                Priority::Priority => ("priority", "airtime-first"),
                Priority::Urgent => ("urgent", "airtime-urgent"),
            };
            (name, text, one == self.typed.priority)
        })
    }
}

fn quiet(app: &App, visitor: &Visitor) -> Option<String> {
    let (from, to) = (app.config.air.quiet_from, app.config.air.quiet_to);
    let hour = |hour: u32| format!("{hour:02}:00");
    let values = [("from", hour(from)), ("to", hour(to))];
    (from != to).then(|| visitor.lang.with("airtime-quiet-hours", &values))
}

/// The look of a priority, and its text.
fn tag(slot: &slot::Model) -> (&'static str, &'static str) {
    match slot.urgency() {
        Priority::Ordinary => ("tag-plain", "airtime-ordinary"),
        Priority::Priority => ("tag-priority", "airtime-first"),
        Priority::Urgent => ("tag-urgent", "airtime-urgent"),
    }
}

/// Which field of the form a rule speaks of.
fn field_of(rule: &str) -> &'static str {
    match rule {
        "airtime-length" => "minutes",
        "airtime-far" => "day",
        _ => "time",
    }
}

/// `24/11/2026`, or as programs write it.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    let day = ["%d/%m/%Y", "%Y-%m-%d"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(text.trim(), form).ok())?;
    // A date without its century is a slip, not the year 26.
    (day > NaiveDate::from_ymd_opt(2000, 1, 1)?).then_some(day)
}

/// `17:05`, `17h05` or `17:05:30`.
pub fn read_time(text: &str) -> Option<chrono::NaiveTime> {
    let text = format!("2000-01-01 {}", text.trim().replace(['h', 'H', 'g'], ":"));
    ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())
        .map(|at| at.time())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 5);
        for text in ["05/09/2026", "5/9/2026", " 5/09/2026 ", "2026-09-05"] {
            assert_eq!(read_day(text), day, "{text}");
        }
        for text in ["", "31/02/2026", "5/9/26", "mai"] {
            assert_eq!(read_day(text), None, "{text}");
        }
        let time = chrono::NaiveTime::from_hms_opt(17, 5, 0);
        for text in ["17:05", "17h05", " 17:5 ", "17:05:00"] {
            assert_eq!(read_time(text), time, "{text}");
        }
        for text in ["", "25:00", "5 giờ chiều", "17"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
