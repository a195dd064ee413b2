//! The boards that a person looks after: how they are, codes for new ones.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::entity::{board, board_receipt};
use super::{add, renew, revoke};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{BoardId, UnitId};
use crate::outlets::boards;
use crate::outlets::entity::outlet;
use crate::speakers::{Code, qr, secret_key};
use crate::units::UnitTree;
use crate::web::visitor::go;
use crate::web::{Errors, Form, Nothing, Shell, Visitor};

/// One that can be seen asks twice a minute.
const SILENT: TimeDelta = TimeDelta::minutes(3);

/// Screens are switched off at night; one that was not heard of for longer needs somebody.
const MISSED: TimeDelta = TimeDelta::hours(26);

/// The boards that a person looks after and nobody heard of for a day, with the name of their place.
pub async fn silent(app: &App, person: &Person) -> Result<Vec<(board::Model, String)>, Failure> {
    let airs = person.reach(Right::Air);
    if airs.is_empty() {
        return Ok(Vec::new());
    }
    let rows = board::Entity::find()
        .filter(board::Column::RevokedAt.is_null())
        .filter(board::Column::SeenAt.lt(app.clock.now() - MISSED))
        .order_by_asc(board::Column::SeenAt)
        .all(&app.db)
        .await?;
    let ids = rows.iter().map(|row| row.outlet_id);
    let places = outlet::Entity::find()
        .filter(outlet::Column::Id.is_in(ids))
        .filter(outlet::Column::UnitId.is_in(airs.iter().copied()))
        .all(&app.db)
        .await?;
    let mine = rows.into_iter().filter_map(|row| {
        let place = places.iter().find(|place| place.id == row.outlet_id)?;
        Some((row, place.name.clone()))
    });
    Ok(mine.collect())
}

/// The pages of this slice, for people.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/boards", get(list).post(new))
        .route("/boards/{id}/code", post(code))
        .route("/boards/{id}/revocation", post(take_away))
}

#[derive(Template, WebTemplate)]
#[template(path = "boards/list.html")]
struct BoardsPage {
    shell: Shell,
    outlets: Vec<OutletShown>,
    /// The units for which a person may add a screen.
    units: Vec<(UnitId, String)>,
    typed: NewForm,
    errors: Errors,
    made: Option<Made>,
    now: DateTime<Utc>,
}

struct OutletShown {
    outlet: outlet::Model,
    may: bool,
    boards: Vec<BoardShown>,
}

struct BoardShown {
    board: board::Model,
    /// When it last showed something, as far as it said so.
    shown_at: Option<DateTime<Utc>>,
}

/// A code that was just made, and the address that carries it; shown this once.
struct Made {
    name: String,
    code: Code,
    address: String,
    /// Without the code, to be typed.
    screen: String,
    picture: String,
}

#[derive(Deserialize, Default)]
struct NewForm {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    name: String,
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
) -> Result<BoardsPage, Failure> {
    BoardsPage::of(&app, &visitor, &person, None).await
}

/// Answers with the page itself, since the code is never to be had again.
async fn new(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Form(form): Form<NewForm>,
) -> Result<Response, Failure> {
    let mut errors = Errors::default();
    let unit = form.unit.parse().ok();
    errors.require(unit.is_some(), "unit", "boards-unit");
    errors.require(!form.name.trim().is_empty(), "name", "boards-name");
    let (Some(unit), true) = (unit, errors.none()) else {
        let mut page = BoardsPage::of(&app, &visitor, &person, None).await?;
        (page.typed, page.errors) = (form, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let (id, code) = add(&app, &person, unit, &form.name).await?;
    let page = BoardsPage::of(&app, &visitor, &person, Some((id, code))).await?;
    Ok(page.into_response())
}

async fn code(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<BoardId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<BoardsPage, Failure> {
    let code = renew(&app, &person, id).await?;
    BoardsPage::of(&app, &visitor, &person, Some((id, code))).await
}

async fn take_away(
    State(app): State<App>,
    person: Person,
    Path(id): Path<BoardId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Failure> {
    revoke(&app, &person, id).await?;
    Ok(go("/boards", "boards-revoked"))
}

impl BoardsPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        code: Option<(BoardId, Code)>,
    ) -> Result<Self, Failure> {
        let now = app.clock.now();
        let (reads, airs) = (person.reach(Right::Read), person.reach(Right::Air));
        let places = outlet::Entity::find()
            .filter(boards())
            .filter(outlet::Column::ClosedAt.is_null())
            .filter(outlet::Column::UnitId.is_in(reads.iter().copied()))
            .order_by_asc(outlet::Column::Name)
            .all(&app.db)
            .await?;
        let screens = board::Entity::find()
            .filter(board::Column::OutletId.is_in(places.iter().map(|place| place.id)))
            .order_by_asc(board::Column::Id)
            .all(&app.db)
            .await?;
        let shown: BTreeMap<BoardId, DateTime<Utc>> = board_receipt::Entity::find()
            .select_only()
            .column(board_receipt::Column::BoardId)
            .column_as(board_receipt::Column::EndedAt.max(), "ended_at")
            .filter(board_receipt::Column::BoardId.is_in(screens.iter().map(|board| board.id)))
            .group_by(board_receipt::Column::BoardId)
            .into_tuple()
            .all(&app.db)
            .await?
            .into_iter()
            .collect();
        let made = match code {
            Some((id, code)) => {
                let name = screens.iter().find(|board| board.id == id);
                let name = name.map_or_else(String::new, |board| board.name.clone());
                Some(Made::of(app, name, code).await?)
            }
            None => None,
        };
        let tree = UnitTree::load(&app.db).await?;
        let mut outlets: Vec<_> = places
            .into_iter()
            .map(|outlet| OutletShown {
                may: airs.contains(&outlet.unit_id),
                boards: Vec::new(),
                outlet,
            })
            .collect();
        for board in screens {
            let place = outlets
                .iter_mut()
                .find(|one| one.outlet.id == board.outlet_id);
            if let Some(place) = place {
                let shown_at = shown.get(&board.id).copied();
                place.boards.push(BoardShown { board, shown_at });
            }
        }
        Ok(Self {
            shell: Shell::of(visitor),
            outlets,
            units: tree.choices(airs.iter().copied(), local_day(now)),
            typed: NewForm::default(),
            errors: Errors::default(),
            made,
            now,
        })
    }

    /// A tag and the name of a text.
    fn state(&self, board: &board::Model) -> (&'static str, &'static str) {
        let seen = board.seen_at.is_some_and(|at| at > self.now - SILENT);
        let waits = board.code_until.is_some_and(|until| until > self.now);
        match (board.revoked_at, &board.public_key) {
            (Some(_), _) => ("tag-withdrawn", "boards-state-revoked"),
            (None, None) if waits => ("tag-planned", "boards-state-waits"),
            (None, None) => ("tag-failed", "boards-state-late"),
            (None, Some(_)) if seen => ("tag-proven", "boards-state-showing"),
            (None, Some(_)) => ("tag-failed", "boards-state-silent"),
        }
    }

    /// What it refused last, and when.
    fn refused(&self, board: &board::Model) -> Option<String> {
        let why = match board.refused.as_deref()? {
            "wrong_area" => self.shell.t("boards-reason-other"),
            reason => self.shell.t(&format!("speakers-reason-{reason}")),
        };
        let at = self.shell.lang.time(board.refused_at?);
        let values = [("name", why), ("value", at)];
        Some(self.shell.lang.with("boards-refused", &values))
    }
}

impl Made {
    /// The address names the server's key: a screen that opens it takes no other.
    async fn of(app: &App, name: String, code: Code) -> Result<Self, Failure> {
        let screen = format!("{}/board", app.config.url());
        let key = secret_key(app).await?.public().text();
        let address = format!("{screen}#{}/{key}", code.text);
        Ok(Self {
            name,
            picture: qr(&address)?,
            code,
            address,
            screen,
        })
    }
}
