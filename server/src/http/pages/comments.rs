//! The comments that editors decide on: a list with plain forms.

use super::{draw, trouble::for_member, unreadable};
use crate::{
    actions::{Failure, decide_comment},
    config::MAX_COMMENTS_SHOWN,
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::CommentId, page::Page, permission::Editor};
use serde::Deserialize;

/// The list.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Editor>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let queue = decide_comment::queue(&door.house, here.by, MAX_COMMENTS_SHOWN).await?;
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Comments(queue)).await)
    })
    .await
}

/// The form beside a comment.
#[derive(Debug, Deserialize)]
pub struct Decided {
    state: String,
}

/// Takes a decision. One that somebody else took meanwhile shows in the list.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    Part(comment): Part,
    who: Result<Here<Editor>, Refusal>,
    form: Result<Form<Decided>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Decided { state }) = form.map_err(|rejection| unreadable(&rejection))?;
        let id: CommentId = parsed(&comment, "comment")?;
        match decide_comment::decide(&door.house, here.by, id, parsed(&state, "decision")?).await {
            Ok(_) | Err(Failure::Conflict(_)) => Ok(Redirect::to("/comments").into_response()),
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}
