//! How far the programme has come this year, for everybody: counted from proof and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::Extension;
use axum::extract::State as Of;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::frame::{Frame, Reader};
use super::kept::{Kept, Made};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::evidence::entity::{cell, head};
use crate::ids::ThemeId;
use crate::plans::entity::{plan, theme};

#[derive(Template)]
#[template(path = "portal/progress.html")]
struct ProgressPage {
    frame: Frame,
    year: i32,
    /// How many months of the year have begun.
    months: usize,
    plans: Vec<Progress>,
}

struct Progress {
    title: String,
    themes: Vec<ThemeProgress>,
}

struct ThemeProgress {
    theme: theme::Model,
    /// In how many months it was seen or heard.
    months: usize,
}

/// `GET /chuong-trinh`
pub(super) async fn show(
    Of(app): Of<App>,
    Extension(kept): Extension<Kept>,
    reader: Reader,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    // It is counted from the ledger: with every entry it may say something else.
    let last = head::Entity::find_by_id(1).one(&app.db).await?;
    let last = last.map_or(0, |head| head.seq);
    let key = format!("progress {} {last}", reader.lang.code());
    let made = kept.answer(&app, key, make(&app, &reader));
    Ok(made.await?.send(&headers))
}

async fn make(app: &App, reader: &Reader) -> Result<Made, Failure> {
    let today = local_day(app.clock.now());
    let year = today.year();
    let proven: Vec<(ThemeId, String)> = cell::Entity::find()
        .select_only()
        .columns([cell::Column::ThemeId, cell::Column::Month])
        .filter(cell::Column::Month.between(format!("{year:04}-01"), format!("{year:04}-12")))
        .filter(cell::Column::Proofs.gt(0))
        .distinct()
        .into_tuple()
        .all(&app.db)
        .await?;
    let mut months: BTreeMap<ThemeId, BTreeSet<String>> = BTreeMap::new();
    for (theme, month) in proven {
        months.entry(theme).or_default().insert(month);
    }
    let live = plan::Entity::find()
        .filter(plan::Column::State.eq("live"))
        .order_by_asc(plan::Column::Id)
        .all(&app.db)
        .await?;
    let themes = theme::Entity::find()
        .filter(theme::Column::PlanId.is_in(live.iter().map(|plan| plan.id)))
        .order_by_asc(theme::Column::Position)
        .all(&app.db)
        .await?;
    let of_theme = |theme: &theme::Model| ThemeProgress {
        theme: theme.clone(),
        months: months.get(&theme.id).map_or(0, BTreeSet::len),
    };
    let of_plan = |plan: plan::Model| Progress {
        themes: themes
            .iter()
            .filter(|theme| theme.plan_id == plan.id)
            // What ended with a correction of the plan is told as far as it was proven.
            .filter(|theme| theme.ended_at.is_none() || months.contains_key(&theme.id))
            .map(of_theme)
            .collect(),
        title: plan.title,
    };
    let page = ProgressPage {
        frame: Frame::of(app, reader).await?,
        year,
        months: usize::try_from(today.month()).unwrap_or(12),
        plans: live.into_iter().map(of_plan).collect(),
    };
    Made::page(&page, None)
}

impl ProgressPage {
    /// `8 trong 9 tháng`
    fn so_far(&self, one: &ThemeProgress) -> String {
        let values = [
            ("value", one.months.to_string()),
            ("total", self.months.to_string()),
        ];
        self.frame.lang.with("portal-months", &values)
    }

    fn of_theme(&self, theme: &theme::Model) -> String {
        self.frame.link(&format!("/?theme={}", theme.id))
    }
}
