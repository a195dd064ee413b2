//! A loudspeaker's receiver, straight on the router: real keys, real signatures, no sound card.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use chrono::{DateTime, Utc};
use loa::app::App;
use loa::ids::AreaId;
use loa::{boards, speakers, web};
use loa_air::{
    Enrolled, Expected, Manifest, PublicKey, Refusal, SecretKey, Signed, State, Status,
    authorization, sign_refusal, sign_status, verify_manifest,
};
use serde_json::json;

use super::browser::answer;
use super::{Page, World};

/// An enrolled receiver.
pub struct Receiver {
    router: Router,
    app: App,
    /// Its key.
    pub key: SecretKey,
    /// Its id.
    pub id: i64,
    /// Its area.
    pub area: i64,
    /// The pinned key.
    pub server: PublicKey,
    asked: AtomicU64,
}

impl World {
    /// Enrols with a code that Chi, who runs the programme, made for an area. `seed` makes its key.
    pub async fn receiver(&self, area: AreaId, seed: u8) -> Receiver {
        let chi = self.person_of("chi").await;
        let code = speakers::issue_code(&self.app, &chi, area, "Loa nhà văn hóa")
            .await
            .expect("a code");
        let key = SecretKey::from_seed(&[seed; 32]);
        let page = self.enrol(&code.text, &key).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let enrolled: Enrolled = serde_json::from_slice(&page.bytes).expect("an answer");
        Receiver {
            router: web::router(self.app.clone()),
            app: self.app.clone(),
            key,
            id: enrolled.speaker,
            area: enrolled.area,
            server: PublicKey::parse(&enrolled.server_key).expect("a key"),
            asked: AtomicU64::new(0),
        }
    }

    /// A screen of a unit comes in with a code that Chi made: it signs as a receiver does, and has no area.
    pub async fn board(&self, unit: &str, seed: u8) -> Receiver {
        let chi = self.person_of("chi").await;
        let (_, code) = boards::add(&self.app, &chi, self.unit(unit).await, "Sảnh trụ sở")
            .await
            .expect("a code");
        let key = SecretKey::from_seed(&[seed; 32]);
        let page = self.enrol_board(&code.text, &key).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let enrolled = page.json();
        Receiver {
            router: web::router(self.app.clone()),
            app: self.app.clone(),
            key,
            id: enrolled["board"].as_i64().expect("an id"),
            area: 0,
            server: PublicKey::parse(enrolled["server_key"].as_str().expect("a text"))
                .expect("a key"),
            asked: AtomicU64::new(0),
        }
    }

    /// Sends a code as a screen does.
    pub async fn enrol_board(&self, code: &str, key: &SecretKey) -> Page {
        let body = json!({ "code": code, "public_key": key.public().text() });
        self.knock("/air/v1/boards/enrolment", body.to_string())
            .await
    }

    async fn knock(&self, path: &str, body: String) -> Page {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .expect("a request");
        answer(&web::router(self.app.clone()), request).await
    }

    /// Sends a code as a receiver does.
    pub async fn enrol(&self, code: &str, key: &SecretKey) -> Page {
        let body = json!({ "code": code, "name": "", "public_key": key.public().text() });
        self.knock("/air/v1/enrolment", body.to_string()).await
    }
}

impl Receiver {
    /// Asks for something, signed.
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, b"", &[]).await
    }

    /// Asks another server of the same installation.
    pub async fn get_at(&self, app: &App, path: &str) -> Page {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let nonce = format!("{:016x}{number:016x}", self.id);
        let signed = self.sign("GET", path, b"", self.now(), &nonce);
        let request = Request::get(format!("/air/v1{path}"))
            .header(header::AUTHORIZATION, signed)
            .body(Body::empty())
            .expect("a request");
        answer(&web::router(app.clone()), request).await
    }

    /// Tells something, signed.
    pub async fn post(&self, path: &str, body: &impl serde::Serialize) -> Page {
        let body = serde_json::to_vec(body).expect("JSON");
        self.send(Method::POST, path, &body, &[]).await
    }

    /// Sends a request with a number of its own, signed, with more headers.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: &[u8],
        more: &[(&str, &str)],
    ) -> Page {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let nonce = format!("{:016x}{number:016x}", self.id);
        let signed = self.sign(method.as_str(), path, body, self.now(), &nonce);
        self.send_as(method, path, body, &signed, more).await
    }

    /// The header over a request.
    pub fn sign(
        &self,
        method: &str,
        path: &str,
        body: &[u8],
        at: DateTime<Utc>,
        nonce: &str,
    ) -> String {
        let path = format!("/air/v1{path}");
        authorization(&self.key, self.id, (method, &path), body, at, nonce)
    }

    /// Sends a request with any header.
    pub async fn send_as(
        &self,
        method: Method,
        path: &str,
        body: &[u8],
        signed: &str,
        more: &[(&str, &str)],
    ) -> Page {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/air/v1{path}"))
            .header(header::AUTHORIZATION, signed);
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let body = Body::from(body.to_vec());
        answer(&self.router, request.body(body).expect("a request")).await
    }

    /// The manifest of its area, verified as a speaker does.
    pub async fn manifest(&self) -> Manifest {
        let page = self.get(&format!("/areas/{}/manifest", self.area)).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let signed: Signed = serde_json::from_slice(&page.bytes).expect("an envelope");
        let expected = Expected {
            area: self.area,
            last_version: 0,
            now: self.now(),
        };
        verify_manifest(&signed, &self.server, expected).expect("a manifest that holds")
    }

    /// Tells that it holds sounds of a version.
    pub async fn tell_status(&self, manifest_version: i64, sounds_held: Vec<String>) -> Page {
        let status = Status {
            at: self.now(),
            clock_offset_ms: 0,
            free_bytes: 1 << 30,
            manifest_version,
            orders_version: 0,
            sounds_held,
            speaker: self.id,
            state: State::Idle,
            tone: None,
            volume: 80,
        };
        self.post("/status", &sign_status(&self.key, &status)).await
    }

    /// Hands in what it refused.
    pub async fn tell_refusal(&self, refusal: &Refusal) -> Page {
        self.post("/refusals", &[sign_refusal(&self.key, refusal)])
            .await
    }

    /// Its time.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }
}
