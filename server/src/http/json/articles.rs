//! Articles over JSON.

use crate::{
    actions::{
        Failure, decide_source, export_notes,
        import_article::{self, Brought},
        review_repair, take_in,
    },
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Here, On, Within},
        pages::download,
    },
};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use domain::{
    arrival::ArrivalState,
    article::{Article, ArticleAddress},
    ask::{AddArticle, RenameArticle, ReviewRepair, TagSource},
    event::Event,
    id::ArticleId,
    page::{Library, Reading},
    permission::{Annotator, Editor, Reader},
};

/// The group's articles, the newest first.
#[utoipa::path(get, path = "/api/v1/articles", tag = "articles", params(Within), responses((status = 200, body = Library), (status = 401, body = Problem)))]
pub async fn list(State(house): State<House>, here: Here<Reader>) -> Result<Json<Library>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(Json(store::page::library(&mut snapshot, here.by).await?))
}

/// Brings an article: text, HTML or Markdown. One that is kept under its address already gets a newer reading when the text
/// has changed; then, and when it has not, the answer is 200.
#[utoipa::path(post, path = "/api/v1/articles", tag = "articles", params(Within), request_body = AddArticle,
    responses((status = 200, body = Article), (status = 201, body = Article), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn add(
    State(house): State<House>,
    here: Here<Editor>,
    Body(ask): Body<AddArticle>,
) -> Result<(StatusCode, Json<Article>), Refusal> {
    let AddArticle { content, form, file_name, title, address, selected } = ask;
    let address = address.map(|address| ArticleAddress::parse(address.as_str())).transpose();
    let address = address.map_err(|error| Failure::Invalid(error.to_string()))?;
    let bytes = content.into_bytes();
    let brought = Brought { bytes, form, file_name, title, address, selected, ..Brought::default() };
    if brought.address.is_none() {
        let (article, _) = import_article::import(&house, here.by, brought).await?;
        return Ok((StatusCode::CREATED, Json(article)));
    }
    let state = take_in::take_in(&house, here.by, brought, None).await?;
    let missing = || Failure::NotFound("article");
    let id = state.article().ok_or_else(missing)?;
    let mut snapshot = house.store.snapshot().await?;
    let article = store::article::get(&mut snapshot, here.by.group(), id).await?.ok_or_else(missing)?;
    let is_new = matches!(state, ArrivalState::Kept { .. });
    Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, Json(article)))
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
