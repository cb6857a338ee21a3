//! Tokens in `Authorization: Bearer` (RFC 6750): whose they are, and how far they go, before any handler is asked.

use super::{error::Refusal, state::Door};
use crate::{
    actions::{Failure, keep_api_tokens, sign_in::Caller},
    digest,
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    api_token::{PREFIX, Scope},
    person::Person,
};

/// Who acts by a token. It stands in the request once the token was looked at.
#[derive(Debug, Clone)]
pub struct ByToken {
    /// Whose it is.
    pub person: Person,
    /// Its digest.
    pub digest: String,
}

/// What no token reaches, with all that is below: what concerns accounts, and what a sign-in works in from then on.
const NOT_FOR_TOKENS: [&str; 7] =
    ["/account", "/api/v1/account", "/api/v1/sign-in", "/people", "/api/v1/people", "/join", "/api/v1/join"];
/// How an address ends that concerns a sign-in.
const ENTER: &str = "/enter";

/// The token that a request brings, if it is one of ours. What a proxy in front puts there for itself is none.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, rest) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = rest.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.starts_with(PREFIX)).then_some(token)
}

/// Looks at the token of a request, when it brings one: it says who acts, whatever cookie comes along.
pub async fn admit(State(door): State<Door>, request: Request, next: Next) -> Response {
    if token(request.headers()).is_none() {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(caller) = Caller::from_request_parts(&mut parts, &door).await;
    let secret = token(&parts.headers).unwrap_or_default();
    let brought = match keep_api_tokens::who(&door.house, secret, caller.address).await {
        Ok(brought) => brought,
        Err(failure) => return Refusal::from(failure).into_response(),
    };
    if let Err(failure) = reaches(brought.scope, &parts.method, parts.uri.path()) {
        return Refusal::from(failure).into_response();
    }
    let digest = digest::sha256(token(&parts.headers).unwrap_or_default().as_bytes());
    parts.extensions.insert(ByToken { person: brought.person, digest });
    next.run(Request::from_parts(parts, body)).await
}

/// Whether a token of this scope goes this far.
fn reaches(scope: Scope, method: &Method, path: &str) -> Result<(), Failure> {
    let below = |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if NOT_FOR_TOKENS.iter().any(|root| below(root)) || path.ends_with(ENTER) {
        return Err(Failure::BeyondToken("no token reaches what concerns accounts: sign in with a browser"));
    }
    match (scope, method) {
        (Scope::Write, _) | (Scope::Read, &Method::GET | &Method::HEAD | &Method::OPTIONS) => Ok(()),
        (Scope::Read, _) => Err(Failure::BeyondToken("this token only reads: make one that may write")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_tokens_are_looked_at() {
        let rows = [
            ("Bearer postil_abc", Some("postil_abc")),
            ("bearer  postil_abc ", Some("postil_abc")),
            ("Bearer eyJhbGciOiJub25lIn0.e30.", None),
            ("Basic cG9zdGlsXzpi", None),
            ("postil_abc", None),
            ("Bearer", None),
            ("", None),
        ];
        for (said, expected) in rows {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, said.parse().unwrap())]);
            assert_eq!(token(&headers), expected, "{said}");
        }
        assert_eq!(token(&HeaderMap::new()), None);
    }

    #[test]
    fn a_token_goes_as_far_as_its_scope_and_never_to_the_account() {
        let rows = [
            (Scope::Read, Method::GET, "/api/v1/articles", true),
            (Scope::Read, Method::HEAD, "/articles/a", true),
            (Scope::Read, Method::POST, "/api/v1/articles", false),
            (Scope::Write, Method::POST, "/api/v1/articles", true),
            (Scope::Write, Method::GET, "/account", false),
            (Scope::Write, Method::POST, "/account/password", false),
            (Scope::Read, Method::GET, "/api/v1/account/tokens", false),
            (Scope::Write, Method::POST, "/api/v1/account/passkeys", false),
            (Scope::Write, Method::POST, "/api/v1/sign-in/passkey", false),
            (Scope::Write, Method::GET, "/api/v1/people", false),
            (Scope::Read, Method::GET, "/accounts", true),
            (Scope::Write, Method::POST, "/groups/a/enter", false),
            (Scope::Write, Method::POST, "/join/a", false),
        ];
        for (scope, method, path, expected) in rows {
            assert_eq!(reaches(scope, &method, path).is_ok(), expected, "{scope} {method} {path}");
        }
    }
}
