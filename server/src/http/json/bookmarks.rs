//! Where a person has got to in an article, over JSON.

use crate::{
    actions::keep_bookmark,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, On},
    },
};
use axum::{extract::State, http::StatusCode};
use domain::{ask::KeepBookmark, id::ArticleId, permission::Reader};

/// Keeps where one has got to in an article. What is kept stands in the article's reading, for oneself alone.
#[utoipa::path(put, path = "/api/v1/articles/{article}/bookmark", tag = "articles", params(("article" = String, Path)),
    request_body = KeepBookmark, responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub async fn keep(
    State(house): State<House>,
    on: On<ArticleId, Reader>,
    Body(ask): Body<KeepBookmark>,
) -> Result<StatusCode, Refusal> {
    keep_bookmark::keep(&house, on.by, on.id, ask).await?;
    Ok(StatusCode::NO_CONTENT)
}
