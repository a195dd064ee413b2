//! Days off of an area: its weekly patterns rest on them. What is in their slots already is withdrawn by
//! people first, or stays.

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{Days, NaiveDate};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, Set,
};
use serde::Deserialize;

use super::slots::off_the_air;
use crate::accounts::{Person, Right};
use crate::airtime::entity::{day_off, slot};
use crate::airtime::{days_off, meets, read_day, refill, upcoming};
use crate::app::App;
use crate::audit;
use crate::clock::{local_day, start_of};
use crate::error::Failure;
use crate::ids::AreaId;
use crate::outlets::entity::area;
use crate::outlets::{get_area, lock_area};
use crate::stories::{NotSaved, tidy_line};
use crate::web::visitor::go;
use crate::web::{Errors, Form, Nothing, Shell, Visitor};

/// The longest reason.
const REASON: usize = 200;
/// So many days ahead.
const AHEAD: Days = Days::new(366);

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/airtime/days-off", get(show).post(take))
        .route("/airtime/days-off/{area}/{day}/end", post(give_back))
}

#[derive(Template, WebTemplate)]
#[template(path = "deliveries/days_off.html")]
struct DaysOffPage {
    shell: Shell,
    area: area::Model,
    days: Vec<(NaiveDate, day_off::Model)>,
    may: bool,
    typed: DayForm,
    errors: Errors,
}

#[derive(Deserialize)]
struct OfArea {
    area: AreaId,
}

#[derive(Deserialize)]
struct DayForm {
    area: AreaId,
    #[serde(default)]
    day: String,
    #[serde(default)]
    reason: String,
}

async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(OfArea { area }): Query<OfArea>,
) -> Result<DaysOffPage, Failure> {
    let typed = DayForm {
        area,
        day: String::new(),
        reason: String::new(),
    };
    DaysOffPage::of(&app, &visitor, &person, typed, Errors::default()).await
}

async fn take(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<DayForm>,
) -> Result<Response, Failure> {
    match take_day_off(&app, &person, form.area, &form.day, &form.reason).await {
        Ok(0) => Ok(done(form.area, "airtime-day-taken")),
        Ok(_) => Ok(done(form.area, "airtime-day-taken-but")),
        Err(NotSaved::Fields(errors)) => {
            let page = DaysOffPage::of(&app, &visitor, &person, form, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(NotSaved::Failure(failure)) => Err(failure),
    }
}

async fn give_back(
    Of(app): Of<App>,
    person: Person,
    Path((area, day)): Path<(AreaId, NaiveDate)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    give_day_back(&app, &person, area, day).await?;
    Ok(done(area, "airtime-day-given-back"))
}

fn done(area: AreaId, text: &'static str) -> Response {
    go(&format!("/airtime/days-off?area={area}"), text)
}

impl DaysOffPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        typed: DayForm,
        errors: Errors,
    ) -> Result<Self, Failure> {
        let area = get_area(&app.db, person, typed.area).await?;
        let today = local_day(app.clock.now());
        Ok(Self {
            shell: Shell::of(visitor),
            days: days_off(&app.db, area.id, today)
                .await?
                .into_iter()
                .collect(),
            may: person.may(Right::Air, area.unit_id),
            area,
            typed,
            errors,
        })
    }
}

/// Has the patterns of an area rest on a day. Answers how many of their slots stay, because something was
/// released into them.
pub async fn take_day_off(
    app: &App,
    person: &Person,
    area: AreaId,
    day: &str,
    reason: &str,
) -> Result<u64, NotSaved> {
    let area = get_area(&app.db, person, area).await?;
    person.require(Right::Air, area.unit_id)?;
    let now = app.clock.now();
    let today = local_day(now);
    let reason = tidy_line(reason);
    let mut errors = Errors::default();
    let day = read_day(day);
    errors.require(day.is_some(), "day", "airtime-day-unread");
    let ahead = today.checked_add_days(AHEAD).unwrap_or(today);
    let within = day.is_none_or(|day| (today..=ahead).contains(&day));
    errors.require(within, "day", "airtime-day-off-when");
    let said = (1..=REASON).contains(&reason.chars().count());
    errors.require(said, "reason", "airtime-day-off-reason");
    let (Some(day), true) = (day, errors.none()) else {
        return Err(NotSaved::Fields(errors));
    };
    let transaction = app.begin().await?;
    lock_area(&transaction, area.id).await?;
    if days_off(&transaction, area.id, day)
        .await?
        .contains_key(&day)
    {
        errors.add("day", "airtime-day-off-known");
        return Err(NotSaved::Fields(errors));
    }
    let row = day_off::ActiveModel {
        area_id: Set(area.id),
        day: Set(day.to_string()),
        reason: Set(reason.clone()),
        created_by: Set(person.id),
        created_at: Set(now),
    };
    row.insert(&transaction).await?;
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let of_day = slot::Column::AreaId
        .eq(area.id)
        .and(slot::Column::PatternId.is_not_null())
        .and(slot::Column::StartsAt.gte(start_of(day)))
        .and(slot::Column::StartsAt.lt(start_of(next)));
    off_the_air(&transaction, of_day.clone(), now).await?;
    let stay = slot::Entity::find()
        .filter(of_day)
        .filter(slot::Column::StartsAt.gt(now))
        .filter(slot::Column::CancelledAt.is_null())
        .all(&transaction)
        .await?;
    let detail = format!("{day}: {reason}");
    let (who, subject) = (Some(person.id), ("area", area.id.0));
    audit::note(app, &transaction, who, "day off", subject, &detail).await?;
    transaction.commit().await?;
    Ok(stay.len() as u64)
}

/// Takes a day off back: the slots that went for it are there again, where nothing else is by now.
pub async fn give_day_back(
    app: &App,
    person: &Person,
    area: AreaId,
    day: NaiveDate,
) -> Result<(), Failure> {
    let area = get_area(&app.db, person, area).await?;
    person.require(Right::Air, area.unit_id)?;
    let transaction = app.begin().await?;
    lock_area(&transaction, area.id).await?;
    let row = day_off::Entity::find_by_id((area.id, day.to_string()))
        .one(&transaction)
        .await?;
    let row = row.ok_or(Failure::NotFound)?;
    day_off::Entity::delete_by_id((area.id, day.to_string()))
        .exec(&transaction)
        .await?;
    let now = app.clock.now();
    let gone = slot::Entity::find()
        .filter(slot::Column::AreaId.eq(area.id))
        .filter(slot::Column::PatternId.is_not_null())
        .filter(slot::Column::CancelledAt.eq(row.created_at))
        .filter(slot::Column::StartsAt.gt(now))
        .all(&transaction)
        .await?;
    for slot in gone {
        // Something else may have taken its place.
        let (from, until) = slot.times();
        let there = upcoming(&transaction, area.id, from, until).await?;
        let there: Vec<_> = there.iter().map(slot::Model::times).collect();
        if meets(&there, (from, until)) {
            continue;
        }
        let revision = slot.revision + 2;
        let mut back = slot.into_active_model();
        back.cancelled_at = Set(None);
        back.revision = Set(revision);
        back.revised_at = Set(Some(now));
        back.update(&transaction).await?;
    }
    refill(&transaction, area.id, now).await?;
    let (who, subject) = (Some(person.id), ("area", area.id.0));
    let detail = day.to_string();
    audit::note(
        app,
        &transaction,
        who,
        "day off withdrawal",
        subject,
        &detail,
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}
