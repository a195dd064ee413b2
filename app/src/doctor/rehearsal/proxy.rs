//! Somebody on the way who changes one byte of every manifest.

use std::net::SocketAddr;

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Stands between a loudspeaker and the server until dropped.
pub(super) struct Proxy {
    /// What the loudspeaker takes for the server.
    pub(super) url: String,
    server: JoinHandle<std::io::Result<()>>,
}

#[derive(Clone)]
struct Behind {
    url: String,
    http: reqwest::Client,
}

impl Proxy {
    pub(super) async fn before(url: &str, http: &reqwest::Client) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let behind = Behind {
            url: url.to_owned(),
            http: http.clone(),
        };
        Ok(Self {
            url: format!("http://{}", listener.local_addr()?),
            server: tokio::spawn(
                axum::serve(listener, Router::new().fallback(pass).with_state(behind))
                    .into_future(),
            ),
        })
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn pass(
    State(behind): State<Behind>,
    method: Method,
    uri: Uri,
    mut headers: HeaderMap,
    body: Bytes,
) -> Response {
    headers.remove(header::HOST);
    // Told that nothing changed, the loudspeaker would get no manifest to look at; and a byte of a
    // compressed one would break the compression, not the manifest.
    headers.remove(header::IF_NONE_MATCH);
    headers.remove(header::ACCEPT_ENCODING);
    let asked = behind
        .http
        .request(method, format!("{}{uri}", behind.url))
        .headers(headers)
        .body(body);
    match answer(asked, uri.path().ends_with("/manifest")).await {
        Ok(response) => response,
        Err(error) => (StatusCode::BAD_GATEWAY, format!("{error:#}")).into_response(),
    }
}

async fn answer(asked: reqwest::RequestBuilder, altered: bool) -> anyhow::Result<Response> {
    let answer = asked.send().await?;
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    headers.remove(header::TRANSFER_ENCODING);
    headers.remove(header::CONTENT_LENGTH);
    let mut bytes = answer.bytes().await?.to_vec();
    if altered && status == StatusCode::OK {
        alter(&mut bytes)?;
    }
    Ok((status, headers, bytes).into_response())
}

/// Another letter inside the signed payload, so that it still is an envelope.
fn alter(envelope: &mut [u8]) -> anyhow::Result<()> {
    let key = br#""payload":""#;
    let at = envelope
        .windows(key.len())
        .position(|window| window == key)
        .context("no payload in what passed")?;
    let byte = envelope
        .get_mut(at + key.len() + 20)
        .context("a payload too short to alter")?;
    *byte = if *byte == b'A' { b'B' } else { b'A' };
    Ok(())
}
