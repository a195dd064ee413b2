//! A browser without scripts, and a program with a token, both straight on the router.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use loa::app::App;
use loa::web;
use scraper::{Html, Selector};
use serde_json::Value;
use tower::ServiceExt;

/// Keeps cookies and brings the token of the last page back with every form.
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// The token of the last page.
    pub csrf: String,
    inline: bool,
}

/// An answer.
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Where it sends the browser.
    pub location: Option<String>,
    /// Its headers.
    pub headers: axum::http::HeaderMap,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Page {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The text of every element that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let squeeze = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Html::parse_document(&self.text())
            .select(&selector)
            .map(|found| squeeze(found.text().collect()))
            .collect()
    }

    /// Where every link that a selector finds leads, with its text.
    pub fn links(&self, selector: &str) -> Vec<(String, String)> {
        let selector = Selector::parse(selector).expect("a selector");
        Html::parse_document(&self.text())
            .select(&selector)
            .filter_map(|found| Some((found.attr("href")?.to_owned(), found.text().collect())))
            .collect()
    }

    /// An attribute of every element that a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let parsed = Selector::parse(selector).expect("a selector");
        let html = Html::parse_document(&self.text());
        let found = html.select(&parsed).filter_map(|found| found.attr(name));
        found.map(str::to_owned).collect()
    }

    /// An attribute of the first element that a selector finds.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let parsed = Selector::parse(selector).expect("a selector");
        let html = Html::parse_document(&self.text());
        html.select(&parsed)
            .next()
            .and_then(|found| found.attr(name))
            .map(str::to_owned)
    }
}

impl Browser {
    /// On any installation; nobody is signed in.
    pub fn new(app: &App) -> Self {
        Self {
            router: web::router(app.clone()),
            cookies: BTreeMap::new(),
            csrf: String::new(),
            inline: false,
        }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, "", Body::empty()).await
    }

    /// Sends a form with the token of the last page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        let body = serde_html_form::to_string(&all).expect("a form");
        self.send(
            Method::POST,
            path,
            "application/x-www-form-urlencoded",
            Body::from(body),
        )
        .await
    }

    /// Asks as the scripts of a page do for a part of it.
    pub async fn get_inline(&mut self, path: &str) -> Page {
        self.inline = true;
        let page = self.get(path).await;
        self.inline = false;
        page
    }

    /// Sends a form as the scripts of a page do.
    pub async fn post_inline(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.inline = true;
        let page = self.post(path, fields).await;
        self.inline = false;
        page
    }

    /// Sends a form with a file.
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Page {
        const EDGE: &str = "----loa-test-edge";
        let mut body = Vec::new();
        for (name, value) in [("csrf", self.csrf.as_str())].iter().chain(fields) {
            body.extend(
                format!(
                    "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        let (field, name, bytes) = file;
        body.extend(
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n").bytes(),
        );
        body.extend(bytes);
        body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
        self.send(
            Method::POST,
            path,
            &format!("multipart/form-data; boundary={EDGE}"),
            Body::from(body),
        )
        .await
    }

    /// Asks with more headers.
    pub async fn send_with(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
    ) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        answer(&self.router, request).await
    }

    /// Sends anything.
    pub async fn send(&mut self, method: Method, path: &str, media_type: &str, body: Body) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, cookies.join("; "));
        if !media_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        if self.inline {
            request = request.header("loa-inline", "1");
        }
        let page = answer(&self.router, request.body(body).expect("a request")).await;
        for cookie in page.headers.get_all(header::SET_COOKIE) {
            let pair = cookie
                .to_str()
                .unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default();
            match pair.split_once('=') {
                // Taken away.
                Some((name, "")) => drop(self.cookies.remove(name)),
                Some((name, value)) => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
                None => {}
            }
        }
        if let Some(token) = page.attribute("input[name=csrf]", "value") {
            self.csrf = token;
        }
        page
    }

    /// Whether a cookie is kept, and its value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

/// A program with a bearer token.
pub struct Program {
    router: Router,
    token: String,
}

impl Program {
    pub(super) fn new(app: &App, token: String) -> Self {
        Self {
            router: web::router(app.clone()),
            token,
        }
    }

    /// Asks.
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, Body::empty()).await
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Page {
        self.send(Method::POST, path, Body::from(body.to_string()))
            .await
    }

    /// Sends bytes as they are.
    pub async fn upload(&self, path: &str, bytes: &[u8]) -> Page {
        let request = Request::builder()
            .method("POST")
            .uri(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::CONTENT_LENGTH, bytes.len());
        let body = Body::from(bytes.to_vec());
        answer(&self.router, request.body(body).expect("a request")).await
    }

    /// Sends JSON with more headers.
    pub async fn send_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Page {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = Body::from(body.to_string());
        answer(&self.router, request.body(body).expect("a request")).await
    }

    async fn send(&self, method: Method, path: &str, body: Body) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "application/json");
        answer(&self.router, request.body(body).expect("a request")).await
    }
}

pub(super) async fn answer(router: &Router, request: Request<Body>) -> Page {
    let response = router
        .clone()
        .oneshot(request)
        .await
        .expect("the router always answers");
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body")
        .to_vec();
    let location = parts
        .headers
        .get(header::LOCATION)
        .and_then(|to| to.to_str().ok())
        .map(str::to_owned);
    Page {
        status: parts.status,
        location,
        headers: parts.headers,
        bytes,
    }
}
