//! Who was there in a month, as a page.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::presence::{Presence, presence};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::outlets::areas;
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "speakers/presence.html")]
pub(super) struct PresencePage {
    shell: Shell,
    month: NaiveDate,
    areas: Vec<Presence>,
    today: NaiveDate,
}

#[derive(Deserialize)]
pub(super) struct OfMonth {
    /// `2026-11`; without one this month.
    month: Option<String>,
}

/// `GET /speakers/presence?month=2026-11`
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Query(OfMonth { month }): Query<OfMonth>,
) -> Result<PresencePage, Failure> {
    let today = local_day(app.clock.now());
    let wanted = month.map(|month| format!("{month}-01").parse::<NaiveDate>());
    let month = match wanted {
        None => today.with_day(1).unwrap_or(today),
        // Years that no calendar has end no arithmetic.
        Some(Ok(month)) if month.year() >= 2000 && month <= today => month,
        Some(_) => return Err(Failure::NotFound),
    };
    let areas = areas(&app.db, &person, Right::Read).await?;
    Ok(PresencePage {
        shell: Shell::of(&visitor),
        areas: presence(&app, areas, month).await?,
        month,
        today,
    })
}

impl PresencePage {
    fn title(&self) -> String {
        let month = self.month.format("%m/%Y").to_string();
        self.shell.tv("speakers-presence-month", month)
    }

    /// The months before and after, as the address has them; none that is not here yet.
    fn others(&self) -> Vec<(&'static str, String)> {
        let name = |month: NaiveDate| month.format("%Y-%m").to_string();
        let month = chrono::Months::new(1);
        let mut others = vec![("speakers-month-before", name(self.month - month))];
        if self.month + month <= self.today {
            others.push(("speakers-month-after", name(self.month + month)));
        }
        others
    }

    fn percent(&self, presence: &Presence) -> String {
        let comma = self.shell.t("stories-decimal");
        presence.percent.map_or("–".to_owned(), |percent| {
            format!("{} %", format!("{percent:.1}").replace('.', &comma))
        })
    }
}
