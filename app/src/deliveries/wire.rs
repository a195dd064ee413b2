//! What loudspeakers fetch: the manifest of their area and its sounds; and how they are.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use loa_air::{Manifest, Signed};

use super::manifest::{manifest, signed_version};
use super::states::{mark_delivered, mark_sent};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{AreaId, DeliveryId};
use crate::speakers::{Admitted, keep_status};
use crate::stories::sound_response;

/// `GET /air/v1/areas/{area}/manifest`, for the speakers of that area.
pub(super) async fn get_manifest(
    State(app): State<App>,
    Path(area): Path<AreaId>,
    Admitted {
        speaker, headers, ..
    }: Admitted,
) -> Result<Response, Failure> {
    if speaker.area_id != area {
        return Err(Failure::NotFound);
    }
    let (version, signed) = manifest(&app, area).await?;
    let tag = format!("\"v{version}\"");
    let known = headers.get(header::IF_NONE_MATCH);
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let ids: Vec<DeliveryId> = items(&signed)?.map(|(delivery, _)| delivery).collect();
    mark_sent(&app, &ids, &speaker.name).await?;
    Ok(([(header::ETAG, tag)], axum::Json(signed)).into_response())
}

/// `GET /air/v1/sounds/{sha256}`, only for sounds of the manifest of the speaker's area.
pub(super) async fn get_sound(
    State(app): State<App>,
    Path(sha256): Path<String>,
    Admitted {
        speaker, headers, ..
    }: Admitted,
) -> Result<Response, Failure> {
    let (_, signed) = manifest(&app, speaker.area_id).await?;
    if !items(&signed)?.any(|(_, sound)| sound == sha256) {
        return Err(Failure::NotFound);
    }
    sound_response(&app, &headers, &sha256).await
}

/// `POST /air/v1/status`: how a speaker is, and which sounds of its manifest it holds.
pub(super) async fn status(
    State(app): State<App>,
    Admitted { speaker, body, .. }: Admitted,
) -> Result<StatusCode, Failure> {
    let status = keep_status(&app.db, &speaker, &body).await?;
    let version = status.manifest_version;
    if let Some(signed) = signed_version(&app, speaker.area_id, version).await? {
        let held: Vec<DeliveryId> = items(&signed)?
            .filter(|(_, sound)| status.sounds_held.contains(sound))
            .map(|(delivery, _)| delivery)
            .collect();
        mark_delivered(&app, &held, &speaker.name).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The deliveries of a manifest of ours, and their sounds.
fn items(signed: &Signed) -> Result<impl Iterator<Item = (DeliveryId, String)>, Failure> {
    let payload = STANDARD
        .decode(&signed.payload)
        .map_err(anyhow::Error::from)?;
    let manifest: Manifest = serde_json::from_slice(&payload)?;
    let items = manifest.slots.into_iter().flat_map(|slot| slot.items);
    Ok(items.map(|item| (DeliveryId(item.delivery), item.sha256)))
}
