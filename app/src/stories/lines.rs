//! Stories in a list, through the person who asks.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{review, story, version};
use super::story::State;
use crate::accounts::{Person, Right, names};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{PersonId, StoryId, UnitId, VersionId};

/// A story in a list.
#[derive(Debug, Clone)]
pub struct Line {
    /// The story.
    pub story: StoryId,
    /// The title of its newest version.
    pub title: String,
    /// Whose it is.
    pub unit: UnitId,
    /// Who wrote the newest version.
    pub author: PersonId,
    /// The author's name.
    pub author_name: String,
    /// Where it is in its life.
    pub state: State,
    /// The number of the newest version.
    pub number: i64,
    /// Whether it is a draft because it went back.
    pub returned: bool,
    /// When it last changed.
    pub since: DateTime<Utc>,
}

/// Nobody turns further; a larger number would be none the store knows.
const LAST_PAGE: u64 = 1_000_000;

/// Stories the person may see, last changed first, and how many there are in all.
pub async fn list(
    app: &App,
    person: &Person,
    state: Option<State>,
    page: u64,
    size: u64,
) -> Result<(Vec<Line>, u64), Failure> {
    let mut find =
        story::Entity::find().filter(story::Column::UnitId.is_in(person.reach(Right::Read)));
    if let Some(state) = state {
        find = find.filter(story::Column::State.eq(state.name()));
    }
    let count = find.clone().count(&app.db).await?;
    let rows = find
        .order_by_desc(story::Column::UpdatedAt)
        .order_by_desc(story::Column::Id)
        .offset(Ord::min(page, LAST_PAGE) * size)
        .limit(size)
        .all(&app.db)
        .await?;
    Ok((lines(app, rows).await?, count))
}

/// The rows of a list with their newest versions.
pub(super) async fn lines(app: &App, rows: Vec<story::Model>) -> Result<Vec<Line>, Failure> {
    let ids: Vec<StoryId> = rows.iter().map(|row| row.id).collect();
    let newest: BTreeMap<StoryId, version::Model> = version::Entity::find()
        .filter(version::Column::StoryId.is_in(ids))
        .order_by_asc(version::Column::Number)
        .all(&app.db)
        .await?
        .into_iter()
        .map(|version| (version.story_id, version))
        .collect();
    let versions: Vec<VersionId> = newest.values().map(|version| version.id).collect();
    let returned: Vec<VersionId> = review::Entity::find()
        .filter(review::Column::VersionId.is_in(versions))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|review| review.version_id)
        .collect();
    let authors = newest.values().map(|version| version.author_id).collect();
    let names = names(&app.db, authors).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(version) = newest.get(&row.id) else {
            continue;
        };
        let state: State = row.state.parse()?;
        lines.push(Line {
            story: row.id,
            title: version.title.clone(),
            unit: row.unit_id,
            author: version.author_id,
            author_name: names.get(&version.author_id).cloned().unwrap_or_default(),
            state,
            number: version.number,
            returned: state == State::Draft && returned.contains(&version.id),
            since: row.updated_at,
        });
    }
    Ok(lines)
}
