//! Style, scripts and fonts, built by Vite and carried in the binary.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::error::Failure;

#[derive(RustEmbed)]
#[folder = "../web/dist"]
struct Dist;

#[derive(Deserialize)]
struct Built {
    file: String,
    #[serde(default)]
    css: Vec<String>,
    name: Option<String>,
}

/// `app.js`, `app.css`, `be-vietnam-pro-latin-400` … to the URL with its hash.
static URLS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let manifest = Dist::get("manifest.json");
    let built: BTreeMap<String, Built> = manifest
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default();
    let mut urls = BTreeMap::new();
    for (source, entry) in built {
        let url = format!("/assets/{}", entry.file);
        if let Some(name) = entry.name {
            urls.insert(format!("{name}.js"), url);
            if let Some(css) = entry.css.first() {
                urls.insert(format!("{name}.css"), format!("/assets/{css}"));
            }
        } else if let Some((_, font)) = source.rsplit_once('/') {
            urls.insert(font.trim_end_matches("-normal.woff2").to_owned(), url);
        }
    }
    urls
});

/// The URL of a built asset; empty when the front end was not built.
pub fn url(name: &str) -> &'static str {
    URLS.get(name).map_or("", String::as_str)
}

/// What a built asset holds.
pub fn file(name: &str) -> Option<Cow<'static, [u8]>> {
    let path = url(name).strip_prefix("/assets/")?;
    Dist::get(path).map(|file| file.data)
}

/// The service worker that keeps one page, served below the address of that page, which bounds what it may keep.
pub fn keeper(page: &'static str) -> Result<impl IntoResponse, Failure> {
    let script = file("keeper.js").ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/javascript"),
        (HeaderName::from_static("service-worker-allowed"), page),
    ];
    Ok((headers, script))
}

/// `GET /assets/…`: names carry a hash, so browsers keep them for good.
pub async fn serve(Path(path): Path<String>) -> Result<Response, Failure> {
    let file = Dist::get(&path).ok_or(Failure::NotFound)?;
    let media_type = mime_guess::from_path(&path)
        .first_or_octet_stream()
        .to_string();
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (
            header::CACHE_CONTROL,
            "public, max-age=31536000, immutable".to_owned(),
        ),
    ];
    Ok((headers, file.data).into_response())
}
