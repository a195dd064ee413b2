//! `GET /air/v1/broker`: where the broker is, and how to come in.

use axum::Json;
use axum::extract::State;
use loa_air::{Access, Signed, broker_password, sign_access};

use crate::app::App;
use crate::error::Failure;
use crate::speakers::{Admitted, secret_key};

/// Signed by the server; 404 when there is no broker.
pub(super) async fn broker(
    State(app): State<App>,
    Admitted { speaker, .. }: Admitted,
) -> Result<Json<Signed>, Failure> {
    let address = app.broker.address().ok_or(Failure::NotFound)?;
    let key = secret_key(&app).await?;
    let access = Access {
        certificate: address.certificate.clone(),
        issued_at: app.clock.now(),
        password: app
            .broker
            .is_outside()
            .then(|| broker_password(&key, speaker.id.0)),
        speaker: speaker.id.0,
        url: address.url.clone(),
        user: speaker.id.to_string(),
    };
    Ok(Json(sign_access(&key, &access)))
}
