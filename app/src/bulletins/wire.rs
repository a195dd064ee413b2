//! What loudspeakers fetch: the manifest of their area and its sounds; and how they are.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use loa_air::{Item, Manifest, Said, Signed};

use super::manifest::{manifest, signed_version};
use crate::app::App;
use crate::deliveries::{mark_delivered, mark_sent};
use crate::error::Failure;
use crate::ids::{AreaId, DeliveryId};
use crate::speakers::entity::speaker;
use crate::speakers::{Admitted, keep_status};
use crate::stories::sound_response;
use crate::web::etag;

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
    if etag::has(&headers, &tag) {
        return Ok(etag::unchanged(tag));
    }
    let ids: Vec<DeliveryId> = items(&signed)?.filter_map(|item| delivery(&item)).collect();
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
    if !items(&signed)?.any(|item| item.sha256 == sha256) {
        return Err(Failure::NotFound);
    }
    sound_response(&app, &headers, &sha256).await
}

/// `POST /air/v1/status`: how a speaker is, and which sounds of its manifest it holds.
pub(super) async fn status(
    State(app): State<App>,
    Admitted { speaker, body, .. }: Admitted,
) -> Result<StatusCode, Failure> {
    take_status(&app, &speaker, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The same, however it came.
pub async fn take_status(app: &App, speaker: &speaker::Model, body: &Bytes) -> Result<(), Failure> {
    let status = keep_status(app, speaker, body).await?;
    let version = status.manifest_version;
    if let Some(signed) = signed_version(app, speaker.area_id, version).await? {
        let held: Vec<DeliveryId> = items(&signed)?
            .filter(|item| status.sounds_held.contains(&item.sha256))
            .filter_map(|item| delivery(&item))
            .collect();
        mark_delivered(app, &held, &speaker.name).await?;
    }
    Ok(())
}

/// What a manifest of ours names.
fn items(signed: &Signed) -> Result<impl Iterator<Item = Item>, Failure> {
    let manifest: Manifest = signed.unverified().map_err(anyhow::Error::from)?;
    Ok(manifest.slots.into_iter().flat_map(|slot| slot.items))
}

/// The delivery that an item is; a part of a bulletin is none.
fn delivery(item: &Item) -> Option<DeliveryId> {
    match item.said() {
        Said::Delivery(id) => Some(DeliveryId(id)),
        Said::Part(_) => None,
    }
}
