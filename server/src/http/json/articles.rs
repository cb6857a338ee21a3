//! Articles over JSON.

use crate::{
    actions::{decide_source, export_notes, import_article, review_repair},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Here, On},
        pages::download,
    },
};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use domain::{
    article::Article,
    ask::{AddArticle, RenameArticle, ReviewRepair, TagSource},
    event::Event,
    id::ArticleId,
    page::{Library, Reading},
    permission::{Annotator, Editor, Reader},
};

/// The group's articles, the newest first.
#[utoipa::path(get, path = "/api/v1/articles", tag = "articles", responses((status = 200, body = Library), (status = 401, body = Problem)))]
pub async fn list(State(house): State<House>, here: Here<Reader>) -> Result<Json<Library>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(Json(store::page::library(&mut snapshot, here.by).await?))
}

/// Brings an article: text, HTML or Markdown.
#[utoipa::path(post, path = "/api/v1/articles", tag = "articles", request_body = AddArticle,
    responses((status = 201, body = Article), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn add(
    State(house): State<House>,
    here: Here<Editor>,
    Body(ask): Body<AddArticle>,
) -> Result<(StatusCode, Json<Article>), Refusal> {
    let AddArticle { content, form, file_name, title } = ask;
    let brought = import_article::Brought { bytes: content.into_bytes(), form, file_name, title };
    let (article, _) = import_article::import(&house, here.by, brought).await?;
    Ok((StatusCode::CREATED, Json(article)))
}

/// An article as it is read, with all that stands beside it.
#[utoipa::path(get, path = "/api/v1/articles/{article}", tag = "articles", params(("article" = String, Path)),
    responses((status = 200, body = Reading), (status = 404, body = Problem)))]
pub async fn read(State(house): State<House>, on: On<ArticleId, Reader>) -> Result<Json<Reading>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    let reading = store::page::reading(&mut snapshot, &house.store.detectors, on.by, on.id, None).await?;
    Ok(Json(reading.ok_or(crate::actions::Failure::NotFound("article"))?))
}

/// Gives an article another title.
#[utoipa::path(patch, path = "/api/v1/articles/{article}", tag = "articles", params(("article" = String, Path)),
    request_body = RenameArticle, responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn rename(
    State(house): State<House>,
    on: On<ArticleId, Editor>,
    Body(ask): Body<RenameArticle>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(import_article::rename(&house, on.by, on.id, ask).await?))
}

/// The notes of an article as Markdown.
#[utoipa::path(get, path = "/api/v1/articles/{article}/notes.md", tag = "articles", params(("article" = String, Path)),
    responses((status = 200, body = String, content_type = "text/markdown"), (status = 404, body = Problem)))]
pub async fn notes(State(house): State<House>, on: On<ArticleId, Reader>) -> Result<Response, Refusal> {
    Ok(download(export_notes::markdown(&house, on.by, on.id).await?))
}

/// The bytes of an article as they were brought.
#[utoipa::path(get, path = "/api/v1/articles/{article}/original", tag = "articles", params(("article" = String, Path)),
    responses((status = 200, content((String = "text/plain"), (String = "text/html"), (String = "text/markdown"))),
        (status = 404, body = Problem)))]
pub async fn original(State(house): State<House>, on: On<ArticleId, Reader>) -> Result<Response, Refusal> {
    Ok(download(export_notes::original(&house, on.by, on.id, None).await?))
}

/// Undoes a repair, or does it again.
#[utoipa::path(put, path = "/api/v1/articles/{article}/repairs", tag = "articles", params(("article" = String, Path)),
    request_body = ReviewRepair, responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn review(
    State(house): State<House>,
    on: On<ArticleId, Annotator>,
    Body(ask): Body<ReviewRepair>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(review_repair::review(&house, on.by, on.id, ask).await?))
}

/// Answers whether an article rests on a source.
#[utoipa::path(put, path = "/api/v1/articles/{article}/sources", tag = "articles", params(("article" = String, Path)),
    request_body = TagSource, responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn tag(
    State(house): State<House>,
    on: On<ArticleId, Annotator>,
    Body(ask): Body<TagSource>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(decide_source::tag(&house, on.by, on.id, ask).await?))
}
