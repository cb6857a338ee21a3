//! The one place where a failure becomes an answer.

use crate::actions::Failure;
use axum::{
    Json,
    extract::rejection::{JsonRejection, QueryRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use domain::{page::Visitor, version::Meanwhile};
use serde::Serialize;

/// What the API says when it does not do what was asked.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// What is wrong, and what to do: words for a person.
    pub message: String,
    /// The kind of it, for a program: `not_found`, `not_allowed`, `invalid`, `conflict`, `edited_meanwhile`, `too_large` …
    pub kind: &'static str,
    /// With `edited_meanwhile`: each field of which there is a newer version, with both. Nothing of the request was kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Meanwhile>,
}

/// A failure on its way out.
#[derive(Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// What is said.
    pub problem: Problem,
    /// How long to wait before it is tried again, when that is known.
    pub wait: Option<TimeDelta>,
    /// Who was refused, for the head of a page that says so. The API says nothing of it.
    pub visitor: Option<Box<Visitor>>,
}

impl Refusal {
    /// A refusal in these words, which are said in the language of whoever asks.
    pub fn new(status: StatusCode, kind: &'static str, message: impl Into<String>) -> Self {
        let message = phrases::heard(&message.into());
        Self { status, problem: Problem { message, kind, fields: Vec::new() }, wait: None, visitor: None }
    }

    /// Says of an answer how long to wait (RFC 9110, 10.2.3).
    pub fn say_wait(wait: Option<TimeDelta>, response: &mut Response) {
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait.num_seconds().max(1).into());
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let (status, kind) = match &failure {
            Failure::NotSignedIn => (StatusCode::UNAUTHORIZED, "not_signed_in"),
            Failure::TooManyGuesses { .. } | Failure::TooManyTries { .. } => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_guesses")
            }
            Failure::Gone(_) => (StatusCode::GONE, "gone"),
            Failure::Closed(_) => (StatusCode::FORBIDDEN, "closed"),
            Failure::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many"),
            Failure::WrongPassword => (StatusCode::UNAUTHORIZED, "wrong_password"),
            Failure::Team(_) => (StatusCode::FORBIDDEN, "team_sign_in"),
            Failure::TeamOutOfReach(_) => (StatusCode::BAD_GATEWAY, "team_sign_in"),
            Failure::WrongCode => (StatusCode::UNAUTHORIZED, "wrong_code"),
            Failure::WrongPasskey(_) => (StatusCode::UNAUTHORIZED, "wrong_passkey"),
            Failure::WrongToken => (StatusCode::UNAUTHORIZED, WRONG_TOKEN),
            Failure::BeyondToken(_) => (StatusCode::FORBIDDEN, "beyond_token"),
            Failure::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Failure::NotAllowed(_) | Failure::NotYours | Failure::NotAdministrator(_) | Failure::Disabled => {
                (StatusCode::FORBIDDEN, "not_allowed")
            }
            Failure::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Failure::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Failure::EditedMeanwhile(_) => (StatusCode::CONFLICT, "edited_meanwhile"),
            Failure::Import(import::ImportError::TooLarge { .. }) => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Failure::Fetch(_) => (StatusCode::BAD_GATEWAY, "cannot_be_fetched"),
            Failure::Import(_) => (StatusCode::UNPROCESSABLE_ENTITY, "cannot_be_read"),
            Failure::Internal(cause) => {
                tracing::error!(error = cause.as_ref() as &dyn std::error::Error, "an action failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        };
        let wait = match &failure {
            Failure::TooManyGuesses { wait } | Failure::TooManyTries { wait, .. } | Failure::TooMany { wait, .. } => {
                Some(*wait)
            }
            _ => None,
        };
        let mut refusal = Self { wait, ..Self::new(status, kind, sentence(&phrases::heard(&failure.to_string()))) };
        if let Failure::EditedMeanwhile(fields) = failure {
            refusal.problem.fields = fields;
        }
        refusal
    }
}

/// The kind of a refusal for a token that nobody has.
const WRONG_TOKEN: &str = "wrong_token";

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        let status = rejection.status();
        let kind = if status == StatusCode::PAYLOAD_TOO_LARGE { "too_large" } else { "invalid" };
        Self::new(status, kind, sentence(&phrases::heard(&rejection.body_text())))
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), "invalid", sentence(&phrases::heard(&rejection.body_text())))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let wrong_token = self.problem.kind == WRONG_TOKEN;
        let mut response = (self.status, Json(self.problem)).into_response();
        Self::say_wait(self.wait, &mut response);
        if wrong_token {
            // RFC 6750, 3.
            let how = HeaderValue::from_static("Bearer realm=\"Postil\", error=\"invalid_token\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, how);
        }
        response
    }
}

/// Errors are lower case and without a full stop inside; a person is told a sentence.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
