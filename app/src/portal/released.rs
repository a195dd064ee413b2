//! What is on the portal: of every story its newest release to a portal, unless it was withdrawn.

use chrono::NaiveDate;
use sea_orm::sea_query::{Alias, ColumnRef, Expr, ExprTrait, IntoColumnRef, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::app::App;
use crate::deliveries::entity::{delivery, release};
use crate::error::Failure;
use crate::ids::{ThemeId, UnitId};
use crate::outlets::entity::outlet;
use crate::stories::entity::{story, story_theme};
use crate::stories::{self, Approved};
use crate::units::entity::unit_version;

/// A story on the portal.
pub(super) struct Released {
    pub(super) release: release::Model,
    /// As it was approved, out of the frozen bytes.
    pub(super) approved: Approved,
}

/// What became of a story.
pub(super) enum Found {
    /// It is on the portal.
    Here(Box<Released>),
    /// It was, and was taken back.
    Gone,
}

/// The story of an address; 404 when it never was on the portal. The newest decision rules: when
/// it was withdrawn, an older version that it had replaced does not come back.
pub(super) async fn find(app: &App, slug: &str) -> Result<Found, Failure> {
    let of_slug = Query::select()
        .column(story::Column::Id)
        .from(story::Entity)
        .and_where(story::Column::Slug.eq(slug))
        .to_owned();
    let release = release::Entity::find()
        .filter(release::Column::StoryId.in_subquery(of_slug))
        .filter(to_portal((release::Entity, release::Column::Id)))
        .order_by_desc(release::Column::Id)
        .one(&app.db)
        .await?
        .ok_or(Failure::NotFound)?;
    if release.withdrawn_at.is_some() {
        return Ok(Found::Gone);
    }
    let approved = stories::approved(&app.db, release.version_id).await?;
    Ok(Found::Here(Box::new(Released { release, approved })))
}

/// The stories on the portal, released last first, from the `skip`-th on; of one theme when that is
/// asked for.
pub(super) async fn newest(
    app: &App,
    theme: Option<ThemeId>,
    skip: u64,
    most: u64,
) -> Result<Vec<Released>, Failure> {
    let newer = Alias::new("newer");
    let replaced = Query::select()
        .expr(Expr::val(1))
        .from_as(release::Entity, newer.clone())
        .and_where(
            Expr::col((newer.clone(), release::Column::StoryId))
                .equals((release::Entity, release::Column::StoryId)),
        )
        .and_where(
            Expr::col((newer.clone(), release::Column::Id))
                .gt(Expr::col((release::Entity, release::Column::Id))),
        )
        .and_where(to_portal((newer, release::Column::Id)))
        .to_owned();
    let mut found = release::Entity::find()
        .filter(release::Column::WithdrawnAt.is_null())
        .filter(to_portal((release::Entity, release::Column::Id)))
        .filter(Expr::exists(replaced).not());
    if let Some(theme) = theme {
        let about = Query::select()
            .expr(Expr::val(1))
            .from(story_theme::Entity)
            .and_where(
                Expr::col((story_theme::Entity, story_theme::Column::VersionId))
                    .equals((release::Entity, release::Column::VersionId)),
            )
            .and_where(story_theme::Column::ThemeId.eq(theme))
            .to_owned();
        found = found.filter(Expr::exists(about));
    }
    let rows = found
        .order_by_desc(release::Column::Id)
        .offset(skip)
        .limit(most)
        .all(&app.db)
        .await?;
    let mut stories = Vec::with_capacity(rows.len());
    for release in rows {
        let approved = stories::approved(&app.db, release.version_id).await?;
        stories.push(Released { release, approved });
    }
    Ok(stories)
}

/// What units were called on a day each, in one look: their names then, or the nearest they had.
pub(super) async fn unit_names(
    connection: &impl ConnectionTrait,
    asked: &[(UnitId, NaiveDate)],
) -> Result<Vec<String>, Failure> {
    let rows = unit_version::Entity::find()
        .filter(unit_version::Column::UnitId.is_in(asked.iter().map(|(unit, _)| *unit)))
        .order_by_asc(unit_version::Column::ValidFrom)
        .all(connection)
        .await?;
    let name = |(unit, day): &(UnitId, NaiveDate)| {
        let known = || rows.iter().filter(|row| row.unit_id == *unit);
        let begun = known().rfind(|row| row.valid_from <= *day);
        let nearest = begun.or_else(|| known().next());
        nearest.map(|row| row.name.clone()).unwrap_or_default()
    };
    Ok(asked.iter().map(name).collect())
}

/// Whether a release went to a portal.
fn to_portal(release: impl IntoColumnRef) -> Expr {
    let release: ColumnRef = release.into_column_ref();
    let there = Query::select()
        .expr(Expr::val(1))
        .from(delivery::Entity)
        .inner_join(
            outlet::Entity,
            Expr::col((outlet::Entity, outlet::Column::Id))
                .equals((delivery::Entity, delivery::Column::OutletId)),
        )
        .and_where(
            Expr::col((delivery::Entity, delivery::Column::ReleaseId)).eq(Expr::col(release)),
        )
        .and_where(outlet::Column::Kind.eq("portal"))
        .to_owned();
    Expr::exists(there)
}
