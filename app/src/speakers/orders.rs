//! Orders of a loudspeaker: how loud, and a test tone. Both are state that it asks for with every
//! round, and at once when the broker says that they changed; it answers with its status.

use axum::extract::State as Of;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use loa_air::{Notice, Orders, Tone, Topic, sign_orders};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect, Set,
};

use super::admission::Admitted;
use super::entity::{order, speaker};
use super::keys::secret_key;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::clock::random;
use crate::error::Failure;
use crate::ids::SpeakerId;
use crate::outlets::get_area;
use crate::web::etag;

/// How long a test tone is, in seconds.
const TONE_SECONDS: u8 = 3;
/// How long it waits for a loudspeaker that is away or on the air.
const TONE_WAITS: TimeDelta = TimeDelta::minutes(10);

/// Says how loud a loudspeaker plays, 0 to 100; nothing: as it was set up.
pub async fn set_volume(
    app: &App,
    person: &Person,
    id: SpeakerId,
    volume: Option<u8>,
) -> Result<(), Failure> {
    if volume.is_some_and(|volume| volume > 100) {
        return Err(Failure::Invalid("speakers-volume-odd"));
    }
    let detail = volume.map_or("-".to_owned(), |volume| volume.to_string());
    change(app, person, id, ("volume", &detail), |row| {
        row.volume = Set(volume.map(i64::from));
    })
    .await
}

/// Has a loudspeaker sound a test tone, once.
pub async fn ask_tone(app: &App, person: &Person, id: SpeakerId) -> Result<String, Failure> {
    let tone: [u8; 8] = random(app.chance.as_ref());
    let tone = format!("t-{}", hex::encode(tone));
    let until = app.clock.now() + TONE_WAITS;
    change(app, person, id, ("test tone", &tone), |row| {
        row.tone = Set(Some(tone.clone()));
        row.tone_until = Set(Some(until));
    })
    .await?;
    Ok(tone)
}

/// The orders of some loudspeakers.
pub(super) async fn orders_of(
    connection: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = SpeakerId>,
) -> Result<Vec<order::Model>, Failure> {
    Ok(order::Entity::find()
        .filter(order::Column::SpeakerId.is_in(ids))
        .all(connection)
        .await?)
}

/// `GET /air/v1/orders`: the asking speaker's own; 204 when it has none.
pub(super) async fn get(
    Of(app): Of<App>,
    Admitted {
        speaker, headers, ..
    }: Admitted,
) -> Result<Response, Failure> {
    let row = order::Entity::find_by_id(speaker.id).one(&app.db).await?;
    let Some(row) = row else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let tag = format!("\"v{}\"", row.version);
    if etag::has(&headers, &tag) {
        return Ok(etag::unchanged(tag));
    }
    let now = app.clock.now();
    let tone = row.tone.zip(row.tone_until);
    let tone = tone.filter(|(_, until)| *until > now);
    let orders = Orders {
        issued_at: now,
        speaker: speaker.id.0,
        tone: tone.map(|(id, until)| Tone {
            id,
            seconds: TONE_SECONDS,
            until,
        }),
        version: row.version,
        volume: row.volume.and_then(|volume| u8::try_from(volume).ok()),
    };
    let signed = sign_orders(&secret_key(&app).await?, &orders);
    Ok(([(header::ETAG, tag)], axum::Json(signed)).into_response())
}

/// Changes orders, in a new version.
async fn change(
    app: &App,
    person: &Person,
    id: SpeakerId,
    (action, detail): (&str, &str),
    change: impl FnOnce(&mut order::ActiveModel),
) -> Result<(), Failure> {
    let transaction = app.begin().await?;
    let row = held(&transaction, id).await?;
    let area = get_area(&transaction, person, row.area_id).await?;
    person.require(Right::Air, area.unit_id)?;
    if row.revoked_at.is_some() {
        return Err(Failure::Conflict("speakers-revoked-already"));
    }
    let known = order::Entity::find_by_id(id).one(&transaction).await?;
    let version = known.as_ref().map_or(0, |known| known.version);
    let fresh = known.is_none();
    let mut next = known.map_or_else(Default::default, IntoActiveModel::into_active_model);
    next.speaker_id = Set(id);
    next.version = Set(version + 1);
    next.changed_by = Set(person.id);
    next.changed_at = Set(app.clock.now());
    change(&mut next);
    if fresh {
        next.insert(&transaction).await?;
    } else {
        next.update(&transaction).await?;
    }
    let subject = ("speaker", id.0);
    audit::note(app, &transaction, Some(person.id), action, subject, detail).await?;
    transaction.commit().await?;
    let notice = Notice {
        version: version + 1,
    };
    let topic = Topic::Command(id.0);
    app.broker.keep(topic, &serde_json::to_vec(&notice)?);
    Ok(())
}

/// The loudspeaker; others who change its orders wait.
async fn held(transaction: &DatabaseTransaction, id: SpeakerId) -> Result<speaker::Model, Failure> {
    speaker::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or(Failure::NotFound)
}
