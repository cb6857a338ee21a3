//! Public pages over JSON: their settings for editors, and what they show for whoever has the address.

use crate::{
    actions::publish,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, On, Part, parsed},
    },
};
use axum::{Json, extract::State};
use domain::{
    event::Event,
    id::ArticleId,
    page::PublicReading,
    permission::Editor,
    public_page::{PageTerms, PublicPage},
};

/// The public page of an article: its settings, and what opens it. Its address is `/p/` and the token.
#[utoipa::path(get, path = "/api/v1/articles/{article}/public", tag = "public", params(("article" = String, Path)),
    responses((status = 200, body = PublicPage), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn settings(State(house): State<House>, on: On<ArticleId, Editor>) -> Result<Json<PublicPage>, Refusal> {
    Ok(Json(publish::settings(&house, on.by, on.id).await?))
}

/// Says what the public page does, and opens it when it is closed.
#[utoipa::path(put, path = "/api/v1/articles/{article}/public", tag = "public", params(("article" = String, Path)),
    request_body = PageTerms, responses((status = 200, body = Event), (status = 403, body = Problem),
        (status = 409, body = Problem)))]
pub async fn open(
    State(house): State<House>,
    on: On<ArticleId, Editor>,
    Body(terms): Body<PageTerms>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(publish::open(&house, on.by, on.id, terms).await?))
}

/// Gives the public page another address; the one before it leads nowhere from then on.
#[utoipa::path(post, path = "/api/v1/articles/{article}/public/renew", tag = "public", params(("article" = String, Path)),
    responses((status = 200, body = Event), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn renew(State(house): State<House>, on: On<ArticleId, Editor>) -> Result<Json<Event>, Refusal> {
    Ok(Json(publish::renew(&house, on.by, on.id).await?))
}

/// Closes the public page.
#[utoipa::path(delete, path = "/api/v1/articles/{article}/public", tag = "public", params(("article" = String, Path)),
    responses((status = 200, body = Event), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn close(State(house): State<House>, on: On<ArticleId, Editor>) -> Result<Json<Event>, Refusal> {
    Ok(Json(publish::close(&house, on.by, on.id).await?))
}

/// What a public page shows. Whoever has the token reads it, without a sign-in.
#[utoipa::path(get, path = "/api/v1/p/{token}", tag = "public", params(("token" = String, Path)),
    responses((status = 200, body = PublicReading), (status = 404, body = Problem)))]
pub async fn read(State(house): State<House>, Part(token): Part) -> Result<Json<PublicReading>, Refusal> {
    Ok(Json(publish::read(&house, &parsed(&token, "page")?).await?))
}
