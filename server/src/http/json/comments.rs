//! Comments from outside over JSON, for editors. People from outside write by the form of the public page.

use crate::{
    actions::decide_comment,
    config::MAX_COMMENTS_SHOWN,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Here, On},
    },
};
use axum::{Json, extract::State};
use domain::{ask::DecideComment, comment::CommentQueue, event::Event, id::CommentId, permission::Editor};

/// The comments of the group: those that wait come first.
#[utoipa::path(get, path = "/api/v1/comments", tag = "public",
    responses((status = 200, body = CommentQueue), (status = 403, body = Problem)))]
pub async fn list(State(house): State<House>, here: Here<Editor>) -> Result<Json<CommentQueue>, Refusal> {
    Ok(Json(decide_comment::queue(&house, here.by, MAX_COMMENTS_SHOWN).await?))
}

/// Decides on a comment: `approved`, `refused` or `spam`.
#[utoipa::path(put, path = "/api/v1/comments/{comment}", tag = "public", params(("comment" = String, Path)),
    request_body = DecideComment, responses((status = 200, body = Event), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn decide(
    State(house): State<House>,
    on: On<CommentId, Editor>,
    Body(ask): Body<DecideComment>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(decide_comment::decide(&house, on.by, on.id, ask.state).await?))
}
