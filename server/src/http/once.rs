//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a request that brings one is done once, and a repeat is
//! answered with the event that the first one made. What was refused was not done, and may be asked again under its key.

use super::{error::Refusal, extract::Acts, router::FORM_OVERHEAD, state::Door};
use crate::{
    actions::Failure,
    config::MAX_FILE_BYTES,
    digest,
    once::{self, Asked},
};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    event::Event,
    id::PersonId,
    permission::Reader,
    request_key::{BadRequestKey, RequestKey},
};

/// What a request calls itself.
pub const KEY: &str = "idempotency-key";
/// Whose request it is, where a browser sends what was asked earlier: somebody else may be signed in there by now.
pub const PERSON: &str = "postil-person";
/// What an answer says that was given to a repeat.
const REPLAYED: &str = "idempotency-replayed";

/// Does a request of the API once, when it brings a key; and not at all when it is another person's.
pub async fn do_once(State(door): State<Door>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let reads = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    let says = parts.headers.contains_key(KEY) || parts.headers.contains_key(PERSON);
    if reads || !says || !parts.uri.path().starts_with("/api/") {
        return next.run(Request::from_parts(parts, body)).await;
    }
    // Who is not let in is told so by whatever they asked for.
    let Ok(Acts { person, .. }) = Acts::from_request_parts(&mut parts, &door).await else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    match repeated(&door, person.id, parts, body, next).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn repeated(door: &Door, person: PersonId, parts: Parts, body: Body, next: Next) -> Result<Response, Refusal> {
    if said::<PersonId>(&parts.headers, PERSON).is_some_and(|said| said != Ok(person)) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "other_person", OTHER_PERSON));
    }
    let Some(key) = said::<RequestKey>(&parts.headers, KEY) else {
        return Ok(next.run(Request::from_parts(parts, body)).await);
    };
    let bad = |wrong: BadRequestKey| Failure::Invalid(wrong.to_string());
    let key = key.map_err(|wrong| bad(wrong.unwrap_or(BadRequestKey)))?;
    let most = MAX_FILE_BYTES.max(door.house.config.max_article_bytes * 6) + FORM_OVERHEAD;
    let body = to_bytes(body, most).await.map_err(|_| too_large(most))?;
    let asked = Asked { key, digest: digest_of(&parts, &body) };
    if let Some(answer) = answered_before(door, person, &asked).await? {
        return Ok(answer);
    }
    let response = once::answering(asked.clone(), next.run(Request::from_parts(parts, body.into()))).await;
    // Of two repeats at once, the later one meets what the first has made: its thing is there, or is gone already.
    let before = match response.status().is_client_error() {
        true => answered_before(door, person, &asked).await?,
        false => None,
    };
    Ok(before.unwrap_or(response))
}

/// What is said to whom it was not meant for.
const OTHER_PERSON: &str =
    "Somebody else is signed in here now than when this was asked: sign in again as who asked it.";

fn too_large(most: usize) -> Refusal {
    let words = format!("With an Idempotency-Key a request has {most} bytes at the most.");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words)
}

/// What a header says, when it is there; nothing in the error where it is not even text.
fn said<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<Result<T, Option<T::Err>>> {
    let value = headers.get(name)?;
    Some(value.to_str().map_err(|_| None).and_then(|text| text.parse().map_err(Some)))
}

/// The digest of what is asked: how, where and what.
fn digest_of(parts: &Parts, body: &[u8]) -> String {
    let place = parts.uri.path_and_query().map_or("", |place| place.as_str());
    let mut whole = format!("{}\n{place}\n", parts.method).into_bytes();
    whole.extend_from_slice(body);
    digest::sha256(&whole)
}

/// The answer to a request that was done already. A key under which something else was asked is refused.
async fn answered_before(door: &Door, person: PersonId, asked: &Asked) -> Result<Option<Response>, Refusal> {
    let mut snapshot = door.house.store.snapshot().await?;
    let Some(done) = store::request_key::get(&mut snapshot, person, &asked.key).await? else { return Ok(None) };
    if done.asked != asked.digest {
        let words = "This Idempotency-Key belongs to another request that was done: take a new one for each thing that is asked.";
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "key_taken", words));
    }
    // Who has left the group is told nothing of it any more.
    let Some(member) = store::group::membership(&mut snapshot, person, done.group).await? else { return Ok(None) };
    let member = member.at_least::<Reader>().map_err(Failure::from)?;
    let event: Option<Event> = store::event::get(&mut snapshot, member, done.number).await?;
    Ok(event.map(|event| ([(REPLAYED, HeaderValue::from_static("true"))], Json(event)).into_response()))
}
