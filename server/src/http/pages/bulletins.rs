//! What happens in a group as a feed reader asks for it, and the forms that make and revoke its address.

use super::{notices, reset::or_trouble, trouble::for_member, unreadable};
use crate::{
    actions::{
        keep_bulletins::{self, Issue},
        sign_in::{Caller, Token},
    },
    atom, clock, digest,
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{page::NoticesSheet, permission::Reader};
use serde::Deserialize;
use std::time::SystemTime;

/// What search engines are told: to leave it out.
const ROBOTS: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
/// An instant of HTTP has seconds: until one is over, it does not tell what happens in it from what will.
const SECOND: TimeDelta = TimeDelta::seconds(1);

/// The feed; or that nothing in it has changed since the reader asked last.
pub async fn read(State(door): State<Door>, Part(link): Part, caller: Caller, asked: HeaderMap) -> Response {
    let mut response = match keep_bulletins::read(&door.house, &Token::from_cookie(&link), caller.address).await {
        Ok(issue) => answer(issue, &asked, clock::now()),
        Err(failure) => or_trouble(&door, Err(failure.into())).await,
    };
    response.headers_mut().extend([ROBOTS]);
    response
}

fn answer(issue: Issue, asked: &HeaderMap, now: DateTime<Utc>) -> Response {
    let Issue { xml, updated } = issue;
    let tag = format!("W/\"{}\"", &digest::sha256(&xml)[..32]);
    let modified = (now - updated >= SECOND).then(|| httpdate::fmt_http_date(SystemTime::from(updated)));
    let unchanged = is_known(asked, &tag, modified.as_deref());
    let private = HeaderValue::from_static("private, no-cache");
    let said = [(header::CONTENT_TYPE, atom::MEDIA_TYPE.to_owned()), (header::ETAG, tag)];
    let mut response = match unchanged {
        true => (StatusCode::NOT_MODIFIED, said).into_response(),
        false => (said, xml).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, private);
    let modified = modified.and_then(|modified| HeaderValue::from_str(&modified).ok());
    headers.extend(modified.map(|modified| (header::LAST_MODIFIED, modified)));
    response
}

/// Whether the reader has just this (RFC 9110, 13.1): by its tag, compared weakly; by its time where the reader says no tag.
/// Times have to be the same: one that the reader made up tells nothing.
fn is_known(asked: &HeaderMap, tag: &str, modified: Option<&str>) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let mut tags = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok()).peekable();
    if tags.peek().is_some() {
        return tags.flat_map(|known| known.split(',')).any(|known| known.trim() == "*" || bare(known) == bare(tag));
    }
    let since = asked.get(header::IF_MODIFIED_SINCE).and_then(|since| since.to_str().ok());
    since.is_some() && since == modified
}

/// The form that makes or revokes an address.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    group: String,
}

/// Makes an address, and shows it this once.
pub async fn make(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    form: Result<Form<Chosen>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Chosen { group }) = form.map_err(|rejection| unreadable(&rejection))?;
        let made = keep_bulletins::make(&door.house, &here.visitor.person, parsed(&group, "group")?).await?;
        let shown = |sheet| NoticesSheet { made: Some(made), ..sheet };
        notices::with(&door, here.visitor, StatusCode::CREATED, None, shown).await
    })
    .await
}

/// Revokes an address.
pub async fn revoke(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    form: Result<Form<Chosen>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Chosen { group }) = form.map_err(|rejection| unreadable(&rejection))?;
        keep_bulletins::revoke(&door.house, &here.visitor.person, parsed(&group, "group")?).await?;
        Ok(Redirect::to("/account/notices#feed-reader").into_response())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_has_is_not_sent_again() {
        let (none, since) = (header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE);
        let at = "Thu, 01 Jan 1970 00:00:00 GMT";
        let rows: [(&[(&HeaderName, &str)], bool); 10] = [
            (&[], false),
            (&[(&none, "W/\"a\"")], true),
            (&[(&none, "\"a\"")], true),
            (&[(&none, "\"b\", W/\"a\"")], true),
            (&[(&none, "*")], true),
            (&[(&none, "\"b\"")], false),
            (&[(&since, at)], true),
            (&[(&since, "Thu, 01 Jan 1970 00:00:01 GMT")], false),
            // A tag says more than a time.
            (&[(&none, "\"b\""), (&since, at)], false),
            (&[(&since, "yesterday")], false),
        ];
        for (said, expected) in rows {
            let headers = said.iter().map(|(name, value)| ((*name).clone(), value.parse().unwrap())).collect();
            assert_eq!(is_known(&headers, "W/\"a\"", Some(at)), expected, "{said:?}");
        }
        let headers = HeaderMap::from_iter([(since, at.parse().unwrap())]);
        assert!(!is_known(&headers, "W/\"a\"", None), "a time that is not over yet");
    }

    #[test]
    fn a_time_is_told_once_its_second_is_over() {
        let issue = || Issue { xml: b"<feed/>".to_vec(), updated: DateTime::UNIX_EPOCH };
        for (later, told) in [(0, false), (999, false), (1_000, true)] {
            let response = answer(issue(), &HeaderMap::new(), DateTime::UNIX_EPOCH + TimeDelta::milliseconds(later));
            assert_eq!(response.headers().contains_key(header::LAST_MODIFIED), told, "{later}");
        }
    }
}
