//! One-time codes, enrolment, revocation.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{Enrolled, Enrolment, PublicKey};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::entity::{enrolment_code, speaker};
use super::{find, secret_key};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::clock::random;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{AreaId, SpeakerId};
use crate::outlets::get_area;

/// A code lasts a day.
const LENGTH: TimeDelta = TimeDelta::hours(24);
/// No letters that look alike.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// So many codes are made at once.
const MOST: usize = 1_000;
/// Longest name, in characters.
const NAME_LIMIT: usize = 120;

/// A code as it is shown, once.
#[derive(Debug, Clone)]
pub struct Code {
    /// `ABCD-EFGH-JKLM`
    pub text: String,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

impl Code {
    /// A new one.
    pub fn new(app: &App) -> Self {
        let letters: Vec<char> = random::<12>(app.chance.as_ref())
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .collect();
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|four| four.iter().collect())
            .collect();
        Self {
            text: groups.join("-"),
            expires_at: app.clock.now() + LENGTH,
        }
    }

    /// What is kept of it.
    pub fn hash(&self) -> String {
        hash_of_code(&self.text)
    }
}

/// Makes a code with which one speaker of an area may enrol. An empty name is that of the area.
pub async fn issue_code(
    app: &App,
    person: &Person,
    area: AreaId,
    name: &str,
) -> Result<Code, Failure> {
    let codes = issue_codes(app, person, area, name, 1).await?;
    codes.into_iter().next().ok_or(Failure::NotFound)
}

/// Makes several, for an installer with a van full of speakers.
pub async fn issue_codes(
    app: &App,
    person: &Person,
    area: AreaId,
    name: &str,
    count: usize,
) -> Result<Vec<Code>, Failure> {
    let area = get_area(&app.db, person, area).await?;
    person.require(Right::Air, area.unit_id)?;
    if !(1..=MOST).contains(&count) {
        return Err(Failure::Invalid("air-codes"));
    }
    let name = named(name).unwrap_or_else(|| area.name.clone());
    let transaction = app.begin().await?;
    let mut codes = Vec::with_capacity(count);
    for _ in 0..count {
        codes.push(keep_code(app, &transaction, person, (area.id, &name), None).await?);
    }
    let (subject, detail) = (("area", area.id.0), format!("{name}: {count}"));
    audit::note(app, &transaction, Some(person.id), "code", subject, &detail).await?;
    transaction.commit().await?;
    Ok(codes)
}

/// Makes a code for a device that takes the place of another: it has its name and stands where it stood, and
/// the old one goes off the air at that moment and not before.
pub async fn issue_replacement(app: &App, person: &Person, id: SpeakerId) -> Result<Code, Failure> {
    let (old, area) = find(app, person, id).await?;
    person.require(Right::Air, area.unit_id)?;
    if old.revoked_at.is_some() {
        return Err(Failure::Conflict("speakers-revoked-already"));
    }
    let transaction = app.begin().await?;
    let code = keep_code(app, &transaction, person, (area.id, &old.name), Some(id)).await?;
    let (who, subject) = (Some(person.id), ("speaker", id.0));
    audit::note(app, &transaction, who, "replacement", subject, &old.name).await?;
    transaction.commit().await?;
    Ok(code)
}

/// Keeps a new code, as its hash only.
async fn keep_code(
    app: &App,
    connection: &impl ConnectionTrait,
    person: &Person,
    (area, name): (AreaId, &str),
    replaces: Option<SpeakerId>,
) -> Result<Code, Failure> {
    let now = app.clock.now();
    let code = Code::new(app);
    let row = enrolment_code::ActiveModel {
        area_id: Set(area),
        code_hash: Set(code.hash()),
        name: Set(name.to_owned()),
        created_by: Set(person.id),
        created_at: Set(now),
        expires_at: Set(code.expires_at),
        replaces_id: Set(replaces),
        ..Default::default()
    };
    row.insert(connection).await?;
    Ok(code)
}

/// Takes a lost or stolen speaker off the air: from now on it is answered nothing.
pub async fn revoke(app: &App, person: &Person, id: SpeakerId) -> Result<AreaId, Failure> {
    let (row, area) = find(app, person, id).await?;
    person.require(Right::Air, area.unit_id)?;
    if row.revoked_at.is_some() {
        return Err(Failure::Conflict("speakers-revoked-already"));
    }
    let transaction = app.begin().await?;
    let gone = speaker::ActiveModel {
        id: Set(id),
        revoked_at: Set(Some(app.clock.now())),
        ..Default::default()
    };
    gone.update(&transaction).await?;
    let (who, subject) = (Some(person.id), ("speaker", id.0));
    audit::note(app, &transaction, who, "revocation", subject, &row.name).await?;
    transaction.commit().await?;
    app.broker.close(id);
    Ok(area.id)
}

/// `POST /air/v1/enrolment`: a code against the server's key. A code works once, and whatever is
/// wrong with it, the answer is the same.
pub(super) async fn enrol(State(app): State<App>, body: Bytes) -> Result<Json<Enrolled>, Failure> {
    const REFUSED: Failure = Failure::Forbidden("air-code");
    let sent: Enrolment =
        serde_json::from_slice(&body).map_err(|_| Failure::Invalid("air-form"))?;
    let key = PublicKey::parse(&sent.public_key).map_err(|_| Failure::Invalid("air-key"))?;
    let server = secret_key(&app).await?;
    let now = app.clock.now();
    let transaction = app.begin().await?;
    let code = enrolment_code::Entity::find()
        .filter(enrolment_code::Column::CodeHash.eq(hash_of_code(&sent.code)))
        .filter(enrolment_code::Column::SpeakerId.is_null())
        .filter(enrolment_code::Column::ExpiresAt.gt(now))
        .one(&transaction)
        .await?
        .ok_or(REFUSED)?;
    let known = speaker::Entity::find()
        .filter(speaker::Column::PublicKey.eq(key.text()))
        .one(&transaction)
        .await?;
    if known.is_some() {
        return Err(Failure::Conflict("air-key-known"));
    }
    let old = match code.replaces_id {
        Some(id) => speaker::Entity::find_by_id(id).one(&transaction).await?,
        None => None,
    };
    let row = speaker::ActiveModel {
        area_id: Set(code.area_id),
        name: Set(named(&sent.name).unwrap_or(code.name)),
        public_key: Set(key.text()),
        enrolled_at: Set(now),
        latitude: Set(old.as_ref().and_then(|old| old.latitude)),
        longitude: Set(old.as_ref().and_then(|old| old.longitude)),
        ..Default::default()
    };
    let speaker = row.insert(&transaction).await?;
    if let Some(old) = &old {
        speaker::Entity::update_many()
            .col_expr(speaker::Column::RevokedAt, Expr::value(now))
            .filter(speaker::Column::Id.eq(old.id))
            .filter(speaker::Column::RevokedAt.is_null())
            .exec(&transaction)
            .await?;
        let (subject, detail) = (("speaker", old.id.0), format!("replaced by {}", speaker.id));
        audit::note(&app, &transaction, None, "revocation", subject, &detail).await?;
    }
    // On PostgreSQL two may have read the code; only one finds it unused here.
    let used = enrolment_code::Entity::update_many()
        .col_expr(enrolment_code::Column::SpeakerId, Expr::value(speaker.id))
        .filter(enrolment_code::Column::Id.eq(code.id))
        .filter(enrolment_code::Column::SpeakerId.is_null())
        .exec(&transaction)
        .await?;
    if used.rows_affected != 1 {
        return Err(REFUSED);
    }
    let subject = ("speaker", speaker.id.0);
    audit::note(
        &app,
        &transaction,
        None,
        "enrolment",
        subject,
        &speaker.name,
    )
    .await?;
    transaction.commit().await?;
    if let Some(old) = old {
        app.broker.close(old.id);
    }
    Ok(Json(Enrolled {
        area: speaker.area_id.0,
        poll_seconds: app.config.air.poll_seconds,
        server_key: server.public().text(),
        server_time: now,
        speaker: speaker.id.0,
    }))
}

/// Of a code as typed: case, blanks and hyphens do not matter.
pub fn hash_of_code(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    let tidy: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
    sha256(tidy.as_bytes())
}

/// A name as it is kept; none for an empty one.
pub fn named(name: &str) -> Option<String> {
    let name: String = name.trim().chars().take(NAME_LIMIT).collect();
    (!name.is_empty()).then_some(name)
}
