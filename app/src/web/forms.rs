//! Forms: what was typed, checked against forgery, and what is wrong with it, field by field.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::visitor::Visitor;
use crate::error::Failure;

/// A form of a page of ours: its token was compared with the visitor's before anything else.
pub struct Form<T>(pub T);

/// What a form holds that has nothing but a button.
#[derive(Deserialize)]
pub struct Nothing {}

#[derive(Deserialize)]
struct Token {
    csrf: String,
}

impl<S, T> FromRequest<S> for Form<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let visitor = request.extensions().get::<Visitor>().cloned();
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| Failure::Invalid("error-form"))?;
        let Token { csrf } =
            serde_html_form::from_bytes(&bytes).map_err(|_| Failure::Forbidden("error-csrf"))?;
        check_token(visitor.as_ref(), &csrf)?;
        serde_html_form::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| Failure::Invalid("error-form"))
    }
}

/// An instant for a hidden field: RFC 3339, to the millisecond.
pub fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Compares the token of a form with the visitor's; multipart forms call it with their first field.
pub fn check_token(visitor: Option<&Visitor>, token: &str) -> Result<(), Failure> {
    match visitor {
        Some(visitor) if !token.is_empty() && same(visitor.csrf.as_bytes(), token.as_bytes()) => {
            Ok(())
        }
        _ => Err(Failure::Forbidden("error-csrf")),
    }
}

/// Compares without telling by its time where two texts part.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// What is wrong with a form: the name of a field and the name of a text, in the form's order.
#[derive(Debug, Clone, Default)]
pub struct Errors(Vec<(&'static str, &'static str)>);

impl Errors {
    /// Adds a fault of a field.
    pub fn add(&mut self, field: &'static str, text: &'static str) {
        self.0.push((field, text));
    }

    /// Adds it unless `holds`.
    pub fn require(&mut self, holds: bool, field: &'static str, text: &'static str) {
        if !holds {
            self.add(field, text);
        }
    }

    /// Whether nothing is wrong.
    pub fn none(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with one field.
    pub fn of(&self, field: &str) -> Option<&'static str> {
        self.0
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, text)| *text)
    }

    /// The class of a field with a fault, to stand behind another; nothing for one without.
    pub fn mark(&self, field: &str) -> &'static str {
        if self.of(field).is_some() {
            " field-invalid"
        } else {
            ""
        }
    }

    /// Attributes of a field with a hint: the hint describes it, and its fault if it has one. `field` is
    /// a name of ours: it is not escaped.
    pub fn described(&self, field: &str) -> String {
        if self.of(field).is_some() {
            format!("aria-describedby=\"{field}-hint {field}-error\" aria-invalid=\"true\"")
        } else {
            format!("aria-describedby=\"{field}-hint\"")
        }
    }

    /// All of it, for the summary on top.
    pub fn all(&self) -> &[(&'static str, &'static str)] {
        &self.0
    }
}
