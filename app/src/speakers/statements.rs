//! What speakers state and sign: what they refused, and how they are.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use loa_air::{Acknowledged, Signed, Status, verify_refusal, verify_status};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};

use super::entity::{refusal, speaker};
use super::{Admitted, public_key};
use crate::app::App;
use crate::clock::random;
use crate::error::Failure;
use crate::ids::SpeakerId;

/// How many envelopes come at once (docs/air.md).
const MOST: usize = 100;
/// So many characters of a detail are kept.
const DETAIL: usize = 500;
/// So many reaches for other topics are kept of a speaker.
const TRESPASSES: u64 = 100;

/// The list of envelopes in a body.
pub fn envelopes(body: &Bytes) -> Result<Vec<Signed>, Failure> {
    let sent: Vec<Signed> =
        serde_json::from_slice(body).map_err(|_| Failure::Invalid("air-form"))?;
    if sent.len() > MOST {
        return Err(Failure::Invalid("air-form"));
    }
    Ok(sent)
}

/// `POST /air/v1/refusals`: kept once each, acknowledged as often as they come. One that is not
/// this speaker's is not acknowledged.
pub(super) async fn refusals(
    State(app): State<App>,
    Admitted { speaker, body, .. }: Admitted,
) -> Result<Json<Acknowledged>, Failure> {
    let key = public_key(&speaker)?;
    let mut answer = Acknowledged::default();
    for signed in envelopes(&body)? {
        let Ok(said) = verify_refusal(&signed, &key, speaker.id.0) else {
            tracing::warn!(speaker.id = speaker.id.0, "a refusal does not verify");
            continue;
        };
        let row = refusal::ActiveModel {
            id: Set(format!("{}:{}", speaker.id, said.id)),
            speaker_id: Set(speaker.id),
            at: Set(said.at),
            what: Set(said.what.name().to_owned()),
            reason: Set(said.reason.name().to_owned()),
            detail: Set(said.detail.chars().take(DETAIL).collect()),
            received_at: Set(app.clock.now()),
        };
        let once = OnConflict::column(refusal::Column::Id)
            .do_nothing()
            .to_owned();
        refusal::Entity::insert(row)
            .on_conflict(once)
            .exec_without_returning(&app.db)
            .await?;
        let reason = said.reason.name();
        tracing::warn!(
            speaker.id = speaker.id.0,
            refusal.reason = reason,
            "a loudspeaker refused what it was sent"
        );
        answer.acknowledged.push(said.id);
    }
    Ok(Json(answer))
}

/// Keeps that a speaker reached for a topic of the broker that is not its own; it is shown beside what
/// it refused itself.
pub async fn note_trespass(app: &App, id: SpeakerId, topic: &str) -> Result<(), Failure> {
    let now = app.clock.now();
    let row = refusal::ActiveModel {
        id: Set(format!(
            "{id}:topic-{}",
            hex::encode(random::<12>(app.chance.as_ref()))
        )),
        speaker_id: Set(id),
        at: Set(now),
        what: Set("topic".to_owned()),
        reason: Set("trespass".to_owned()),
        detail: Set(topic.chars().take(DETAIL).collect()),
        received_at: Set(now),
    };
    row.insert(&app.db).await?;
    // One that knocks all night fills no disk.
    let trespasses = refusal::Column::SpeakerId
        .eq(id)
        .and(refusal::Column::What.eq("topic"));
    let oldest = refusal::Entity::find()
        .filter(trespasses.clone())
        .order_by_desc(refusal::Column::ReceivedAt)
        .offset(TRESPASSES)
        .limit(1)
        .one(&app.db)
        .await?;
    if let Some(oldest) = oldest {
        refusal::Entity::delete_many()
            .filter(trespasses)
            .filter(refusal::Column::ReceivedAt.lte(oldest.received_at))
            .exec(&app.db)
            .await?;
    }
    Ok(())
}

/// Keeps the signed status of a speaker, once it verifies; one from before the last is not kept: a broker
/// that repeats it makes nobody look well.
pub async fn keep_status(
    app: &App,
    speaker: &speaker::Model,
    body: &Bytes,
) -> Result<Status, Failure> {
    let refused = || Failure::Invalid("air-form");
    let signed: Signed = serde_json::from_slice(body).map_err(|_| refused())?;
    let status =
        verify_status(&signed, &public_key(speaker)?, speaker.id.0).map_err(|_| refused())?;
    // A clock that ran ahead and was put right must not silence the speaker.
    let last = last_status(speaker).filter(|last| last.at <= app.clock.now());
    if last.is_some_and(|last| status.at < last.at) {
        return Ok(status);
    }
    let row = speaker::ActiveModel {
        id: Set(speaker.id),
        status: Set(Some(serde_json::to_string(&signed)?)),
        ..Default::default()
    };
    row.update(&app.db).await?;
    Ok(status)
}

/// The last status of a speaker; it was verified when it came.
pub fn last_status(speaker: &speaker::Model) -> Option<Status> {
    let signed: Signed = serde_json::from_str(speaker.status.as_deref()?).ok()?;
    signed.unverified().ok()
}
