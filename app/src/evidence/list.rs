//! Entries of the ledger as a person may see them: those of their units' stories, and those of
//! their units' outlets.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use super::body::Body;
use super::entity::{entry, entry_theme};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::{local_day, start_of};
use crate::deliveries::entity::delivery;
use crate::deliveries::releases_of;
use crate::error::Failure;
use crate::ids::{DeliveryId, OutletId, PlanId, ThemeId, UnitId, VersionId};
use crate::outlets::entity::outlet;
use crate::stories::entity::version;
use crate::units::UnitTree;

/// Which entries are asked for: all that every part of it allows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of a plan.
    pub plan: Option<PlanId>,
    /// Of a theme.
    pub theme: Option<ThemeId>,
    /// On a channel kind.
    pub channel: Option<String>,
    /// At outlets of these units.
    pub units: Option<BTreeSet<UnitId>>,
    /// Seen or heard on these days in Vietnam, both included.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Of a delivery.
    pub delivery: Option<DeliveryId>,
    /// How they count.
    pub counting: Counting,
    /// Only numbers that this query gives, such as those behind a figure of a report.
    pub seqs: Option<SelectStatement>,
}

/// How an entry counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Counting {
    /// Whether it counts or not.
    #[default]
    Any,
    /// Every proof: the `proofs` of coverage.
    Proofs,
    /// One proof a delivery: the `items` of coverage.
    Items,
    /// What was kept though nothing was seen or heard.
    Not,
}

/// An entry in a list.
#[derive(Debug, Clone)]
pub struct Line {
    /// The entry.
    pub entry: entry::Model,
    /// What it says, as it was hashed.
    pub(super) body: Body,
    /// The title of the version.
    pub title: String,
    /// Its number within the story.
    pub number: i64,
    /// The outlet's name.
    pub outlet: String,
    /// The name of the outlet's unit on the day it was seen or heard.
    pub unit: String,
}

/// How many entries a filter finds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// All.
    pub entries: u64,
    /// Those that count.
    pub proofs: u64,
    /// Deliveries proven.
    pub items: u64,
}

/// The first and the last day of a month, `2026-11` or as people write it `11/2026`, or of a year,
/// `2026`.
pub fn days_of(period: &str) -> Option<(NaiveDate, NaiveDate)> {
    let turned = period.split_once('/').map(|(month, year)| (year, month));
    let (year, month) = match period.split_once('-').or(turned) {
        Some((year, month)) => (year, Some(month.parse().ok()?)),
        None => (period, None),
    };
    let year: i32 = year.parse().ok().filter(|year| (1..=9999).contains(year))?;
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?;
    let next = match month {
        Some(month) if month < 12 => first.with_month(month + 1)?,
        _ => NaiveDate::from_ymd_opt(year + 1, 1, 1)?,
    };
    Some((first, next.pred_opt()?))
}

/// Entries, the newest first, from below the number `before` on.
pub async fn list(
    app: &App,
    person: &Person,
    filter: &Filter,
    before: Option<i64>,
    size: u64,
) -> Result<Vec<Line>, Failure> {
    let mut found = matching(person, filter);
    if let Some(before) = before {
        found = found.filter(entry::Column::Seq.lt(before));
    }
    let rows = found
        .order_by_desc(entry::Column::Seq)
        .limit(size)
        .all(&app.db)
        .await?;
    lines(app, rows).await
}

/// How many there are.
pub async fn count(app: &App, person: &Person, filter: &Filter) -> Result<Counts, Failure> {
    let all = matching(person, filter);
    let proofs = all.clone().filter(entry::Column::Counts.eq(true));
    let items = all.clone().filter(entry::Column::First.eq(true));
    Ok(Counts {
        entries: all.count(&app.db).await?,
        proofs: proofs.count(&app.db).await?,
        items: items.count(&app.db).await?,
    })
}

/// An entry; 404 for who may not see it.
pub async fn get(app: &App, person: &Person, seq: i64) -> Result<Line, Failure> {
    let row = matching(person, &Filter::default())
        .filter(entry::Column::Seq.eq(seq))
        .all(&app.db)
        .await?;
    lines(app, row).await?.pop().ok_or(Failure::NotFound)
}

fn matching(person: &Person, filter: &Filter) -> Select<entry::Entity> {
    let mut all = Condition::all().add(visible(person));
    if let Some(plan) = filter.plan {
        all = all.add(entry::Column::PlanId.eq(plan));
    }
    if let Some(theme) = filter.theme {
        let of_theme = Query::select()
            .column(entry_theme::Column::Seq)
            .from(entry_theme::Entity)
            .and_where(entry_theme::Column::ThemeId.eq(theme))
            .to_owned();
        all = all.add(entry::Column::Seq.in_subquery(of_theme));
    }
    if let Some(channel) = &filter.channel {
        all = all.add(entry::Column::Channel.eq(channel));
    }
    if let Some(units) = &filter.units {
        all = all.add(entry::Column::UnitId.is_in(units.iter().copied()));
    }
    if let Some((first, last)) = filter.days {
        all = all.add(entry::Column::OccurredAt.gte(start_of(first)));
        if let Some(next) = last.succ_opt() {
            all = all.add(entry::Column::OccurredAt.lt(start_of(next)));
        }
    }
    if let Some(delivery) = filter.delivery {
        all = all.add(entry::Column::DeliveryId.eq(delivery));
    }
    all = match filter.counting {
        Counting::Any => all,
        Counting::Proofs => all.add(entry::Column::Counts.eq(true)),
        Counting::Items => all.add(entry::Column::First.eq(true)),
        Counting::Not => all.add(entry::Column::Counts.eq(false)),
    };
    if let Some(seqs) = &filter.seqs {
        all = all.add(entry::Column::Seq.in_subquery(seqs.clone()));
    }
    entry::Entity::find().filter(all)
}

fn visible(person: &Person) -> Condition {
    let reach = person.reach(Right::Read);
    let releases = releases_of(&reach);
    let deliveries = Query::select()
        .column(delivery::Column::Id)
        .from(delivery::Entity)
        .and_where(delivery::Column::ReleaseId.in_subquery(releases))
        .to_owned();
    Condition::any()
        .add(entry::Column::UnitId.is_in(reach))
        .add(entry::Column::DeliveryId.in_subquery(deliveries))
}

async fn lines(app: &App, rows: Vec<entry::Model>) -> Result<Vec<Line>, Failure> {
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let body: Body = serde_json::from_str(&row.body)?;
        read.push((row, body));
    }
    let versions: BTreeMap<VersionId, (String, i64)> = version::Entity::find()
        .filter(version::Column::Id.is_in(read.iter().map(|(_, body)| body.version)))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.id, (row.title, row.number)))
        .collect();
    let outlets: BTreeMap<OutletId, String> = outlet::Entity::find()
        .filter(outlet::Column::Id.is_in(read.iter().map(|(row, _)| row.outlet_id)))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let tree = UnitTree::load(&app.db).await?;
    let line = |(entry, body): (entry::Model, Body)| {
        let (title, number) = versions.get(&body.version).cloned().unwrap_or_default();
        Line {
            title,
            number,
            outlet: outlets.get(&entry.outlet_id).cloned().unwrap_or_default(),
            unit: tree.name(entry.unit_id, local_day(entry.occurred_at)),
            entry,
            body,
        }
    };
    Ok(read.into_iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_a_year_have_their_days() {
        let days =
            |period| days_of(period).map(|(first, last)| (first.to_string(), last.to_string()));
        let is = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(days("2026-11"), is("2026-11-01", "2026-11-30"));
        assert_eq!(days("2028-02"), is("2028-02-01", "2028-02-29"));
        assert_eq!(days("2026-12"), is("2026-12-01", "2026-12-31"));
        assert_eq!(days("3/2026"), is("2026-03-01", "2026-03-31"));
        assert_eq!(days("2026"), is("2026-01-01", "2026-12-31"));
        for odd in ["", "2026-13", "2026-00", "11-2026-1", "x", "-5", "99999"] {
            assert_eq!(days(odd), None, "{odd}");
        }
    }
}
