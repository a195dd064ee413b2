//! A story, to be read and heard.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::address;
use super::frame::{Frame, Reader, gone};
use super::kept::{Kept, Made, PUBLIC};
use super::released::{Found, Released, find, unit_names};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::plans::entity::{clause, plan, theme};
use crate::stories::sound_response;

#[derive(Template)]
#[template(path = "portal/story.html")]
struct StoryPage {
    frame: Frame,
    story: Box<Released>,
    unit: String,
    themes: Vec<theme::Model>,
    clause: String,
    plan: String,
    url: String,
}

/// `GET /tin/{slug}`
pub(super) async fn show(
    Of(app): Of<App>,
    Extension(kept): Extension<Kept>,
    reader: Reader,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let key = format!("story {} {slug}", reader.lang.code());
    let made = kept.answer(&app, key, make(&app, &reader, &slug));
    Ok(made.await?.send(&headers))
}

async fn make(app: &App, reader: &Reader, slug: &str) -> Result<Made, Failure> {
    let found = find(app, slug).await?;
    let frame = Frame::of(app, reader).await?;
    let story = match found {
        Found::Here(story) => story,
        Found::Gone => return gone(frame),
    };
    let approved = &story.approved;
    let day = local_day(story.release.released_at);
    let units = unit_names(&app.db, &[(approved.unit, day)]).await?;
    let themes = theme::Entity::find()
        .filter(theme::Column::Id.is_in(approved.themes.iter().copied()))
        .order_by_asc(theme::Column::Position)
        .all(&app.db)
        .await?;
    let clause = clause::Entity::find_by_id(approved.clause)
        .one(&app.db)
        .await?;
    let plan = plan::Entity::find_by_id(approved.plan)
        .select_only()
        .column(plan::Column::Title)
        .into_tuple::<String>()
        .one(&app.db)
        .await?;
    let released_at = story.release.released_at;
    let page = StoryPage {
        frame,
        unit: units.into_iter().next().unwrap_or_default(),
        themes,
        clause: clause.map(|clause| clause.address).unwrap_or_default(),
        plan: plan.unwrap_or_default(),
        url: format!("{}{}", app.config.url(), address(slug)),
        story,
    };
    Made::page(&page, Some(released_at))
}

/// `GET /tin/{slug}/sound`: the sound as it was approved, whole or in parts.
pub(super) async fn listen(
    Of(app): Of<App>,
    reader: Reader,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let story = match find(&app, &slug).await? {
        Found::Here(story) => story,
        Found::Gone => {
            let page = gone(Frame::of(&app, &reader).await?)?;
            return Ok(page.send(&headers));
        }
    };
    let sound = story.approved.sound.ok_or(Failure::NotFound)?;
    let mut response = sound_response(&app, &headers, &sound.sha256).await?;
    response.headers_mut().insert(header::CACHE_CONTROL, PUBLIC);
    Ok(response)
}

impl StoryPage {
    /// Enough of the hash for a person; all of it stands in the head of the page.
    fn short_hash(&self) -> &str {
        self.story.approved.sha256.get(..12).unwrap_or_default()
    }

    fn iso(&self) -> String {
        self.story
            .release
            .released_at
            .format("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
    }

    fn of_theme(&self, theme: &theme::Model) -> String {
        self.frame.link(&format!("/?theme={}", theme.id))
    }

    fn sound(&self) -> Option<String> {
        self.story.approved.sound.as_ref()?;
        Some(format!("{}/sound", address(&self.story.approved.slug)))
    }

    fn length(&self) -> String {
        let sound = self.story.approved.sound.as_ref();
        let ms = sound.map_or(0, |sound| sound.duration_ms);
        self.frame.lang.length((ms + 500) / 1000)
    }

    /// The clause that it serves, as people quote it.
    fn serves(&self) -> String {
        let values = [("name", self.clause.clone()), ("value", self.plan.clone())];
        self.frame.lang.with("portal-serves", &values)
    }
}
