//! A speech server on a port of its own that works, hangs, fails or talks nonsense.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use loa::app::App;
use loa::clock::SystemChance;
use loa::config::{SpeechServerConfig, VoiceConfig};
use serde_json::Value;

use super::World;

/// How a server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Speaks.
    Works,
    /// Never answers.
    Hangs,
    /// Answers 500.
    Fails,
    /// Answers with a page of something else.
    Garbage,
    /// Answers with a sound in which nothing is heard.
    Silence,
}

impl Manner {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Works,
        Self::Hangs,
        Self::Fails,
        Self::Garbage,
        Self::Silence,
    ];
}

/// A speech server of this manner on a port of its own; counts what it is asked.
pub async fn speech_server(manner: Manner) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let answer = move |Json(request): Json<Value>| {
        count.fetch_add(1, Ordering::SeqCst);
        async move { speech(manner, &request).await }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = Router::new().route("/v1/audio/speech", post(answer));
    tokio::spawn(async move { axum::serve(listener, service).await });
    (url, asked)
}

async fn speech(manner: Manner, request: &Value) -> Response {
    let said = request["input"].as_str().unwrap();
    assert_eq!(request["voice"], "mai");
    let length = said.chars().count() * 900;
    let wav = |level: f64| {
        let mut bytes = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data".to_vec();
        bytes.extend(u32::try_from(length * 2).unwrap().to_le_bytes());
        for step in 0..u32::try_from(length).unwrap() {
            #[allow(clippy::cast_possible_truncation)] // within i16
            let value = ((f64::from(step) * 0.1).sin() * level) as i16;
            bytes.extend(value.to_le_bytes());
        }
        ([(header::CONTENT_TYPE, "audio/wav")], Bytes::from(bytes)).into_response()
    };
    match manner {
        Manner::Works => wav(6000.0),
        Manner::Silence => wav(0.0),
        Manner::Hangs => {
            tokio::time::sleep(Duration::from_mins(10)).await;
            StatusCode::OK.into_response()
        }
        Manner::Fails => (StatusCode::INTERNAL_SERVER_ERROR, "out of memory").into_response(),
        Manner::Garbage => Body::from("<html>Welcome to nginx!</html>").into_response(),
    }
}

/// The same installation with a speech server.
pub fn beside(world: &World, url: &str) -> App {
    let mut config = world.app.config.clone();
    config.voice = VoiceConfig {
        server: Some(SpeechServerConfig {
            url: url.to_owned(),
            voices: vec!["mai".into()],
            timeout_seconds: 1,
            attempts: 1,
            patience_seconds: 5,
            ..SpeechServerConfig::default()
        }),
        ..VoiceConfig::default()
    };
    let chance = Arc::new(SystemChance);
    App::with(
        config,
        world.app.db.clone(),
        world.app.clock.clone(),
        chance,
    )
    .unwrap()
}

/// A tone of so many milliseconds, as a WAV file of 16 kHz.
pub fn tone(milliseconds: u32) -> Vec<u8> {
    let samples = milliseconds * 16;
    let mut bytes = b"RIFF\0\0\0\0WAVEfmt ".to_vec();
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend([1, 0, 1, 0]);
    bytes.extend(16_000_u32.to_le_bytes());
    bytes.extend(32_000_u32.to_le_bytes());
    bytes.extend([2, 0, 16, 0]);
    bytes.extend(b"data");
    bytes.extend((samples * 2).to_le_bytes());
    for step in 0..samples {
        let value = (f64::from(step) * 440.0 * std::f64::consts::TAU / 16_000.0).sin() * 8000.0;
        #[allow(clippy::cast_possible_truncation)] // within 8000
        bytes.extend((value as i16).to_le_bytes());
    }
    let size = u32::try_from(bytes.len()).unwrap() - 8;
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes
}
