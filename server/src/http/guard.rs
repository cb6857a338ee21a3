//! What stands in front of every handler: where a request may come from, and what a page may load.

use super::{bearer, error::Refusal, state::Door};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// What a page may load: what this server serves, and wasm. No inline script, no inline style, nobody else's frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Refuses a request that changes something and that another site made a browser send.
///
/// As Go's `http.CrossOriginProtection` does: browsers say where a request comes from (`Sec-Fetch-Site`, and `Origin`
/// where the former is not sent). A program that is not a browser says neither, and brings no cookie by accident. A token
/// is brought by no browser on its own: without a cookie beside it, it may come from anywhere.
pub async fn same_site_only(State(door): State<Door>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    let by_token = bearer::token(headers).is_some() && !headers.contains_key(header::COOKIE);
    if reads || by_token || is_own(headers, &door.house.config.public_url) {
        return next.run(request).await;
    }
    cross_site().into_response()
}

fn cross_site() -> Refusal {
    let message = "This request came from another site. Open Postil itself and try again; if it stands behind a proxy, \
                   start it with the --public-url that people use.";
    Refusal::new(StatusCode::FORBIDDEN, "cross_site", message)
}

/// The proof that a request did not come from another site. A handler takes it that lets something in by `GET`: browsers
/// keep no page from opening a WebSocket to another site, with that site's cookie.
pub struct SameSite;

impl FromRequestParts<Door> for SameSite {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Refusal> {
        if is_own(&parts.headers, &door.house.config.public_url) { Ok(Self) } else { Err(cross_site()) }
    }
}

fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (said("sec-fetch-site"), said("origin")) {
        (Some("same-origin" | "none"), _) => true,
        (_, Some(origin)) => {
            let host = said("host").unwrap_or_default();
            origin == public_url || origin.split_once("://").is_some_and(|(_, rest)| !host.is_empty() && rest == host)
        }
        (Some(_), None) => false,
        (None, None) => true,
    }
}

/// Adds what every answer says about itself.
pub async fn say_what_is_safe(State(door): State<Door>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut say = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    say(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::REFERRER_POLICY, "same-origin");
    say(header::X_FRAME_OPTIONS, "DENY");
    // What people read here is theirs: no cache keeps it.
    say(header::CACHE_CONTROL, "no-store");
    if door.house.config.secure() {
        say(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_site_and_programs_may_change_things() {
        let rows: [(&[(&str, &str)], bool); 9] = [
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (
                &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("host", "postil.example")],
                false,
            ),
            (&[("origin", "http://192.168.1.5:3000"), ("host", "192.168.1.5:3000")], true),
            (&[("origin", "null"), ("host", "postil.example")], false),
            (&[("origin", "https://postil.example"), ("host", "127.0.0.1:3000")], true),
            (&[("host", "postil.example")], true),
        ];
        for (said, expected) in rows {
            let mut headers = HeaderMap::new();
            for (name, value) in said {
                headers.insert(header::HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            assert_eq!(is_own(&headers, "https://postil.example"), expected, "{said:?}");
        }
    }
}
