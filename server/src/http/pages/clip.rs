//! A page as a person's own browser shows it, sent by the bookmarklet.

use super::{brought::receive, draw, trouble::for_member};
use crate::{
    actions::take_in,
    http::{error::Refusal, extract::Here, state::Door},
};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    page::{ClipForm, Page},
    permission::Editor,
};

fn form(door: &Door, trouble: Option<String>) -> ClipForm {
    let config = &door.house.config;
    ClipForm { public_url: config.public_url.clone(), trouble, most_bytes: config.max_fetch_bytes }
}

/// The bookmarklet, and the form that it fills in.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Editor>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Clip(form(&door, None))).await)
    })
    .await
}

/// Takes the page and opens its article.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Editor>, Refusal>,
    sent: Result<Multipart, MultipartRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let outcome = async {
            let brought = receive(sent, door.house.config.max_fetch_bytes).await.1?.page()?;
            Ok::<_, Refusal>(take_in::take_in(&door.house, here.by, brought, None).await?)
        };
        match outcome.await {
            Ok(state) => {
                let article = state.article().map_or("/".to_owned(), |article| format!("/articles/{article}"));
                Ok(Redirect::to(&article).into_response())
            }
            Err(refusal) if refusal.status.is_server_error() => Err(refusal.into()),
            Err(refusal) => {
                let form = form(&door, Some(refusal.problem.message));
                Ok(draw(&door, refusal.status, Some(here.visitor), Page::Clip(form)).await)
            }
        }
    })
    .await
}
