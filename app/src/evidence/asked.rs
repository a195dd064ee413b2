//! What a list of evidence is asked for, in an address: pages, CSV and API read the same.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::list::{Counting, Filter, days_of};
use crate::error::Failure;
use crate::units::UnitTree;

/// The query of an address. What is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) plan: String,
    pub(super) theme: String,
    pub(super) channel: String,
    /// With all below it and all they came from.
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
    /// The filter; 422 for what cannot be read.
    pub(super) fn filter(&self, tree: &UnitTree, today: NaiveDate) -> Result<Filter, Failure> {
        let days = match self.month.trim() {
            "" => None,
            period => Some(days_of(period).ok_or(Failure::Invalid("evidence-month-wrong"))?),
        };
        let day = days.map_or(today, |(_, last)| Ord::min(last, today));
        let unit = read(&self.unit)?;
        Ok(Filter {
            plan: read(&self.plan)?,
            theme: read(&self.theme)?,
            channel: Some(self.channel.clone()).filter(|channel| !channel.is_empty()),
            units: unit.map(|unit| tree.reach(unit, day)),
            days,
            delivery: read(&self.delivery)?,
            counting: match self.count.as_str() {
                "" => Counting::Any,
                "proofs" => Counting::Proofs,
                "items" => Counting::Items,
                "not" => Counting::Not,
                _ => return Err(Failure::Invalid("evidence-filter-wrong")),
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
        text => text
            .parse()
            .map(Some)
            .map_err(|_| Failure::Invalid("evidence-filter-wrong")),
    }
}
