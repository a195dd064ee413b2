//! Outlets for programs, under `/api/v1`.

use std::collections::BTreeMap;

use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{post, put};
use axum::{Json, Router};
use loa_plan::ChannelKind;
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::connectors::kind::Kind;
use crate::connectors::settings::{self, Draft, NotConnected};
use crate::error::Failure;
use crate::ids::{DeliveryId, OutletId, UnitId};
use crate::web::api::{Caller, Sent, rule};
use crate::web::locale::Lang;

/// What programs may ask of this slice.
pub fn api() -> Router<App> {
    Router::new()
        .route("/outlets", post(create))
        .route("/outlets/{id}", put(save))
        .route("/deliveries/{id}/retry", post(retry))
}

/// `{"name": "…", "kind": "unit_site", "unit": 1, "connector": "webhook", "settings": {"url": "…"}}`;
/// without a connector people serve it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    name: String,
    kind: ChannelKind,
    unit: UnitId,
    #[serde(default)]
    place: String,
    connector: Option<String>,
    /// Secrets among them; one that is left out stays as it was.
    #[serde(default)]
    settings: BTreeMap<String, String>,
}

async fn create(
    Of(app): Of<App>,
    Caller(person): Caller,
    Sent { lang, body }: Sent<Wanted>,
) -> Result<Response, Failure> {
    let draft = body.draft()?;
    match settings::create(&app, &person, &draft).await {
        Ok(id) => Ok((StatusCode::CREATED, Json(json!({ "id": id }))).into_response()),
        Err(refused) => told(lang, refused),
    }
}

async fn save(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<OutletId>,
    Sent { lang, body }: Sent<Wanted>,
) -> Result<Response, Failure> {
    let draft = body.draft()?;
    match settings::save(&app, &person, id, &draft).await {
        Ok(()) => Ok(Json(json!({ "id": id })).into_response()),
        Err(refused) => told(lang, refused),
    }
}

/// `POST /deliveries/{id}/retry`: it alone is tried again.
async fn retry(
    Of(app): Of<App>,
    Caller(person): Caller,
    Path(id): Path<DeliveryId>,
) -> Result<StatusCode, Failure> {
    crate::connectors::retry(&app, &person, id).await?;
    Ok(StatusCode::ACCEPTED)
}

fn told(lang: Lang, refused: NotConnected) -> Result<Response, Failure> {
    match refused {
        NotConnected::Wrong((field, text)) => Ok(rule(lang, text, "", &json!({ "field": field }))),
        NotConnected::Failure(failure) => Err(failure),
    }
}

impl Wanted {
    fn draft(self) -> Result<Draft, Failure> {
        let connector = match &self.connector {
            None => None,
            Some(name) => Some(
                Kind::of(name)
                    .ok_or(Failure::Invalid("connector-odd"))?
                    .name,
            ),
        };
        Ok(Draft {
            connector,
            name: self.name,
            kind: Some(self.kind),
            place: self.place,
            unit: Some(self.unit),
            values: self.settings,
        })
    }
}
