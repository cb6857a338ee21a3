//! The pages: each handler gathers what a page shows and hands it to whoever draws.

pub mod account;
pub mod activity;
pub mod add;
pub mod api_tokens;
pub mod arrivals;
pub mod brought;
pub mod bulletins;
pub mod claims;
pub mod clip;
pub mod colours;
pub mod comments;
pub mod feeds;
pub mod language;
pub mod leave;
pub mod groups;
pub mod join;
pub mod library;
pub mod notices;
pub mod look;
pub mod mail;
pub mod passkeys;
pub mod mailing;
pub mod paper;
pub mod people;
pub mod public;
pub mod publish;
pub mod reader;
pub mod reset;
pub mod revisions;
pub mod second_step;
pub mod sources;
pub mod team;
pub mod trouble;
pub mod webhooks;

use super::{error::Refusal, state::Door};
use crate::actions::export_notes::Taken;
use axum::{
    extract::rejection::FormRejection,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::page::{Page, Sheet, Visitor};

/// Draws a page, away from the threads that answer requests: a long article takes a while.
pub async fn draw(door: &Door, status: StatusCode, visitor: Option<Visitor>, page: Page) -> Response {
    let sheet = Sheet { visitor, page, site: door.site.clone() };
    let render = door.render;
    let language = phrases::language();
    match tokio::task::spawn_blocking(move || phrases::within(language, || render(sheet))).await {
        Ok(html) => (status, Html(html)).into_response(),
        Err(cause) => {
            tracing::error!(%cause, "a page could not be drawn");
            (StatusCode::INTERNAL_SERVER_ERROR, "The page could not be drawn; the log says why.").into_response()
        }
    }
}

/// Sends a file to be kept, under its own name.
pub fn download(taken: Taken) -> Response {
    let name = download_name(&taken.file_name);
    let mut response = ([(header::CONTENT_TYPE, taken.media_type)], taken.bytes).into_response();
    response.headers_mut().extend(name.map(|name| (header::CONTENT_DISPOSITION, name)));
    response
}

/// Says under which name a file is to be kept (RFC 6266).
fn download_name(file_name: &str) -> Option<HeaderValue> {
    let ascii: String = file_name.chars().map(|c| if c.is_ascii_graphic() && c != '"' { c } else { '-' }).collect();
    let encoded: String = file_name.bytes().map(percent).collect();
    HeaderValue::from_str(&format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")).ok()
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// What is said of a form that cannot be read.
fn unreadable(rejection: &FormRejection) -> Refusal {
    Refusal::new(rejection.status(), "invalid", format!("The form could not be read: {}.", rejection.body_text()))
}

/// A page's answer: a page, or a refusal that becomes one.
pub type Answer = Result<Response, trouble::PageRefusal>;

impl From<Refusal> for trouble::PageRefusal {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}
