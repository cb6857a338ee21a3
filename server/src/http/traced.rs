//! What the log says of a request: never what opens something.

use axum::{body::Body, http::Request};
use tower_http::trace::MakeSpan;
use tracing::Span;

/// Before what opens a link, in an address.
const BEFORE_TOKENS: &str = "/join/";

/// A span with the method and the path. What stands behind a `?` is not logged: it holds what people look for, and links to
/// come back to.
#[derive(Debug, Clone, Copy)]
pub struct Traced;

impl MakeSpan<Body> for Traced {
    fn make_span(&mut self, request: &Request<Body>) -> Span {
        let path = masked(request.uri().path());
        tracing::debug_span!("request", method = %request.method(), %path, version = ?request.version())
    }
}

/// The path without the token of a link in it.
fn masked(path: &str) -> String {
    match path.split_once(BEFORE_TOKENS) {
        Some((before, token)) => {
            let rest = token.split_once('/').map(|(_, rest)| format!("/{rest}")).unwrap_or_default();
            format!("{before}{BEFORE_TOKENS}…{rest}")
        }
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_a_link_is_not_logged() {
        let rows = [
            ("/join/abcDEF-_123", "/join/…"),
            ("/join/abcDEF-_123/account", "/join/…/account"),
            ("/api/v1/join/abcDEF-_123", "/api/v1/join/…"),
            ("/join/", "/join/…"),
            ("/articles/abc", "/articles/abc"),
            ("/", "/"),
        ];
        for (path, expected) in rows {
            assert_eq!(masked(path), expected);
        }
    }
}
