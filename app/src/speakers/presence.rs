//! When loudspeakers were there, by quarters of an hour.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::entity::{speaker, speaker_day};
use crate::app::App;
use crate::clock::{local_day, start_of};
use crate::error::Failure;
use crate::ids::SpeakerId;
use crate::outlets::entity::area;

const QUARTER: i64 = 15 * 60;
const QUARTERS_A_DAY: i64 = 96;

/// Counts the quarter of an hour in which a speaker asks something for the first time.
pub(super) async fn note_presence(
    connection: &impl ConnectionTrait,
    id: SpeakerId,
    seen_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if seen_at.is_some_and(|seen| quarter(seen) >= quarter(now)) {
        return Ok(());
    }
    let row = speaker_day::ActiveModel {
        speaker_id: Set(id),
        day: Set(local_day(now).to_string()),
        quarters: Set(1),
    };
    let more = OnConflict::columns([speaker_day::Column::SpeakerId, speaker_day::Column::Day])
        .value(
            speaker_day::Column::Quarters,
            Expr::col((speaker_day::Entity, speaker_day::Column::Quarters)).add(1),
        )
        // Two requests within one instant count once more at most; a day has no more than a day.
        .action_and_where(
            Expr::col((speaker_day::Entity, speaker_day::Column::Quarters)).lt(QUARTERS_A_DAY),
        )
        .to_owned();
    speaker_day::Entity::insert(row)
        .on_conflict(more)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// How much of a month the loudspeakers of an area were there.
pub(super) struct Presence {
    pub(super) area: area::Model,
    /// Those that were enrolled in it.
    pub(super) speakers: usize,
    /// In percent of the time that they should have been there, to a tenth; nothing when that is
    /// none.
    pub(super) percent: Option<f64>,
}

/// Area by area, for the month of a day, until now.
pub(super) async fn presence(
    app: &App,
    areas: Vec<area::Model>,
    month: NaiveDate,
) -> Result<Vec<Presence>, Failure> {
    let speakers = speaker::Entity::find()
        .filter(speaker::Column::AreaId.is_in(areas.iter().map(|area| area.id)))
        .all(&app.db)
        .await?;
    let days = speaker_day::Entity::find()
        .filter(speaker_day::Column::Day.starts_with(month.format("%Y-%m-").to_string()))
        .filter(speaker_day::Column::SpeakerId.is_in(speakers.iter().map(|one| one.id)))
        .all(&app.db)
        .await?;
    let now = app.clock.now();
    let all = areas.into_iter().map(|area| {
        let own = speakers.iter().filter(|speaker| speaker.area_id == area.id);
        let expected: Vec<(SpeakerId, i64)> = own
            .map(|speaker| (speaker.id, expected(speaker, month, now)))
            .filter(|(_, quarters)| *quarters > 0)
            .collect();
        let there: i64 = days
            .iter()
            .filter(|day| expected.iter().any(|(id, _)| *id == day.speaker_id))
            .map(|day| day.quarters)
            .sum();
        let all: i64 = expected.iter().map(|(_, quarters)| quarters).sum();
        Presence {
            area,
            speakers: expected.len(),
            percent: share(there, all),
        }
    });
    Ok(all.collect())
}

/// The quarters of a month in which a speaker should have been there: from its enrolment until it was
/// taken off, the month ended, or now. A quarter that is begun counts.
fn expected(speaker: &speaker::Model, month: NaiveDate, now: DateTime<Utc>) -> i64 {
    let first = month.with_day(1).unwrap_or(month);
    let next = first + chrono::Months::new(1);
    let from = Ord::max(speaker.enrolled_at, start_of(first));
    // This moment belongs to the time, the first one of the next month does not.
    let now = now + TimeDelta::milliseconds(1);
    let ends = [Some(start_of(next)), Some(now), speaker.revoked_at];
    let until = ends.into_iter().flatten().min().unwrap_or(now);
    if until <= from {
        return 0;
    }
    // The last moment of the time, so that its end belongs to the quarter before.
    let last = until.timestamp_millis() - 1;
    last.div_euclid(QUARTER * 1000) - quarter(from) + 1
}

fn share(part: i64, all: i64) -> Option<f64> {
    #[allow(clippy::cast_precision_loss)] // quarters of a month
    let thousandths = (Ord::min(part, all) as f64 * 1000.0 / all as f64).round();
    (all > 0).then_some(thousandths / 10.0)
}

/// Quarters of Vietnam's hours are those of UTC: it is seven whole hours ahead.
fn quarter(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(QUARTER)
}
