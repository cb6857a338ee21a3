//! The readings of an article over JSON.

use crate::{
    actions::{Failure, compare_readings, export_notes, import_article::Brought, revise_article},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Asked, Body, On, numbered},
        pages::download,
    },
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    ask::ReviseArticle,
    event::Event,
    id::ArticleId,
    page::{Changes, History, Reading},
    permission::{Editor, Reader},
};
use serde::Deserialize;

/// The readings of an article, the newest first.
#[utoipa::path(get, path = "/api/v1/articles/{article}/revisions", tag = "articles", params(("article" = String, Path)),
    responses((status = 200, body = History), (status = 404, body = Problem)))]
pub async fn list(State(house): State<House>, on: On<ArticleId, Reader>) -> Result<Json<History>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    let history = store::page::history(&mut snapshot, on.by, on.id).await?;
    Ok(Json(history.ok_or(Failure::NotFound("article"))?))
}

/// Brings a newer reading of an article; its highlights are carried over.
#[utoipa::path(post, path = "/api/v1/articles/{article}/revisions", tag = "articles", params(("article" = String, Path)),
    request_body = ReviseArticle, responses((status = 201, body = Event), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn add(
    State(house): State<House>,
    on: On<ArticleId, Editor>,
    Body(ask): Body<ReviseArticle>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    let ReviseArticle { content, form, file_name } = ask;
    let brought = Brought { bytes: content.into_bytes(), form, file_name, ..Brought::default() };
    let (_, event) = revise_article::revise(&house, on.by, on.id, brought).await?;
    Ok((StatusCode::CREATED, Json(event)))
}

/// One reading of an article, with all that stands beside it.
#[utoipa::path(get, path = "/api/v1/articles/{article}/revisions/{number}", tag = "articles",
    params(("article" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = Reading), (status = 404, body = Problem)))]
pub async fn read(
    State(house): State<House>,
    on: On<ArticleId, Reader>,
    Path((_, number)): Path<(String, String)>,
) -> Result<Json<Reading>, Refusal> {
    let number = numbered(&number)?;
    let mut snapshot = house.store.snapshot().await?;
    let reading = store::page::reading(&mut snapshot, &house.store.detectors, on.by, on.id, Some(number)).await?;
    Ok(Json(reading.ok_or(Failure::NotFound("reading"))?))
}

/// With which reading one is compared.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// The number of an older reading; the one before when it is not said.
    pub from: Option<u32>,
}

/// What a reading changed since an older one.
#[utoipa::path(get, path = "/api/v1/articles/{article}/revisions/{number}/changes", tag = "articles",
    params(("article" = String, Path), ("number" = u32, Path), Since),
    responses((status = 200, body = Changes), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn changes(
    State(house): State<House>,
    on: On<ArticleId, Reader>,
    Path((_, number)): Path<(String, String)>,
    Asked(since): Asked<Since>,
) -> Result<Json<Changes>, Refusal> {
    let number = numbered(&number)?;
    Ok(Json(compare_readings::compare(&house, on.by, on.id, since.from, number).await?))
}

/// The bytes of a reading as they were brought.
#[utoipa::path(get, path = "/api/v1/articles/{article}/revisions/{number}/original", tag = "articles",
    params(("article" = String, Path), ("number" = u32, Path)),
    responses((status = 200, content((String = "text/plain"), (String = "text/html"), (String = "text/markdown"))),
        (status = 404, body = Problem)))]
pub async fn original(
    State(house): State<House>,
    on: On<ArticleId, Reader>,
    Path((_, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let number = numbered(&number)?;
    Ok(download(export_notes::original(&house, on.by, on.id, Some(number)).await?))
}
