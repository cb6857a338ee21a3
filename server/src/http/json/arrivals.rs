//! What is on its way, over JSON.

use crate::{
    actions::{
        bring_arrivals::{self, BroughtArrivals},
        settle_arrival,
    },
    config::MAX_ARRIVALS_SHOWN,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Asked, Body, Here, On, Within},
    },
};
use axum::{Json, body::Bytes, extract::State, http::StatusCode};
use domain::{
    arrival::Arrivals,
    ask::BringLinks,
    event::Event,
    id::ArrivalId,
    permission::{Editor, Member, Reader},
};
use serde::Deserialize;

/// What is on its way and what has come of what was: what waits first, then the newest.
#[utoipa::path(get, path = "/api/v1/arrivals", tag = "arrivals", params(Within), responses((status = 200, body = Arrivals), (status = 401, body = Problem)))]
pub async fn list(State(house): State<House>, here: Here<Reader>) -> Result<Json<Arrivals>, Refusal> {
    Ok(Json(shown(&house, here.by).await?))
}

/// The list with how far each is right now.
pub async fn shown(house: &House, by: Member<Reader>) -> Result<Arrivals, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    let mut arrivals = store::page::arrivals(&mut snapshot, by, MAX_ARRIVALS_SHOWN).await?;
    house.hands.say_phases(&mut arrivals.rows);
    Ok(arrivals)
}

/// Brings links: the server fetches each, one after another.
#[utoipa::path(post, path = "/api/v1/arrivals", tag = "arrivals", params(Within), request_body = BringLinks,
    responses((status = 201, body = BroughtArrivals), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn bring(
    State(house): State<House>,
    here: Here<Editor>,
    Body(ask): Body<BringLinks>,
) -> Result<(StatusCode, Json<BroughtArrivals>), Refusal> {
    let brought = bring_arrivals::links(&house, here.by, &ask.links).await?;
    Ok((StatusCode::CREATED, Json(brought)))
}

/// What a file is called.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name, with its ending.
    pub name: String,
    /// Read by [`Here`].
    #[serde(default, rename = "group")]
    #[param(ignore)]
    _group: Option<String>,
}

/// Brings a file, its bytes as the body: an article in any form that Postil reads, or the export of another tool.
#[utoipa::path(post, path = "/api/v1/arrivals/file", tag = "arrivals", params(Named, Within),
    request_body(content = [u8], content_type = "application/octet-stream"),
    responses((status = 201, body = BroughtArrivals), (status = 409, body = Problem), (status = 413, body = Problem),
        (status = 422, body = Problem)))]
pub async fn bring_file(
    State(house): State<House>,
    here: Here<Editor>,
    Asked(named): Asked<Named>,
    bytes: Bytes,
) -> Result<(StatusCode, Json<BroughtArrivals>), Refusal> {
    let files = vec![(Some(named.name), bytes.to_vec())];
    Ok((StatusCode::CREATED, Json(bring_arrivals::files(&house, here.by, files).await?)))
}

/// Calls an arrival off.
#[utoipa::path(delete, path = "/api/v1/arrivals/{arrival}", tag = "arrivals", params(("arrival" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn cancel(State(house): State<House>, on: On<ArrivalId, Editor>) -> Result<Json<Event>, Refusal> {
    Ok(Json(settle_arrival::cancel(&house, on.by, on.id).await?))
}

/// Tries an arrival again that failed or was called off.
#[utoipa::path(post, path = "/api/v1/arrivals/{arrival}/again", tag = "arrivals", params(("arrival" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn again(State(house): State<House>, on: On<ArrivalId, Editor>) -> Result<Json<Event>, Refusal> {
    Ok(Json(settle_arrival::retry(&house, on.by, on.id).await?))
}

/// Calls off all that wait.
#[utoipa::path(post, path = "/api/v1/arrivals/cancel", tag = "arrivals", params(Within), responses((status = 200, body = Event)))]
pub async fn cancel_all(State(house): State<House>, here: Here<Editor>) -> Result<Json<Event>, Refusal> {
    Ok(Json(settle_arrival::cancel_all(&house, here.by).await?))
}

/// Takes what is settled off the list. The articles stay.
#[utoipa::path(post, path = "/api/v1/arrivals/clear", tag = "arrivals", params(Within), responses((status = 200, body = Event)))]
pub async fn clear(State(house): State<House>, here: Here<Editor>) -> Result<Json<Event>, Refusal> {
    Ok(Json(settle_arrival::clear(&house, here.by).await?))
}
