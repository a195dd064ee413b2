//! The table drawn: twelve months as one strip per theme and channel, readable by eye and by ear.

use askama::Template;
use loa_plan::ChannelKind;

use super::table::{Channel, Row, Table};
use crate::ids::{PlanId, UnitId};
use crate::web::Lang;

/// Themes × channels, a strip of months each. Every strip opens its evidence.
#[derive(Template)]
#[template(path = "coverage/overview.html")]
pub struct Overview<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// What is drawn.
    pub table: &'a Table,
    /// Of which plan.
    pub plan: PlanId,
    /// Of which unit; of all the person sees otherwise.
    pub unit: Option<UnitId>,
    /// The channels that are shown.
    pub channels: Vec<Channel>,
    /// With less height, for the home page.
    pub compact: bool,
}

impl Overview<'_> {
    fn channel(&self, channel: &Channel) -> String {
        channel_name(self.lang, channel.kind)
    }

    /// Nothing was asked and nothing came.
    fn nothing(&self, row: &usize, channel: &Channel) -> bool {
        !channel.asked && self.table.total(*row, channel.kind) == 0
    }

    /// A strip in words.
    fn said(&self, row: &usize, channel: &Channel) -> String {
        let silent: Vec<String> = (1..=12)
            .filter(|month| self.class(row, channel, month) == "heat-silent")
            .map(|month| month.to_string())
            .collect();
        let silence = if silent.is_empty() {
            self.lang.t("coverage-strip-no-silence")
        } else {
            self.lang.tv("coverage-strip-silent", silent.join(", "))
        };
        let total = self.table.total(*row, channel.kind);
        let values = [
            ("name", self.table.rows[*row].address.clone()),
            ("value", self.channel(channel)),
            ("count", self.lang.number(total)),
            ("when", silence),
        ];
        self.lang.with("coverage-strip", &values)
    }

    fn class(&self, row: &usize, channel: &Channel, month: &u32) -> &'static str {
        self.table.heat(*row, *channel, *month).class()
    }

    fn link(&self, row: &Row, channel: &Channel) -> String {
        evidence_link(
            (self.plan, self.unit),
            (row, channel.kind),
            &format!("{:04}", self.table.year),
        )
    }

    /// The page of one channel by month.
    fn months_link(&self, channel: &Channel) -> String {
        let (plan, year, kind) = (self.plan, self.table.year, channel.kind.name());
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        format!("/coverage?plan={plan}&year={year}&unit={unit}&channel={kind}#one")
    }
}

/// What a channel kind is called.
pub(super) fn channel_name(lang: Lang, kind: ChannelKind) -> String {
    lang.t(&format!("outlets-kind-{}", kind.name()))
}

/// The entries of the ledger behind a cell. `month` is 2026-11, or 2026 for the whole year.
pub(super) fn evidence_link(
    (plan, unit): (PlanId, Option<UnitId>),
    (row, kind): (&Row, ChannelKind),
    month: &str,
) -> String {
    let (theme, kind) = (row.theme, kind.name());
    // Of all the person sees, the cell counts what is at outlets of their own units.
    let unit = unit.map_or_else(|| "own".to_owned(), |unit| unit.to_string());
    let of = format!("plan={plan}&theme={theme}&channel={kind}&month={month}");
    format!("/evidence?{of}&unit={unit}&count=items")
}
