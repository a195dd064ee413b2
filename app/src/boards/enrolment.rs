//! Screens come and go: a code each, its key once, revocation.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Utc};
use loa_air::PublicKey;
use loa_plan::ChannelKind;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use super::entity::board;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::clock::local_day;
use crate::error::Failure;
use crate::ids::{BoardId, OutletId, UnitId};
use crate::outlets::entity::outlet;
use crate::outlets::{NewOutlet, boards, create};
use crate::speakers::{Code, hash_of_code, named, secret_key};
use crate::units::UnitTree;
use crate::web::Lang;

/// What a screen sends once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Enrolment {
    code: String,
    /// Base64; the secret half never leaves the screen.
    public_key: String,
}

/// What the server answers.
#[derive(Serialize)]
pub(super) struct Enrolled {
    board: BoardId,
    name: String,
    /// Base64; pinned from now on.
    server_key: String,
    server_time: DateTime<Utc>,
}

/// Adds a screen to the boards of a unit, and makes the code with which it comes in. The first one opens the
/// unit's outlet for notices.
pub async fn add(
    app: &App,
    person: &Person,
    unit: UnitId,
    name: &str,
) -> Result<(BoardId, Code), Failure> {
    person.require(Right::Air, unit)?;
    let name = named(name).ok_or(Failure::Invalid("boards-name"))?;
    let tree = UnitTree::load(&app.db).await?;
    let today = local_day(app.clock.now());
    if tree.on(unit, today).is_none() {
        return Err(Failure::NotFound);
    }
    let transaction = app.begin().await?;
    let outlet = outlet_of(&transaction, unit, &tree.name(unit, today)).await?;
    let code = Code::new(app);
    let row = board::ActiveModel {
        outlet_id: Set(outlet),
        name: Set(name.clone()),
        created_by: Set(person.id),
        created_at: Set(app.clock.now()),
        code_hash: Set(Some(code.hash())),
        code_until: Set(Some(code.expires_at)),
        ..Default::default()
    };
    let id = row.insert(&transaction).await?.id;
    let (who, subject) = (Some(person.id), ("board", id.0));
    audit::note(app, &transaction, who, "code", subject, &name).await?;
    transaction.commit().await?;
    Ok((id, code))
}

/// Makes another code for a screen that has not come in yet.
pub async fn renew(app: &App, person: &Person, id: BoardId) -> Result<Code, Failure> {
    let (row, unit) = find(app, person, id).await?;
    person.require(Right::Air, unit)?;
    let code = Code::new(app);
    let transaction = app.begin().await?;
    let waiting = board::Entity::update_many()
        .col_expr(board::Column::CodeHash, Expr::value(code.hash()))
        .col_expr(board::Column::CodeUntil, Expr::value(code.expires_at))
        .filter(board::Column::Id.eq(id))
        .filter(board::Column::PublicKey.is_null())
        .filter(board::Column::RevokedAt.is_null())
        .exec(&transaction)
        .await?;
    if waiting.rows_affected == 0 {
        return Err(Failure::Conflict("boards-came-already"));
    }
    let (who, subject) = (Some(person.id), ("board", id.0));
    audit::note(app, &transaction, who, "code", subject, &row.name).await?;
    transaction.commit().await?;
    Ok(code)
}

/// Takes a screen away: from now on it is answered nothing, and shows nothing when it next asks.
pub async fn revoke(app: &App, person: &Person, id: BoardId) -> Result<(), Failure> {
    let (row, unit) = find(app, person, id).await?;
    person.require(Right::Air, unit)?;
    if row.revoked_at.is_some() {
        return Err(Failure::Conflict("boards-revoked-already"));
    }
    let transaction = app.begin().await?;
    let gone = board::ActiveModel {
        id: Set(id),
        revoked_at: Set(Some(app.clock.now())),
        code_hash: Set(None),
        ..Default::default()
    };
    gone.update(&transaction).await?;
    let (who, subject) = (Some(person.id), ("board", id.0));
    audit::note(app, &transaction, who, "revocation", subject, &row.name).await?;
    transaction.commit().await?;
    Ok(())
}

/// `POST /air/v1/boards/enrolment`: a code against the server's key. A code works once, and whatever is wrong
/// with it, the answer is the same.
pub(super) async fn enrol(State(app): State<App>, body: Bytes) -> Result<Json<Enrolled>, Failure> {
    const REFUSED: Failure = Failure::Forbidden("air-code");
    let sent: Enrolment =
        serde_json::from_slice(&body).map_err(|_| Failure::Invalid("air-form"))?;
    let key = PublicKey::parse(&sent.public_key).map_err(|_| Failure::Invalid("air-key"))?;
    let server = secret_key(&app).await?;
    let now = app.clock.now();
    let hash = hash_of_code(&sent.code);
    let transaction = app.begin().await?;
    let known = board::Entity::find()
        .filter(board::Column::PublicKey.eq(key.text()))
        .one(&transaction)
        .await?;
    if known.is_some() {
        return Err(Failure::Conflict("air-key-known"));
    }
    let row = board::Entity::find()
        .filter(board::Column::CodeHash.eq(&hash))
        .filter(board::Column::CodeUntil.gt(now))
        .filter(board::Column::RevokedAt.is_null())
        .one(&transaction)
        .await?
        .ok_or(REFUSED)?;
    // On PostgreSQL two may have read the code; only one finds it unused here.
    let used = board::Entity::update_many()
        .col_expr(board::Column::CodeHash, Expr::value(Option::<String>::None))
        .col_expr(board::Column::PublicKey, Expr::value(key.text()))
        .col_expr(board::Column::EnrolledAt, Expr::value(now))
        .col_expr(board::Column::SeenAt, Expr::value(now))
        .filter(board::Column::Id.eq(row.id))
        .filter(board::Column::CodeHash.eq(&hash))
        .exec(&transaction)
        .await?;
    if used.rows_affected != 1 {
        return Err(REFUSED);
    }
    let subject = ("board", row.id.0);
    audit::note(&app, &transaction, None, "enrolment", subject, &row.name).await?;
    transaction.commit().await?;
    Ok(Json(Enrolled {
        board: row.id,
        name: row.name,
        server_key: server.public().text(),
        server_time: now,
    }))
}

/// A board that a person sees, and whose it is.
async fn find(app: &App, person: &Person, id: BoardId) -> Result<(board::Model, UnitId), Failure> {
    let row = board::Entity::find_by_id(id).one(&app.db).await?;
    let row = row.ok_or(Failure::NotFound)?;
    let outlet = outlet::Entity::find_by_id(row.outlet_id)
        .one(&app.db)
        .await?;
    let unit = outlet.ok_or(Failure::NotFound)?.unit_id;
    if person.may(Right::Read, unit) {
        Ok((row, unit))
    } else {
        Err(Failure::NotFound)
    }
}

/// The outlet of a unit's boards.
async fn outlet_of(
    transaction: &DatabaseTransaction,
    unit: UnitId,
    name: &str,
) -> Result<OutletId, Failure> {
    let there = outlet::Entity::find()
        .filter(outlet::Column::UnitId.eq(unit))
        .filter(boards())
        .filter(outlet::Column::ClosedAt.is_null())
        .one(transaction)
        .await?;
    if let Some(there) = there {
        return Ok(there.id);
    }
    let wanted = NewOutlet {
        key: &format!("boards-{unit}"),
        unit,
        kind: ChannelKind::NoticeBoard,
        // What an outlet is called is said in Vietnamese, as in the data.
        name: &Lang::Vi.tv("boards-outlet", name),
        address: None,
        area: None,
    };
    create(transaction, &wanted).await
}
