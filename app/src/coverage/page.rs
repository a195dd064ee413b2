//! The page of coverage: a year at one look, one channel by month, the silences in words, and all
//! of it as a table for a spreadsheet.

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::Datelike;
use loa_plan::ChannelKind;
use serde::Deserialize;

use super::heat::{Heat, When};
use super::overview::{Overview, channel_name, evidence_link};
use super::silence::{Silence, silences};
use super::table::{Asked, Channel, LivePlan, Row, Table, days_of, live_plans, table};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{PlanId, UnitId};
use crate::units::{Unit, UnitTree};
use crate::web::{Shell, Visitor};

/// So many silences are named; the table shows all.
const NAMED: usize = 12;

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/coverage", get(show))
        .route("/coverage.csv", get(download))
        .route("/plans/{id}/results", get(super::results::show))
}

#[derive(Deserialize)]
struct Filter {
    plan: Option<PlanId>,
    year: Option<i32>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    channel: String,
}

#[derive(Template, WebTemplate)]
#[template(path = "coverage/page.html")]
struct CoveragePage {
    shell: Shell,
    plans: Vec<LivePlan>,
    units: Vec<Unit>,
    shown: Option<Shown>,
}

/// A table with what it shows.
struct Shown {
    plan: LivePlan,
    years: Vec<i32>,
    asked: Asked,
    table: Table,
    silences: Vec<Silence>,
    channel: Option<Channel>,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Query(filter): Query<Filter>,
) -> Result<CoveragePage, Failure> {
    let plans = live_plans(&app).await?;
    let shown = Shown::of(&app, &person, &plans, &filter).await?;
    Ok(CoveragePage {
        units: match &shown {
            Some(shown) => units(&app, &person, shown.asked.year).await?,
            None => Vec::new(),
        },
        shell: Shell::of(&visitor),
        plans,
        shown,
    })
}

async fn download(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Query(filter): Query<Filter>,
) -> Result<Response, Failure> {
    let plans = live_plans(&app).await?;
    let shown = Shown::of(&app, &person, &plans, &filter).await?;
    let shown = shown.ok_or(Failure::NotFound)?;
    let name = format!("attachment; filename=\"coverage-{}.csv\"", shown.asked.year);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    let text = shown
        .csv(&Shell::of(&visitor))
        .map_err(anyhow::Error::from)?;
    Ok((headers, text).into_response())
}

/// The units a person may see, as they were at the end of the year or are now.
async fn units(app: &App, person: &Person, year: i32) -> Result<Vec<Unit>, Failure> {
    let tree = UnitTree::load(&app.db).await?;
    let (first, last) = days_of(year)?;
    let day = Ord::clamp(local_day(app.clock.now()), first, last);
    let seen = person.reach(Right::Read);
    let mut units: Vec<Unit> = tree
        .all_on(day)
        .filter(|unit| seen.contains(&unit.id))
        .cloned()
        .collect();
    let rank = |unit: &Unit| match unit.level.as_str() {
        "province" => 0,
        "agency" => 1,
        "district" => 2,
        _ => 3,
    };
    units.sort_by(|one, other| (rank(one), &one.name).cmp(&(rank(other), &other.name)));
    Ok(units)
}

impl Shown {
    /// Reads what is asked for: the newest plan and this year, unless the address says otherwise.
    async fn of(
        app: &App,
        person: &Person,
        plans: &[LivePlan],
        filter: &Filter,
    ) -> Result<Option<Self>, Failure> {
        let plan = match filter.plan {
            Some(id) => plans.iter().find(|plan| plan.id == id),
            None if plans.is_empty() => return Ok(None),
            None => plans.first(),
        };
        let plan = plan.ok_or(Failure::NotFound)?.clone();
        let this = local_day(app.clock.now()).year();
        let last = Ord::clamp(this, plan.from, Ord::max(plan.from, plan.to));
        let years: Vec<i32> = (plan.from..=last).rev().collect();
        let year = filter.year.unwrap_or(last);
        if !years.contains(&year) {
            return Err(Failure::NotFound);
        }
        let unit = match filter.unit.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| Failure::NotFound)?),
        };
        let asked = Asked {
            plan: plan.id,
            year,
            unit,
        };
        let table = table(app, person, asked).await?;
        let named = |channel: &&Channel| channel.kind.name() == filter.channel;
        Ok(Some(Self {
            silences: silences(&table),
            channel: table.channels.iter().find(named).copied(),
            plan,
            years,
            asked,
            table,
        }))
    }

    /// A row for every theme, channel and month in which something was proven or asked for.
    fn csv(&self, shell: &Shell) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let names = [
            "clause", "theme", "channel", "month", "items", "proofs", "seconds",
        ];
        writer.write_record(names.map(|name| shell.t(&format!("coverage-csv-{name}"))))?;
        for (place, row) in self.table.rows.iter().enumerate() {
            for channel in &self.table.channels {
                for month in 1..=12 {
                    let cell = self.table.cell(place, channel.kind, month);
                    if self.table.when(month) == When::Ahead && cell.items == 0 {
                        continue;
                    }
                    writer.write_record([
                        plain(&row.address),
                        plain(&row.label),
                        channel_name(shell.lang, channel.kind),
                        format!("{}-{month:02}", self.table.year),
                        cell.items.to_string(),
                        cell.proofs.to_string(),
                        cell.seconds.to_string(),
                    ])?;
                }
            }
        }
        let text = writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)?;
        // Spreadsheets take a file for Unicode when it begins with this mark.
        Ok([b"\xef\xbb\xbf".as_slice(), &text].concat())
    }

    fn overview(&self, shell: &Shell) -> Result<String, askama::Error> {
        let overview = Overview {
            lang: shell.lang,
            table: &self.table,
            plan: self.asked.plan,
            unit: self.asked.unit,
            channels: self.table.channels.clone(),
            compact: false,
        };
        overview.render()
    }

    fn link(&self, row: &Row, channel: &Channel, month: &u32) -> String {
        let month = format!("{:04}-{month:02}", self.asked.year);
        let of = (self.asked.plan, self.asked.unit);
        evidence_link(of, (row, channel.kind), &month)
    }

    fn items(&self, row: &usize, channel: &Channel, month: &u32) -> i64 {
        self.table.cell(*row, channel.kind, *month).items
    }

    fn heat(&self, row: &usize, channel: &Channel, month: &u32) -> Heat {
        self.table.heat(*row, *channel, *month)
    }

    fn class(&self, row: &usize, channel: &Channel, month: &u32) -> &'static str {
        self.heat(row, channel, month).class()
    }

    fn silent(&self, row: &usize, channel: &Channel, month: &u32) -> bool {
        self.heat(row, channel, month) == Heat::Silent
    }

    fn ahead(&self, row: &usize, channel: &Channel, month: &u32) -> bool {
        self.heat(row, channel, month) == Heat::Future
    }

    fn chosen_unit(&self, unit: &UnitId) -> bool {
        self.asked.unit == Some(*unit)
    }

    /// The same table as a file.
    fn csv_link(&self) -> String {
        let (plan, year) = (self.asked.plan, self.asked.year);
        let unit = self
            .asked
            .unit
            .map_or_else(String::new, |id| id.to_string());
        format!("/coverage.csv?plan={plan}&year={year}&unit={unit}")
    }

    /// The theme that is silent; none means every theme.
    fn row(&self, silence: &Silence) -> Option<&Row> {
        self.table.rows.get(silence.row?)
    }

    fn named(&self) -> &[Silence] {
        &self.silences[..self.silences.len().min(NAMED)]
    }

    /// How many silences are not named.
    fn more(&self) -> usize {
        self.silences.len().saturating_sub(NAMED)
    }
}

impl CoveragePage {
    fn channel(&self, kind: &ChannelKind) -> String {
        channel_name(self.shell.lang, *kind)
    }

    /// How long a silence lasts and where, in words.
    fn said(&self, silence: &Silence, year: &i32) -> String {
        let channels = if silence.everywhere {
            self.shell.t("coverage-everywhere")
        } else {
            let names = silence.channels.iter().map(|kind| self.channel(kind));
            names.collect::<Vec<_>>().join(", ")
        };
        let name = match (silence.months, silence.since) {
            (1, _) => "coverage-silent-month",
            (_, 1) => "coverage-silent-year",
            _ => "coverage-silent-months",
        };
        let values = [
            ("count", silence.months.to_string()),
            ("from", format!("{}/{year}", silence.since)),
            ("value", channels),
        ];
        self.shell.lang.with(name, &values)
    }
}

/// Text that no spreadsheet takes for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
