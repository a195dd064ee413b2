//! What can go wrong in a request, and how it is told: people see a page, programs a problem
//! document (RFC 9457), nobody the inside.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a request was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It is not there, or not for this person.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in; after signing in the person comes back to `next`.
    #[error("sign in first")]
    SignIn {
        /// Where the person wanted to go.
        next: String,
    },
    /// The person sees it but may not do this. Names a message of the locales.
    #[error("{0}")]
    Forbidden(&'static str),
    /// It is no longer as the person saw it. Names a message of the locales.
    #[error("{0}")]
    Conflict(&'static str),
    /// What was sent cannot be used. Names a message of the locales.
    #[error("{0}")]
    Invalid(&'static str),
    /// Too often.
    #[error("too many requests")]
    TooMany,
    /// The disk has no room left: nothing was changed.
    #[error("the disk is full: make room, then try again")]
    Full,
    /// A fault of ours; the cause goes to the log, the person gets a number.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl From<sea_orm::DbErr> for Failure {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::of_disk(error)
    }
}

impl Failure {
    /// A fault of ours, unless it is the disk's. Neither the databases nor the file stores have a
    /// type for it: SQLite says 'database or disk is full', PostgreSQL and the system 'No space
    /// left on device'.
    pub fn of_disk(error: impl Into<anyhow::Error>) -> Self {
        let error = error.into();
        let said = format!("{error:#}");
        if said.contains("disk is full") || said.contains("No space left on device") {
            tracing::error!(error.cause = said, "the disk is full");
            Self::Full
        } else {
            Self::Internal(error)
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// What the outer layer makes into a page or a problem document.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// Names a message of the locales.
    pub message: &'static str,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::SignIn { next } => {
                let to = format!("/sign-in?next={}", urlencode(&next));
                return axum::response::Redirect::to(&to).into_response();
            }
            Self::NotFound => (StatusCode::NOT_FOUND, "error-not-found"),
            Self::Forbidden(message) => (StatusCode::FORBIDDEN, message),
            Self::Conflict(message) => (StatusCode::CONFLICT, message),
            Self::Invalid(message) => (StatusCode::UNPROCESSABLE_ENTITY, message),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, "error-too-many"),
            Self::Full => (StatusCode::INSUFFICIENT_STORAGE, "error-full"),
            Self::Internal(cause) => {
                tracing::error!(error.cause = format!("{cause:#}"), "request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "error-internal")
            }
        };
        let mut response = status.into_response();
        response
            .extensions_mut()
            .insert(Problem { status, message });
        response
    }
}

fn urlencode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
