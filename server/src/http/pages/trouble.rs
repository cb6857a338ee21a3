//! What a page says when it is not there, or not for this person.

use super::draw;
use crate::{
    actions::sign_up,
    http::{
        error::Refusal,
        extract::{self, Here},
        state::Door,
    },
};
use axum::{
    extract::{FromRequestParts, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    page::{Page, Trouble},
    permission::{AtLeast, Reader},
};

/// A refusal on its way to somebody who looks at a page.
#[derive(Debug)]
pub struct PageRefusal(pub Refusal);

impl From<crate::actions::Failure> for PageRefusal {
    fn from(failure: crate::actions::Failure) -> Self {
        Self(failure.into())
    }
}

impl From<store::Error> for PageRefusal {
    fn from(error: store::Error) -> Self {
        Self(error.into())
    }
}

/// Where there is no drawing hand in reach, the words alone still say what is wrong.
impl IntoResponse for PageRefusal {
    fn into_response(self) -> Response {
        (self.0.status, self.0.problem.message).into_response()
    }
}

/// Runs a page's own part for somebody who is at least an `L`: those who are not signed in are shown where to, and
/// what goes wrong is drawn as a page.
pub async fn for_member<L: AtLeast, F>(door: &Door, uri: &Uri, who: Result<Here<L>, Refusal>, page: F) -> Response
where
    F: AsyncFnOnce(Here<L>) -> super::Answer,
{
    let here = match who {
        Ok(here) => here,
        Err(refusal) if extract::wants_sign_in(&refusal) => return to_sign_in(door, uri).await,
        Err(mut refusal) => {
            let visitor = refusal.visitor.take().map(|visitor| *visitor);
            return show(door, visitor, refusal).await;
        }
    };
    let visitor = here.visitor.clone();
    match page(here).await {
        Ok(response) => response,
        Err(PageRefusal(refusal)) => show(door, Some(visitor), refusal).await,
    }
}

/// To the form that lets one in, and back afterwards.
pub(super) async fn to_sign_in(door: &Door, uri: &Uri) -> Response {
    match sign_up::is_first_visit(&door.house).await {
        Ok(true) => Redirect::to("/welcome").into_response(),
        Ok(false) => {
            let back = uri.path_and_query().map_or("/", |path| path.as_str());
            let back = if back == "/" { String::new() } else { format!("?next={}", encode(back)) };
            Redirect::to(&format!("/sign-in{back}")).into_response()
        }
        Err(failure) => show(door, None, failure.into()).await,
    }
}

pub(super) fn encode(path: &str) -> String {
    path.bytes().map(|byte| if byte == b'/' { "/".to_owned() } else { super::percent(byte) }).collect()
}

/// A refusal as a page for somebody of whom nothing is known.
pub async fn show_refusal(door: &Door, refusal: Refusal) -> Response {
    show(door, None, refusal).await
}

pub(super) async fn show(door: &Door, visitor: Option<domain::page::Visitor>, refusal: Refusal) -> Response {
    let page = Page::Trouble(Trouble { status: refusal.status.as_u16(), message: refusal.problem.message });
    draw(door, refusal.status, visitor, page).await
}

/// An address that does not know this method.
pub async fn no_such_method(State(door): State<Door>, uri: Uri) -> Response {
    let message = "This address does not take that kind of request.";
    let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "no_such_method", message);
    if uri.path().starts_with("/api/") {
        return refusal.into_response();
    }
    show(&door, None, refusal).await
}

/// An address that names nothing.
pub async fn missing(State(door): State<Door>, uri: Uri, request: axum::extract::Request) -> Response {
    let refusal = Refusal::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address.");
    if uri.path().starts_with("/api/") {
        return refusal.into_response();
    }
    let (mut parts, _) = request.into_parts();
    let visitor = Here::<Reader>::from_request_parts(&mut parts, &door).await.ok().map(|here| here.visitor);
    show(&door, visitor, refusal).await
}
