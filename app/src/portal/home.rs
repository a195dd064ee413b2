//! The front page: the newest stories, all or of one theme.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State as Of};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;

use super::frame::{Frame, Reader};
use super::kept::{Kept, Made};
use super::released::{Released, newest, unit_names};
use super::{address, air};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{ThemeId, UnitId};
use crate::plans::entity::{plan, theme};

const PAGE: u64 = 20;
/// Nobody turns further.
const LAST: u64 = 10_000;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    theme: String,
    page: String,
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    frame: Frame,
    stories: Vec<Teaser>,
    themes: Vec<theme::Model>,
    /// The theme that is asked for.
    theme: Option<theme::Model>,
    air: Vec<(DateTime<Utc>, String)>,
    page: u64,
    more: bool,
}

struct Teaser {
    story: Released,
    unit: String,
}

pub(super) async fn show(
    Of(app): Of<App>,
    Extension(kept): Extension<Kept>,
    reader: Reader,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let theme: Option<ThemeId> = match asked.theme.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Failure::NotFound)?),
    };
    let page = Ord::clamp(asked.page.parse().unwrap_or(1), 1, LAST);
    let key = format!("home {} {theme:?} {page}", reader.lang.code());
    let made = kept.answer(&app, key, make(&app, &reader, theme, page));
    Ok(made.await?.send(&headers))
}

async fn make(
    app: &App,
    reader: &Reader,
    theme: Option<ThemeId>,
    page: u64,
) -> Result<Made, Failure> {
    let mut themes = themes(app).await?;
    let chosen = match theme {
        None => None,
        Some(id) => {
            let known = themes.iter().find(|theme| theme.id == id);
            Some(known.ok_or(Failure::NotFound)?.clone())
        }
    };
    // What a corrected plan no longer has can still be asked for.
    themes.retain(|theme| theme.ended_at.is_none());
    let mut stories = newest(app, theme, (page - 1) * PAGE, PAGE + 1).await?;
    let more = stories.len() as u64 > PAGE;
    stories.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let whose: Vec<(UnitId, NaiveDate)> = stories
        .iter()
        .map(|story| (story.approved.unit, local_day(story.release.released_at)))
        .collect();
    let units = unit_names(&app.db, &whose).await?;
    let stories = stories.into_iter().zip(units);
    let page = HomePage {
        frame: Frame::of(app, reader).await?,
        stories: stories
            .map(|(story, unit)| Teaser { story, unit })
            .collect(),
        themes,
        theme: chosen,
        air: air::today(app).await?,
        page,
        more,
    };
    Made::page(&page, None)
}

/// What the live plans talk about or talked about, in the order of the documents.
async fn themes(app: &App) -> Result<Vec<theme::Model>, Failure> {
    let live = sea_orm::sea_query::Query::select()
        .column(plan::Column::Id)
        .from(plan::Entity)
        .and_where(plan::Column::State.eq("live"))
        .to_owned();
    Ok(theme::Entity::find()
        .filter(theme::Column::PlanId.in_subquery(live))
        .order_by_asc(theme::Column::PlanId)
        .order_by_asc(theme::Column::Position)
        .all(&app.db)
        .await?)
}

impl Teaser {
    fn iso_day(&self) -> String {
        local_day(self.story.release.released_at).to_string()
    }
}

impl HomePage {
    fn title(&self) -> String {
        match &self.theme {
            Some(theme) => theme.label.clone(),
            None => self.frame.t("portal-news"),
        }
    }

    fn address(&self, teaser: &Teaser) -> String {
        self.frame.link(&address(&teaser.story.approved.slug))
    }

    fn day(&self, teaser: &Teaser) -> String {
        self.frame
            .lang
            .day(local_day(teaser.story.release.released_at))
    }

    /// How long one may listen.
    fn length(&self, teaser: &Teaser) -> Option<String> {
        let sound = teaser.story.approved.sound.as_ref()?;
        let length = self.frame.lang.length((sound.duration_ms + 500) / 1000);
        Some(self.frame.tv("portal-listen-for", length))
    }

    fn of_theme(&self, theme: &theme::Model) -> String {
        self.frame.link(&format!("/?theme={}", theme.id))
    }

    fn is_chosen(&self, theme: &theme::Model) -> bool {
        self.theme
            .as_ref()
            .is_some_and(|chosen| chosen.id == theme.id)
    }

    fn at_page(&self, page: u64) -> String {
        let theme = self.theme.as_ref();
        let theme = theme.map_or_else(String::new, |theme| format!("theme={}&", theme.id));
        self.frame.link(&format!("/?{theme}page={page}"))
    }
}
