//! What the log says of a request: never what opens something.

use crate::digest;
use axum::{body::Body, http::Request};
use tower_http::trace::MakeSpan;
use tracing::Span;

/// What stands before a token in an address.
const BEFORE_TOKENS: [&str; 6] = ["/join/", "/p/", "/reset/", "/confirm/", "/atom/", "/unsubscribe/"];
/// How much of a token's digest is logged: enough to tell two apart, and of no use to open anything.
const DIGITS: usize = 8;

/// A span with the method and the path. What stands behind a `?` is not logged: it holds what people look for, and links to
/// come back to.
#[derive(Debug, Clone, Copy)]
pub struct Traced;

impl MakeSpan<Body> for Traced {
    fn make_span(&mut self, request: &Request<Body>) -> Span {
        let path = masked(request.uri().path());
        tracing::debug_span!("request", method = %request.method(), path = display(path), version = ?request.version())
    }
}

/// The path, with the beginning of a digest for the token of a link in it.
fn masked(path: &str) -> String {
    let found = BEFORE_TOKENS.iter().find_map(|before| Some((*before, path.split_once(before)?)));
    match found {
        Some((before, (start, token))) => {
            let (token, rest) =
                token.split_once('/').map_or((token, String::new()), |(token, rest)| (token, format!("/{rest}")));
            let digest = digest::sha256(token.as_bytes());
            format!("{start}{before}…{}{rest}", &digest[..DIGITS])
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
            ("/join/abc", "/join/…ba7816bf"),
            ("/join/abc/account", "/join/…ba7816bf/account"),
            ("/api/v1/join/abc", "/api/v1/join/…ba7816bf"),
            ("/reset/abc", "/reset/…ba7816bf"),
            ("/confirm/abc", "/confirm/…ba7816bf"),
            ("/atom/abc", "/atom/…ba7816bf"),
            ("/unsubscribe/abc", "/unsubscribe/…ba7816bf"),
            ("/p/abc", "/p/…ba7816bf"),
            ("/p/abc/pictures/1", "/p/…ba7816bf/pictures/1"),
            ("/api/v1/p/abc", "/api/v1/p/…ba7816bf"),
            ("/articles/abc", "/articles/abc"),
            ("/", "/"),
        ];
        for (path, expected) in rows {
            assert_eq!(masked(path), expected);
        }
    }
}
