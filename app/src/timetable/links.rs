//! Secret addresses of calendars: made, shown once, withdrawn.

use axum::extract::State as Of;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::Deserialize;

use super::entity::calendar_link;
use super::week::WeekPage;
use crate::accounts::{self, Person};
use crate::app::App;
use crate::audit;
use crate::clock::random;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::AreaId;
use crate::outlets::entity::area;
use crate::outlets::get_area;
use crate::web::visitor::go;
use crate::web::{Form, Visitor};

#[derive(Deserialize)]
pub(super) struct OfArea {
    area: AreaId,
}

/// Makes an address for a person and an area; one that there was works no longer.
pub async fn make_link(app: &App, person: &Person, area: AreaId) -> Result<String, Failure> {
    let area = get_area(&app.db, person, area).await?;
    let token: [u8; 24] = random(app.chance.as_ref());
    let token = hex::encode(token);
    let transaction = app.begin().await?;
    let now = app.clock.now();
    withdraw_all(&transaction, person, area.id, now).await?;
    let row = calendar_link::ActiveModel {
        person_id: Set(person.id),
        area_id: Set(area.id),
        token_hash: Set(sha256(token.as_bytes())),
        created_at: Set(now),
        ..Default::default()
    };
    row.insert(&transaction).await?;
    let subject = ("area", area.id.0);
    audit::note(app, &transaction, Some(person.id), "calendar", subject, "").await?;
    transaction.commit().await?;
    Ok(format!("{}/calendars/{token}.ics", app.config.url()))
}

/// Takes a person's addresses of an area back.
async fn withdraw_links(app: &App, person: &Person, area: AreaId) -> Result<(), Failure> {
    let area = get_area(&app.db, person, area).await?;
    let transaction = app.begin().await?;
    withdraw_all(&transaction, person, area.id, app.clock.now()).await?;
    let (who, subject) = (Some(person.id), ("area", area.id.0));
    audit::note(app, &transaction, who, "calendar withdrawal", subject, "").await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether a person has an address of an area that works.
pub(super) async fn has_link(
    connection: &impl ConnectionTrait,
    person: &Person,
    area: AreaId,
) -> Result<bool, Failure> {
    let row = calendar_link::Entity::find()
        .filter(calendar_link::Column::PersonId.eq(person.id))
        .filter(calendar_link::Column::AreaId.eq(area))
        .filter(calendar_link::Column::WithdrawnAt.is_null())
        .one(connection)
        .await?;
    Ok(row.is_some())
}

/// The area behind an address, as long as the person whose it is may still see it.
pub(super) async fn area_of(app: &App, token: &str) -> Result<area::Model, Failure> {
    let row = calendar_link::Entity::find()
        .filter(calendar_link::Column::TokenHash.eq(sha256(token.as_bytes())))
        .filter(calendar_link::Column::WithdrawnAt.is_null())
        .one(&app.db)
        .await?
        .ok_or(Failure::NotFound)?;
    let person = accounts::find(app, row.person_id).await?;
    get_area(&app.db, &person.ok_or(Failure::NotFound)?, row.area_id).await
}

async fn withdraw_all(
    connection: &impl ConnectionTrait,
    person: &Person,
    area: AreaId,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    calendar_link::Entity::update_many()
        .col_expr(calendar_link::Column::WithdrawnAt, Expr::value(now))
        .filter(calendar_link::Column::PersonId.eq(person.id))
        .filter(calendar_link::Column::AreaId.eq(area))
        .filter(calendar_link::Column::WithdrawnAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// `POST /timetable/links`: answers with the page itself, since the address is never to be had again.
pub(super) async fn make(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Form(OfArea { area }): Form<OfArea>,
) -> Result<Response, Failure> {
    let link = make_link(&app, &person, area).await?;
    let page = WeekPage::of(&app, &visitor, &person, (Some(area), None)).await?;
    Ok(page.with_link(link).into_response())
}

/// `POST /timetable/links/withdrawal`
pub(super) async fn withdraw(
    Of(app): Of<App>,
    person: Person,
    Form(OfArea { area }): Form<OfArea>,
) -> Result<Response, Failure> {
    withdraw_links(&app, &person, area).await?;
    let to = format!("/timetable?area={area}");
    Ok(go(&to, "timetable-link-withdrawn"))
}
