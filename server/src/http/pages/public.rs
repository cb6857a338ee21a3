//! The public page of an article: whoever has its address reads it, signed in or not.

use super::{download, draw, trouble::show_refusal, unreadable};
use crate::{
    actions::{
        comment::{self as comment_on, Typed},
        publish,
        sign_in::Caller,
    },
    clock,
    http::{
        error::Refusal,
        extract::{Part, TwoParts, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::{Query, State, rejection::FormRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    article::PictureDigest,
    page::{CommentForm, Page, PublicReading, PublicSheet},
    public_page::PageToken,
};
use serde::Deserialize;

/// What a public page may load: its style, its typefaces and its pictures. It has no script.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";
/// What search engines are told (as they all understand it, though no standard says so).
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// Whether a comment has just been taken.
#[derive(Debug, Deserialize)]
pub struct Taken {
    #[serde(default)]
    taken: Option<String>,
}

/// The page.
pub async fn show(State(door): State<Door>, Part(token): Part, Query(query): Query<Taken>) -> Response {
    match reading(&door, &token).await {
        Ok((token, reading)) => {
            let form = CommentForm { taken: query.taken.is_some(), ..CommentForm::default() };
            page(&door, StatusCode::OK, token, reading, form).await
        }
        Err(refusal) => unlisted(show_refusal(&door, refusal).await),
    }
}

async fn reading(door: &Door, token: &str) -> Result<(PageToken, PublicReading), Refusal> {
    let token: PageToken = parsed(token, "page")?;
    let reading = publish::read(&door.house, &token).await?;
    Ok((token, reading))
}

async fn page(
    door: &Door,
    status: StatusCode,
    token: PageToken,
    reading: PublicReading,
    form: CommentForm,
) -> Response {
    let indexed = reading.terms.indexed;
    let house = &door.house;
    let form = reading.terms.comments.then(|| CommentForm {
        stamp: house.stamps.give(token.as_str(), clock::now()),
        checked_by: house.spam.as_ref().map(|spam| spam.name()),
        ..form
    });
    let sheet = PublicSheet { token, reading, form };
    let mut response = draw(door, status, None, Page::Public(Box::new(sheet))).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    if indexed { fresh(response) } else { unlisted(fresh(response)) }
}

/// What the form of a comment sends.
#[derive(Debug, Deserialize)]
pub struct Sent {
    name: String,
    words: String,
    #[serde(default)]
    stamp: String,
    #[serde(default)]
    website: String,
}

/// Takes a comment; or shows the page once more, with what was typed still in the form and what is wrong with it.
pub async fn comment(
    State(door): State<Door>,
    Part(token): Part,
    caller: Caller,
    headers: HeaderMap,
    form: Result<Form<Sent>, FormRejection>,
) -> Response {
    let sent = match form {
        Ok(Form(sent)) => sent,
        Err(rejection) => return unlisted(show_refusal(&door, unreadable(&rejection)).await),
    };
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default().to_owned();
    let typed = Typed {
        name: sent.name.clone(),
        words: sent.words.clone(),
        stamp: sent.stamp,
        trap: sent.website,
        address: caller.address,
        agent,
    };
    let written = async {
        let token: PageToken = parsed(&token, "page")?;
        comment_on::write(&door.house, &token, typed).await?;
        Ok::<_, Refusal>(token)
    };
    let refusal = match written.await {
        Ok(token) => return Redirect::to(&format!("/p/{}?taken=yes#write", token.as_str())).into_response(),
        Err(refusal) => refusal,
    };
    let is_typed = matches!(refusal.problem.kind, "invalid" | "too_many" | "conflict");
    match reading(&door, &token).await {
        Ok((token, reading)) if is_typed => {
            let (name, words, trouble) = (sent.name, sent.words, Some(refusal.problem.message));
            let form = CommentForm { name, words, trouble, ..CommentForm::default() };
            page(&door, refusal.status, token, reading, form).await
        }
        _ => unlisted(show_refusal(&door, refusal).await),
    }
}

/// Whoever kept the answer asks again before it is shown: a page that was closed is closed at once.
fn fresh(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// What no search engine lists.
fn unlisted(mut response: Response) -> Response {
    response.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
    response
}

/// A picture of it.
pub async fn picture(State(door): State<Door>, TwoParts(token, digest): TwoParts, asked: HeaderMap) -> Response {
    let shown = async {
        let (token, digest): (PageToken, PictureDigest) = (parsed(&token, "page")?, parsed(&digest, "picture")?);
        let picture = publish::picture(&door.house, &token, &digest).await?;
        Ok::<_, Refusal>((format!("\"{digest}\""), picture))
    };
    match shown.await {
        Ok((tag, picture)) => {
            // Its name is the digest of its bytes, so what a browser has under it is the same.
            let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
            let headers = [(header::CONTENT_TYPE, picture.form.media_type().to_owned()), (header::ETAG, tag)];
            let response = match known {
                true => (StatusCode::NOT_MODIFIED, headers).into_response(),
                false => (headers, picture.bytes).into_response(),
            };
            unlisted(fresh(response))
        }
        Err(refusal) => unlisted(show_refusal(&door, refusal).await),
    }
}

/// The bytes that were brought, where an editor wants them to be had.
pub async fn original(State(door): State<Door>, Part(token): Part) -> Response {
    let taken = async {
        let token: PageToken = parsed(&token, "page")?;
        Ok::<_, Refusal>(publish::original(&door.house, &token).await?)
    };
    match taken.await {
        Ok(taken) => unlisted(fresh(download(taken))),
        Err(refusal) => unlisted(show_refusal(&door, refusal).await),
    }
}
