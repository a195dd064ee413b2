//! The board: who owes a report of a year, and how it stands.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State as Of};
use serde::Deserialize;

use super::in_words;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::coverage::{LivePlan, live_plans};
use crate::error::Failure;
use crate::ids::RegimeId;
use crate::reports::period::Period;
use crate::reports::regimes::{self, Regime};
use crate::reports::{self, Owed};
use crate::web::{Shell, Visitor};

#[derive(Deserialize)]
pub(super) struct Asked {
    regime: Option<RegimeId>,
    year: Option<i32>,
}

#[derive(Template, WebTemplate)]
#[template(path = "reports/pages/board.html")]
pub(super) struct BoardPage {
    shell: Shell,
    regimes: Vec<(Regime, LivePlan)>,
    shown: Option<Shown>,
}

/// The board of a regime and a year.
struct Shown {
    regime: Regime,
    plan: LivePlan,
    period: Period,
    years: Vec<i32>,
    owed: Vec<Owed>,
    /// Whether each may be begun by who reads.
    may: Vec<bool>,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<BoardPage, Failure> {
    let plans = live_plans(&app).await?;
    let with_plan = |regime: Regime| {
        let plan = plans.iter().find(|plan| plan.id == regime.row.plan_id)?;
        Some((regime, plan.clone()))
    };
    let all = regimes::list(&app.db).await?;
    let regimes: Vec<_> = all.into_iter().filter_map(with_plan).collect();
    let chosen = match asked.regime {
        Some(id) => {
            let chosen = regimes.iter().find(|(regime, _)| regime.row.id == id);
            Some(chosen.ok_or(Failure::NotFound)?)
        }
        None => regimes.first(),
    };
    let shown = match chosen {
        Some((regime, plan)) => Some(Shown::of(&app, &person, (regime, plan), asked.year).await?),
        None => None,
    };
    Ok(BoardPage {
        shell: Shell::of(&visitor),
        regimes,
        shown,
    })
}

impl Shown {
    /// The year that is reported on now, unless another is asked for.
    async fn of(
        app: &App,
        person: &Person,
        (regime, plan): (&Regime, &LivePlan),
        year: Option<i32>,
    ) -> Result<Self, Failure> {
        let today = local_day(app.clock.now());
        let clamp = |year: i32| Ord::clamp(year, plan.from, Ord::max(plan.from, plan.to));
        let running = regime.rule.of_day(today);
        let over = regime.rule.over(today).ok_or(Failure::NotFound)?;
        let last = clamp(running.map_or(over.year, |running| running.year));
        let years: Vec<i32> = (plan.from..=last).rev().collect();
        let year = year.unwrap_or_else(|| clamp(over.year));
        if !years.contains(&year) {
            return Err(Failure::NotFound);
        }
        let owed = reports::board(app, person, regime, year).await?;
        let may = |owed: &Owed| person.may(Right::Report, owed.unit);
        Ok(Self {
            may: owed.iter().map(may).collect(),
            period: regime.rule.period(year).ok_or(Failure::NotFound)?,
            regime: regime.clone(),
            plan: plan.clone(),
            years,
            owed,
        })
    }

    /// How many are handed in, and how many are owed.
    fn count(&self) -> (usize, usize) {
        let done = self.owed.iter().filter(|owed| owed.handed_in.is_some());
        (done.count(), self.owed.len())
    }
}

impl BoardPage {
    fn chosen(&self, regime: &Regime) -> bool {
        let shown = self.shown.as_ref();
        shown.is_some_and(|shown| shown.regime.row.id == regime.row.id)
    }

    fn tag(&self, owed: &Owed) -> (&'static str, String) {
        match owed.report {
            Some((_, state)) => {
                let (tag, text) = state.tag();
                let text = self.shell.t(text);
                let again = owed.amends && state == reports::State::Draft;
                (
                    tag,
                    if again {
                        self.shell.tv("reports-amending", text)
                    } else {
                        text
                    },
                )
            }
            None => ("tag-plain", self.shell.t("reports-state-none")),
        }
    }

    fn when(&self, owed: &Owed) -> (String, bool) {
        in_words(self.shell.lang, owed.timing, owed.handed_in.is_some())
    }

    fn counted(&self, shown: &Shown) -> String {
        let (done, all) = shown.count();
        let values = [("count", done.to_string()), ("total", all.to_string())];
        self.shell.lang.with("reports-board-count", &values)
    }

    fn span(&self, period: &Period) -> String {
        let lang = self.shell.lang;
        let values = [("from", lang.day(period.from)), ("to", lang.day(period.to))];
        lang.with("reports-span", &values)
    }
}
