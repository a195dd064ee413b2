//! Weekly patterns of an area, and the slots that are made from them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use loa_air::Priority;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set,
};

use super::days_off::{all_days_off, days_off};
use super::entity::{pattern, slot};
use super::pattern::{OnHolidays, Weekdays, Weekly};
use super::rules::{Known, Wanted, meets};
use super::slots::{Refused, priority_name, taken};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::clock::{local_day, start_of};
use crate::error::Failure;
use crate::ids::{AreaId, PatternId};
use crate::outlets::{get_area, lock_area};

/// Slots are made so far ahead: further than any manifest reaches, and than a page shows.
const AHEAD: TimeDelta = TimeDelta::days(15);
/// What stands in the way of a pattern is looked for so far ahead.
const YEAR: TimeDelta = TimeDelta::days(366);
/// How finely another time of the day is looked for.
const STEP: i64 = 15;

/// Makes a pattern and its first slots, or says which rule is against it, with the nearest time of
/// the day that would do, as its first time on the air. With a name it is a series.
pub async fn create_pattern(
    app: &App,
    person: &Person,
    area: AreaId,
    weekly: &Weekly,
    series: Option<&str>,
) -> Result<PatternId, Refused> {
    let area = get_area(&app.db, person, area).await?;
    person.require(Right::Air, area.unit_id)?;
    let transaction = app.begin().await?;
    lock_area(&transaction, area.id).await?;
    let now = app.clock.now();
    if let Some(rule) = impossible(weekly, now) {
        return Err(Refused::Rule(rule, None));
    }
    let others = live(&transaction, area.id, now).await?;
    let taken = taken(&transaction, area.id, (now, now + YEAR)).await?;
    let broken = |weekly: &Weekly| broken(app, weekly, &others, &taken, now);
    if let Some(rule) = broken(weekly) {
        let nearest = nearest(weekly, |other| broken(other).is_none());
        let first = nearest.and_then(|other| other.between(now, now + YEAR).first().copied());
        return Err(Refused::Rule(rule, first.map(|(begin, _)| begin)));
    }
    let row = pattern::ActiveModel {
        area_id: Set(area.id),
        weekdays: Set(weekly.weekdays.bits()),
        start_minute: Set(weekly.start_minute),
        minutes: Set(weekly.minutes),
        priority: Set(priority_name(weekly.priority).to_owned()),
        first_day: Set(weekly.first_day.to_string()),
        last_day: Set(weekly.last_day.map(|day| day.to_string())),
        holidays: Set(weekly.holidays.name().to_owned()),
        series: Set(series.map(str::to_owned)),
        created_by: Set(person.id),
        created_at: Set(now),
        ..Default::default()
    };
    let row = row.insert(&transaction).await?;
    let id = row.id;
    make_slots(&transaction, area.id, &[row], now).await?;
    let subject = ("pattern", id.0);
    audit::note(app, &transaction, Some(person.id), "creation", subject, "").await?;
    transaction.commit().await?;
    Ok(id)
}

/// Makes the slots of the coming days from all patterns; run now and then.
pub async fn fill(app: &App) -> Result<(), Failure> {
    let now = app.clock.now();
    let rows = pattern::Entity::find()
        .filter(pattern::Column::EndedAt.is_null())
        .order_by_asc(pattern::Column::Id)
        .all(&app.db)
        .await?;
    let off = all_days_off(&app.db, local_day(now)).await?;
    for row in rows {
        let rests = |day| off.contains(&(row.area_id, day));
        let Some((last, _)) = row.times((now, now + AHEAD), rests).pop() else {
            continue;
        };
        // They are made in the order of time, so the last one stands for all.
        let made = slot::Entity::find()
            .filter(slot::Column::PatternId.eq(row.id))
            .filter(slot::Column::StartsAt.eq(last))
            .one(&app.db)
            .await?;
        if made.is_none() {
            fill_one(app, &row, now).await?;
        }
    }
    Ok(())
}

/// Makes them for one pattern, unless somebody ends it meanwhile.
async fn fill_one(app: &App, row: &pattern::Model, now: DateTime<Utc>) -> Result<(), Failure> {
    let transaction = app.begin().await?;
    lock_area(&transaction, row.area_id).await?;
    let row = pattern::Entity::find_by_id(row.id)
        .one(&transaction)
        .await?;
    if let Some(row) = row.filter(|row| row.ended_at.is_none()) {
        make_slots(&transaction, row.area_id, &[row], now).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The patterns of an area that hold now or will, the earliest of a day first.
pub async fn live(
    connection: &impl ConnectionTrait,
    area: AreaId,
    now: DateTime<Utc>,
) -> Result<Vec<pattern::Model>, Failure> {
    let rows = pattern::Entity::find()
        .filter(pattern::Column::AreaId.eq(area))
        .filter(pattern::Column::EndedAt.is_null())
        .order_by_asc(pattern::Column::StartMinute)
        .order_by_asc(pattern::Column::Id)
        .all(connection)
        .await?;
    let today = local_day(now);
    let over = |row: &pattern::Model| row.weekly().last_day.is_some_and(|last| last < today);
    Ok(rows.into_iter().filter(|row| !over(row)).collect())
}

/// What the patterns of an area will have on the air around a time, made or not; times that were
/// cancelled are free.
pub(super) async fn planned(
    connection: &impl ConnectionTrait,
    area: AreaId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>, Failure> {
    let cancelled = slot::Entity::find()
        .filter(slot::Column::AreaId.eq(area))
        .filter(slot::Column::CancelledAt.is_not_null())
        .filter(slot::Column::StartsAt.between(from, until))
        .all(connection)
        .await?;
    let mut planned = Vec::new();
    let off = days_off(connection, area, local_day(from)).await?;
    for row in live(connection, area, from).await? {
        let times = row.times((from, until), |day| off.contains_key(&day));
        planned.extend(times.into_iter().filter(|(begin, _)| {
            let off =
                |slot: &slot::Model| slot.pattern_id == Some(row.id) && slot.starts_at == *begin;
            !cancelled.iter().any(off)
        }));
    }
    Ok(planned)
}

/// The slots of some patterns of an area that are not there yet. One that was cancelled stays so.
async fn make_slots(
    connection: &impl ConnectionTrait,
    area: AreaId,
    rows: &[pattern::Model],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let span = (now, now + AHEAD);
    let off = days_off(connection, area, local_day(now)).await?;
    // On a day off something else may have taken its place.
    let taken = taken(connection, area, span).await?;
    let slot = |row: &pattern::Model, (begin, end)| slot::ActiveModel {
        area_id: Set(area),
        starts_at: Set(begin),
        ends_at: Set(end),
        priority: Set(row.priority.clone()),
        created_by: Set(row.created_by),
        created_at: Set(now),
        pattern_id: Set(Some(row.id)),
        ..Default::default()
    };
    let mut slots = Vec::new();
    for row in rows {
        let times = row.times(span, |day| off.contains_key(&day));
        let free = times.into_iter().filter(|time| !meets(&taken, *time));
        slots.extend(free.map(|time| slot(row, time)));
    }
    if slots.is_empty() {
        return Ok(());
    }
    let once = OnConflict::columns([slot::Column::PatternId, slot::Column::StartsAt])
        .do_nothing()
        .to_owned();
    slot::Entity::insert_many(slots)
        .on_conflict(once)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Makes what the patterns of an area lack, in the caller's transaction: after a day off was taken back.
pub async fn refill(
    connection: &impl ConnectionTrait,
    area: AreaId,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let rows = live(connection, area, now).await?;
    make_slots(connection, area, &rows, now).await
}

/// What no other time of the day would mend.
fn impossible(weekly: &Weekly, now: DateTime<Utc>) -> Option<&'static str> {
    if weekly.weekdays.is_empty() {
        return Some("airtime-weekdays-missing");
    }
    if !(1..=240).contains(&weekly.minutes) {
        return Some("airtime-length");
    }
    if weekly.priority == Priority::Urgent {
        return Some("airtime-weekly-urgent");
    }
    if weekly.last_day.is_some_and(|last| last < weekly.first_day) {
        return Some("airtime-last-before-first");
    }
    if start_of(weekly.first_day) > now + YEAR {
        return Some("airtime-far");
    }
    let first = weekly.between(now, now + YEAR * 2);
    first.is_empty().then_some("airtime-never")
}

fn broken(
    app: &App,
    weekly: &Weekly,
    others: &[pattern::Model],
    taken: &[(DateTime<Utc>, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> Option<&'static str> {
    let times = weekly.between(now, now + YEAR);
    let known = Known {
        now,
        config: &app.config.air,
        taken: &[],
    };
    // The hours are the same every day, so the first time speaks for all.
    if let Some((begin, end)) = times.first() {
        let wanted = Wanted {
            area: AreaId(0),
            starts_at: *begin,
            seconds: (*end - *begin).num_seconds(),
            priority: weekly.priority,
        };
        if let Some(rule) = known.broken(&wanted) {
            return Some(rule);
        }
    }
    if others.iter().any(|other| other.weekly().meets(weekly)) {
        return Some("airtime-overlap-weekly");
    }
    let clash = times.into_iter().any(|time| meets(taken, time));
    clash.then_some("airtime-overlap")
}

/// The nearest quarter of an hour, before or after, at which a pattern does.
fn nearest(weekly: &Weekly, does: impl Fn(&Weekly) -> bool) -> Option<Weekly> {
    let mut tries: Vec<i64> = (0..24 * 60 / STEP).map(|step| step * STEP).collect();
    tries.sort_by_key(|minute| (minute - weekly.start_minute).abs());
    tries
        .into_iter()
        .map(|start_minute| Weekly {
            start_minute,
            ..weekly.clone()
        })
        .find(|other| does(other))
}

impl pattern::Model {
    /// When it is on the air between two instants, but for days on which its area rests.
    fn times(
        &self,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        rests: impl Fn(NaiveDate) -> bool,
    ) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let times = self.weekly().between(from, until).into_iter();
        times
            .filter(|(begin, _)| !rests(local_day(*begin)))
            .collect()
    }

    /// What repeats.
    pub fn weekly(&self) -> Weekly {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        Weekly {
            weekdays: Weekdays::from_bits(self.weekdays),
            start_minute: self.start_minute,
            minutes: self.minutes,
            priority: match self.priority.as_str() {
                "priority" => Priority::Priority,
                _ => Priority::Ordinary,
            },
            first_day: day(&self.first_day).unwrap_or_default(),
            last_day: self.last_day.as_deref().and_then(day),
            holidays: OnHolidays::of(&self.holidays),
        }
    }
}
