//! The invitation of a new speaker as a picture, to be scanned.

use loa_air::Invitation;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use super::Code;
use super::secret_key;
use crate::app::App;
use crate::error::Failure;

/// What the picture says, and the picture.
pub(super) struct Shown {
    pub(super) text: String,
    /// An SVG element.
    pub(super) picture: String,
}

/// Names the server, the code and the server's key.
pub(super) async fn shown(app: &App, code: &Code) -> Result<Shown, Failure> {
    let invitation = Invitation {
        server: app.config.url(),
        code: code.text.clone(),
        server_key: Some(secret_key(app).await?.public()),
    };
    let text = invitation.to_string();
    let picture = qr(&text)?;
    Ok(Shown { text, picture })
}

/// A text as a QR code: an SVG element.
pub fn qr(text: &str) -> Result<String, Failure> {
    let picture = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(anyhow::Error::from)?
        .render()
        // Dark on light in the dark as well: cameras expect it.
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .min_dimensions(240, 240)
        .build();
    // Within a page there is no declaration.
    let picture = picture
        .split_once("?>")
        .map_or(picture.as_str(), |(_, svg)| svg);
    Ok(picture.to_owned())
}
