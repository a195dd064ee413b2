//! The weekly patterns of an area, and new ones.

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, NaiveDate, Timelike, Utc, Weekday};
use loa_air::Priority;
use serde::Deserialize;

use super::entity::pattern;
use super::page::{read_day, read_time};
use super::pattern::{OnHolidays, Weekdays, Weekly};
use super::patterns::{create_pattern, live};
use super::slots::Refused;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::AreaId;
use crate::outlets::entity::area;
use crate::outlets::get_area;
use crate::web::visitor::go;
use crate::web::{Errors, Form, Shell, Visitor};

/// The longest name of a series.
const SERIES: usize = 80;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/airtime/weekly", get(show).post(create))
}

#[derive(Deserialize)]
struct OfArea {
    area: AreaId,
}

#[derive(Template, WebTemplate)]
#[template(path = "airtime/weekly.html")]
struct WeeklyPage {
    shell: Shell,
    area: area::Model,
    patterns: Vec<pattern::Model>,
    may: bool,
    errors: Errors,
    /// The nearest first time that would do, after a refusal.
    nearest: Option<DateTime<Utc>>,
    typed: WeeklyForm,
}

#[derive(Deserialize, Clone)]
struct WeeklyForm {
    area: AreaId,
    /// 1 is Monday.
    #[serde(default)]
    weekdays: Vec<u32>,
    #[serde(default)]
    time: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    first: String,
    #[serde(default)]
    last: String,
    priority: Priority,
    #[serde(default)]
    holidays: OnHolidays,
    #[serde(default)]
    series: String,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Query(OfArea { area }): Query<OfArea>,
) -> Result<WeeklyPage, Failure> {
    WeeklyPage::of(&app, &visitor, &person, area).await
}

async fn create(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<WeeklyForm>,
) -> Result<Response, Failure> {
    let (mut errors, mut nearest) = (Errors::default(), None);
    if let Some(weekly) = form.read(&mut errors) {
        match create_pattern(&app, &person, form.area, &weekly, form.series()).await {
            Ok(_) => {
                let to = format!("/airtime/weekly?area={}", form.area);
                return Ok(go(&to, "airtime-weekly-made"));
            }
            Err(Refused::Rule(rule, other)) => {
                errors.add(field_of(rule), rule);
                nearest = other;
            }
            Err(Refused::Failure(failure)) => return Err(failure),
        }
    }
    let page = WeeklyPage {
        errors,
        nearest,
        typed: form.clone(),
        ..WeeklyPage::of(&app, &visitor, &person, form.area).await?
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

impl WeeklyForm {
    /// Its name, if it has one.
    fn series(&self) -> Option<&str> {
        Some(self.series.trim()).filter(|name| !name.is_empty())
    }

    /// What was typed, when it can be read.
    fn read(&self, errors: &mut Errors) -> Option<Weekly> {
        let days = self.weekdays.iter().filter_map(|day| day_of(*day));
        let weekdays: Weekdays = days.collect();
        errors.require(!weekdays.is_empty(), "weekdays", "airtime-weekdays-missing");
        let time = read_time(&self.time);
        errors.require(time.is_some(), "time", "airtime-time-unread");
        let minutes = self.minutes.trim().parse().ok();
        let minutes = minutes.filter(|minutes: &i64| (1..=240).contains(minutes));
        errors.require(minutes.is_some(), "minutes", "airtime-length");
        let first = read_day(&self.first);
        errors.require(first.is_some(), "first", "airtime-day-unread");
        let last = match self.last.trim() {
            "" => Ok(None),
            text => read_day(text).map(Some).ok_or(()),
        };
        errors.require(last.is_ok(), "last", "airtime-day-unread");
        let short = self.series.trim().chars().count() <= SERIES;
        errors.require(short, "series", "airtime-series-long");
        let time = time?;
        errors.none().then_some(Weekly {
            weekdays,
            start_minute: i64::from(time.hour() * 60 + time.minute()),
            minutes: minutes?,
            priority: self.priority,
            first_day: first?,
            last_day: last.ok()?,
            holidays: self.holidays,
        })
    }
}

impl WeeklyPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        area: AreaId,
    ) -> Result<Self, Failure> {
        let area = get_area(&app.db, person, area).await?;
        let now = app.clock.now();
        Ok(Self {
            shell: Shell::of(visitor),
            patterns: live(&app.db, area.id, now).await?,
            may: person.may(Right::Air, area.unit_id),
            errors: Errors::default(),
            nearest: None,
            typed: WeeklyForm {
                area: area.id,
                weekdays: Vec::new(),
                time: String::new(),
                minutes: "15".into(),
                first: local_day(now).format("%d/%m/%Y").to_string(),
                last: String::new(),
                priority: Priority::Ordinary,
                holidays: OnHolidays::Usual,
                series: String::new(),
            },
            area,
        })
    }

    /// `Thứ Hai, Thứ Năm 05:30–05:45`
    fn when(&self, pattern: &pattern::Model) -> String {
        let weekly = pattern.weekly();
        let days: Vec<String> = Weekdays::ALL
            .into_iter()
            .filter(|day| weekly.weekdays.has(*day))
            .map(|day| self.shell.t(name_of(day)))
            .collect();
        let days = if days.len() == 7 {
            self.shell.t("airtime-every-day")
        } else {
            days.join(", ")
        };
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let (from, to) = (weekly.start_minute, weekly.start_minute + weekly.minutes);
        format!("{days} {}–{}", clock(from), clock(to))
    }

    /// From when and until when it holds.
    fn holds(&self, pattern: &pattern::Model) -> String {
        let weekly = pattern.weekly();
        let day = |day: NaiveDate| self.shell.lang.day(day);
        match weekly.last_day {
            None => self.shell.tv("airtime-from", day(weekly.first_day)),
            Some(last) => {
                let values = [("from", day(weekly.first_day)), ("to", day(last))];
                self.shell.lang.with("airtime-from-to", &values)
            }
        }
    }

    /// The days to choose from: number, text, whether it was chosen.
    fn days(&self) -> Vec<(u32, String, bool)> {
        let days = Weekdays::ALL.into_iter().map(|day| {
            let number = day.number_from_monday();
            let chosen = self.typed.weekdays.contains(&number);
            (number, self.shell.t(name_of(day)), chosen)
        });
        days.collect()
    }

    /// What it may do on holidays: name, text, whether it was chosen.
    fn on_holidays(&self) -> [(&'static str, String, bool); 3] {
        OnHolidays::ALL.map(|one| {
            let text = self.shell.t(holidays_text(one));
            (one.name(), text, one == self.typed.holidays)
        })
    }

    /// What a pattern does on holidays, where it is not as usual.
    fn unusual(&self, pattern: &pattern::Model) -> Option<String> {
        let holidays = pattern.weekly().holidays;
        (holidays != OnHolidays::Usual).then(|| self.shell.t(holidays_text(holidays)))
    }

    fn first(&self) -> bool {
        self.typed.priority == Priority::Priority
    }
}

fn name_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "home-weekday-1",
        Weekday::Tue => "home-weekday-2",
        Weekday::Wed => "home-weekday-3",
        Weekday::Thu => "home-weekday-4",
        Weekday::Fri => "home-weekday-5",
        Weekday::Sat => "home-weekday-6",
        Weekday::Sun => "home-weekday-7",
    }
}

fn holidays_text(holidays: OnHolidays) -> &'static str {
    match holidays {
        OnHolidays::Usual => "airtime-holidays-usual",
        OnHolidays::Off => "airtime-holidays-off",
        OnHolidays::Only => "airtime-holidays-only",
    }
}

fn day_of(number: u32) -> Option<Weekday> {
    let mut days = Weekdays::ALL.into_iter();
    days.find(|day| day.number_from_monday() == number)
}

/// Which field of the form a rule speaks of.
fn field_of(rule: &str) -> &'static str {
    match rule {
        "airtime-length" => "minutes",
        "airtime-weekdays-missing" | "airtime-never" => "weekdays",
        "airtime-far" => "first",
        "airtime-last-before-first" => "last",
        _ => "time",
    }
}
