//! The one place where a failure becomes an answer.

use crate::actions::Failure;
use axum::{
    Json,
    extract::rejection::{JsonRejection, QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// What the API says when it does not do what was asked.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// What is wrong, and what to do: words for a person.
    pub message: String,
    /// The kind of it, for a program: `not_found`, `not_allowed`, `invalid`, `conflict`, `too_large` …
    pub kind: &'static str,
}

/// A failure on its way out.
#[derive(Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// What is said.
    pub problem: Problem,
}

impl Refusal {
    /// A refusal in these words.
    pub fn new(status: StatusCode, kind: &'static str, message: impl Into<String>) -> Self {
        Self { status, problem: Problem { message: message.into(), kind } }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let (status, kind) = match &failure {
            Failure::NotSignedIn => (StatusCode::UNAUTHORIZED, "not_signed_in"),
            Failure::TooManyGuesses { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many_guesses"),
            Failure::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many"),
            Failure::WrongPassword => (StatusCode::UNAUTHORIZED, "wrong_password"),
            Failure::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Failure::NotAllowed(_) | Failure::NotYours => (StatusCode::FORBIDDEN, "not_allowed"),
            Failure::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Failure::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Failure::Import(import::ImportError::TooLarge { .. }) => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Failure::Fetch(_) => (StatusCode::BAD_GATEWAY, "cannot_be_fetched"),
            Failure::Import(_) => (StatusCode::UNPROCESSABLE_ENTITY, "cannot_be_read"),
            Failure::Internal(cause) => {
                tracing::error!(error = cause.as_ref() as &dyn std::error::Error, "an action failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        };
        Self::new(status, kind, sentence(&failure.to_string()))
    }
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        let status = rejection.status();
        let kind = if status == StatusCode::PAYLOAD_TOO_LARGE { "too_large" } else { "invalid" };
        Self::new(status, kind, sentence(&rejection.body_text()))
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), "invalid", sentence(&rejection.body_text()))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.problem)).into_response()
    }
}

/// Errors are lower case and without a full stop inside; a person is told a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
