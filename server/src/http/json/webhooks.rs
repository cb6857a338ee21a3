//! Addresses that are told what happens, over JSON.

use crate::{
    actions::add_webhook,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Here, On},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{ask::AddWebhook, event::Event, id::WebhookId, permission::Owner, webhook::WebhookList};

/// The webhooks of the group, with the secrets that their messages are signed with.
#[utoipa::path(get, path = "/api/v1/webhooks", tag = "group",
    responses((status = 200, body = WebhookList), (status = 403, body = Problem)))]
pub async fn list(State(house): State<House>, here: Here<Owner>) -> Result<Json<WebhookList>, Refusal> {
    Ok(Json(add_webhook::list(&house, here.by).await?))
}

/// Tells an address what happens: each event is posted there, signed as Standard Webhooks has it.
#[utoipa::path(post, path = "/api/v1/webhooks", tag = "group", request_body = AddWebhook,
    responses((status = 201, body = Event), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn add(
    State(house): State<House>,
    here: Here<Owner>,
    Body(ask): Body<AddWebhook>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    Ok((StatusCode::CREATED, Json(add_webhook::add(&house, here.by, &ask.address, ask.wants).await?)))
}

/// Stops telling it.
#[utoipa::path(delete, path = "/api/v1/webhooks/{webhook}", tag = "group", params(("webhook" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn remove(State(house): State<House>, on: On<WebhookId, Owner>) -> Result<Json<Event>, Refusal> {
    Ok(Json(add_webhook::remove(&house, on.by, on.id).await?))
}

/// Tries one again at once that did not take its last message.
#[utoipa::path(post, path = "/api/v1/webhooks/{webhook}/again", tag = "group", params(("webhook" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn again(State(house): State<House>, on: On<WebhookId, Owner>) -> Result<Json<Event>, Refusal> {
    Ok(Json(add_webhook::again(&house, on.by, on.id).await?))
}
