//! A week on the air of an area: every slot with what is in it, and another time for it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;

use super::links::has_link;
use super::moving::move_slot;
use crate::accounts::{Person, Right};
use crate::airtime::{Refused, days_off, get_slot, read_day, read_time, upcoming};
use crate::app::App;
use crate::clock::{local, local_day, start_of};
use crate::deliveries::on_air::{OnAir, filled};
use crate::error::Failure;
use crate::holidays::{Holiday, holiday};
use crate::ids::{AreaId, SlotId};
use crate::outlets::areas_and;
use crate::outlets::entity::area;
use crate::web::visitor::go;
use crate::web::{Errors, Form, Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "timetable/week.html")]
pub(super) struct WeekPage {
    shell: Shell,
    areas: Vec<area::Model>,
    area: Option<area::Model>,
    monday: NaiveDate,
    days: Vec<Day>,
    may: bool,
    has_link: bool,
    /// The address of a calendar that was just made; shown this once.
    link: Option<String>,
    now: DateTime<Utc>,
    errors: Errors,
    /// The slot that was not moved, as it was typed.
    typed: Option<(SlotId, MoveForm)>,
    nearest: Option<DateTime<Utc>>,
}

/// A day of the week.
struct Day {
    date: NaiveDate,
    holiday: Option<&'static Holiday>,
    /// Why the weekly patterns rest, when somebody says so.
    off: Option<String>,
    slots: Vec<OnAir>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    area: Option<AreaId>,
    /// Any day of the week, `2026-11-27`.
    week: Option<NaiveDate>,
}

#[derive(Deserialize, Clone)]
pub(super) struct MoveForm {
    #[serde(default)]
    day: String,
    #[serde(default)]
    time: String,
}

/// `GET /timetable?area=1&week=2026-11-27`
pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<WeekPage, Failure> {
    WeekPage::of(&app, &visitor, &person, (asked.area, asked.week)).await
}

/// `POST /timetable/slots/{slot}/move`
pub(super) async fn move_to(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<SlotId>,
    Form(form): Form<MoveForm>,
) -> Result<Response, Failure> {
    let mut errors = Errors::default();
    let (day, time) = (read_day(&form.day), read_time(&form.time));
    errors.require(day.is_some(), "day", "airtime-day-unread");
    errors.require(time.is_some(), "time", "airtime-time-unread");
    let mut nearest = None;
    if let (Some(day), Some(time)) = (day, time) {
        let starts_at = start_of(day) + (time - chrono::NaiveTime::MIN);
        match move_slot(&app, &person, id, starts_at).await {
            Ok(area) => {
                let to = format!("/timetable?area={area}&week={day}");
                return Ok(go(&to, "timetable-moved"));
            }
            Err(Refused::Rule(rule, other)) => {
                errors.add("time", rule);
                nearest = other;
            }
            Err(Refused::Failure(failure)) => return Err(failure),
        }
    }
    let slot = get_slot(&app.db, id).await?;
    let at = (Some(slot.area_id), Some(local_day(slot.starts_at)));
    let page = WeekPage {
        errors,
        nearest,
        typed: Some((id, form)),
        ..WeekPage::of(&app, &visitor, &person, at).await?
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

impl WeekPage {
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        (area, week): (Option<AreaId>, Option<NaiveDate>),
    ) -> Result<Self, Failure> {
        let (areas, area) = areas_and(&app.db, person, area).await?;
        let now = app.clock.now();
        let day = week.unwrap_or_else(|| local_day(now));
        // Years that no calendar has end no arithmetic.
        if !(2000..=2100).contains(&day.year()) {
            return Err(Failure::NotFound);
        }
        let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
        let mut days = Vec::new();
        let mut linked = false;
        if let Some(area) = &area {
            linked = has_link(&app.db, person, area.id).await?;
            let until = start_of(monday) + TimeDelta::days(7);
            let mut off = days_off(&app.db, area.id, monday).await?;
            let slots = upcoming(&app.db, area.id, start_of(monday), until).await?;
            let named = slots.into_iter().map(|slot| (slot, area.name.clone()));
            let mut slots = filled(app, named.collect()).await?;
            days.extend(monday.iter_days().take(7).map(|day| {
                Day {
                    date: day,
                    holiday: holiday(day),
                    off: off.remove(&day).map(|row| row.reason),
                    slots: slots
                        .extract_if(.., |one| local_day(one.slot.starts_at) == day)
                        .collect(),
                }
            }));
        }
        Ok(Self {
            shell: Shell::of(visitor),
            may: area
                .as_ref()
                .is_some_and(|area| person.may(Right::Air, area.unit_id)),
            areas,
            area,
            monday,
            days,
            has_link: linked,
            link: None,
            now,
            errors: Errors::default(),
            typed: None,
            nearest: None,
        })
    }

    /// The page with an address that was just made.
    pub(super) fn with_link(self, link: String) -> Self {
        Self {
            link: Some(link),
            has_link: true,
            ..self
        }
    }

    fn chosen(&self, id: &AreaId) -> bool {
        self.area.as_ref().is_some_and(|area| area.id == *id)
    }

    /// `Tuần từ 23/11/2026 đến 29/11/2026`
    fn span(&self) -> String {
        let day = |day| self.shell.lang.day(day);
        let values = [
            ("from", day(self.monday)),
            ("to", day(self.monday + Days::new(6))),
        ];
        self.shell.lang.with("timetable-week-span", &values)
    }

    /// The weeks before and after, as the address has them.
    fn others(&self) -> [(&'static str, NaiveDate); 2] {
        [
            ("timetable-week-before", self.monday - Days::new(7)),
            ("timetable-week-after", self.monday + Days::new(7)),
        ]
    }

    fn weekday(&self, day: &Day) -> String {
        let number = day.date.weekday().number_from_monday();
        self.shell.t(&format!("home-weekday-{number}"))
    }

    /// Whether a slot may still be moved.
    fn movable(&self, one: &OnAir) -> bool {
        self.may && one.slot.starts_at > self.now && one.slot.urgency() != loa_air::Priority::Urgent
    }

    /// What stands in the fields of a slot's form: what was typed, or when it is.
    fn day_of(&self, one: &OnAir) -> String {
        match &self.typed {
            Some((id, form)) if *id == one.slot.id => form.day.clone(),
            _ => local(one.slot.starts_at).format("%d/%m/%Y").to_string(),
        }
    }

    fn time_of(&self, one: &OnAir) -> String {
        match &self.typed {
            Some((id, form)) if *id == one.slot.id => form.time.clone(),
            _ => local(one.slot.starts_at).format("%H:%M").to_string(),
        }
    }

    /// Whether its form was refused.
    fn refused(&self, one: &OnAir) -> bool {
        self.typed
            .as_ref()
            .is_some_and(|(id, _)| *id == one.slot.id)
    }

    /// Minutes of the day at which it begins, and how many it takes.
    fn minutes(&self, one: &OnAir) -> (i64, i64) {
        let begin = one.slot.starts_at - start_of(local_day(one.slot.starts_at));
        let length = one.slot.ends_at - one.slot.starts_at;
        (begin.num_minutes(), Ord::max(length.num_minutes(), 1))
    }
}
