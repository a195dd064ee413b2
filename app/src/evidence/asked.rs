//! What a list of evidence is asked for, in an address: pages, CSV and API read the same.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::list::{Counting, Filter, days_of};
use crate::accounts::{Person, Right};
use crate::error::Failure;
use crate::units::UnitTree;

const UNREADABLE: Failure = Failure::Invalid("evidence-filter-wrong");

/// The query of an address. What is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) plan: String,
    pub(super) theme: String,
    pub(super) channel: String,
    /// A unit, with those that count for it in that year; or `own`: all the person's units.
    pub(super) unit: String,
    /// `2026-11`, `11/2026` or `2026`.
    pub(super) month: String,
    pub(super) delivery: String,
    /// `proofs`, `items` or `not`.
    pub(super) count: String,
    /// The number of the last entry of the page before.
    pub(super) before: String,
}

impl Asked {
    /// The filter; 422 for what cannot be read. Units are taken as coverage takes them, so that a
    /// cell and the list behind it are the same.
    pub(super) fn filter(
        &self,
        tree: &UnitTree,
        person: &Person,
        today: NaiveDate,
    ) -> Result<Filter, Failure> {
        let days = match self.month.trim() {
            "" => None,
            period => Some(days_of(period).ok_or(Failure::Invalid("evidence-month-wrong"))?),
        };
        let own = person.reach(Right::Read);
        let units = match self.unit.trim() {
            "" => None,
            "own" => Some(own),
            unit => {
                let (from, to) = year_of(days.map_or(today, |(first, _)| first), today);
                let unit = unit.parse().map_err(|_| UNREADABLE)?;
                let within = tree.within(unit, from, to);
                Some(within.intersection(&own).copied().collect())
            }
        };
        Ok(Filter {
            plan: read(&self.plan)?,
            theme: read(&self.theme)?,
            channel: Some(self.channel.clone()).filter(|channel| !channel.is_empty()),
            units,
            days,
            delivery: read(&self.delivery)?,
            counting: match self.count.as_str() {
                "" => Counting::Any,
                "proofs" => Counting::Proofs,
                "items" => Counting::Items,
                "not" => Counting::Not,
                _ => return Err(UNREADABLE),
            },
            seqs: None,
        })
    }

    /// Below which number the page begins.
    pub(super) fn before(&self) -> Result<Option<i64>, Failure> {
        read(&self.before)
    }

    /// The same address from another place in the list on.
    pub(super) fn query(&self, before: Option<i64>) -> String {
        let before = before.map_or_else(String::new, |seq| seq.to_string());
        let all = [
            ("plan", &self.plan),
            ("theme", &self.theme),
            ("channel", &self.channel),
            ("unit", &self.unit),
            ("month", &self.month),
            ("delivery", &self.delivery),
            ("count", &self.count),
            ("before", &before),
        ];
        let asked: Vec<_> = all.iter().filter(|(_, value)| !value.is_empty()).collect();
        // Pairs of texts can always be written.
        serde_html_form::to_string(asked).unwrap_or_default()
    }
}

fn read<T: FromStr>(text: &str) -> Result<Option<T>, Failure> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| UNREADABLE),
    }
}

/// The first day of a day's year and the last that has come.
fn year_of(day: NaiveDate, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day);
    let last = NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day);
    (first, Ord::clamp(today, first, last))
}
