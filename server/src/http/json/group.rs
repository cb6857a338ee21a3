//! A group's sources, colours and events over JSON.

use crate::{
    actions::keep_source,
    config::MAX_EVENTS_PER_REQUEST,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Asked, Body, Here, Part, Within, parsed},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    ask::KeepSource,
    event::Event,
    group::Palette,
    page::SourceList,
    permission::{Editor, Reader},
};
use serde::Deserialize;

/// The group's sources, by name.
#[utoipa::path(get, path = "/api/v1/sources", tag = "group", params(Within), responses((status = 200, body = SourceList)))]
pub async fn sources(State(house): State<House>, here: Here<Reader>) -> Result<Json<SourceList>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(Json(store::page::sources(&mut snapshot, here.by).await?))
}

/// Adds a source to the group's list.
#[utoipa::path(post, path = "/api/v1/sources", tag = "group", params(Within), request_body = KeepSource,
    responses((status = 201, body = Event), (status = 422, body = Problem)))]
pub async fn add_source(
    State(house): State<House>,
    here: Here<Editor>,
    Body(ask): Body<KeepSource>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    Ok((StatusCode::CREATED, Json(keep_source::add(&house, here.by, ask).await?)))
}

/// Changes a source.
#[utoipa::path(put, path = "/api/v1/sources/{source}", tag = "group", params(("source" = String, Path), Within),
    request_body = KeepSource, responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn edit_source(
    State(house): State<House>,
    here: Here<Editor>,
    Part(source): Part,
    Body(ask): Body<KeepSource>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(keep_source::edit(&house, here.by, parsed(&source, "source")?, ask).await?))
}

/// Takes a source off the group's list; what was said of it in claims stays.
#[utoipa::path(delete, path = "/api/v1/sources/{source}", tag = "group", params(("source" = String, Path), Within),
    responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn remove_source(
    State(house): State<House>,
    here: Here<Editor>,
    Part(source): Part,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(keep_source::remove(&house, here.by, parsed(&source, "source")?).await?))
}

/// Says what the colours mean.
#[utoipa::path(put, path = "/api/v1/colours", tag = "group", params(Within), request_body = Palette, responses((status = 200, body = Event)))]
pub async fn name_colours(
    State(house): State<House>,
    here: Here<Editor>,
    Body(palette): Body<Palette>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(crate::actions::name_colours::name(&house, here.by, palette).await?))
}

/// Which events are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// Only those after this number; 0 for all.
    #[serde(default)]
    after: u64,
    /// Read by [`Here`].
    #[serde(default, rename = "group")]
    #[param(ignore)]
    _group: Option<String>,
}

/// What happened in the group after a number, in order; a thousand at the most.
#[utoipa::path(get, path = "/api/v1/events", tag = "group", params(Since, Within), responses((status = 200, body = Vec<Event>)))]
pub async fn events(
    State(house): State<House>,
    here: Here<Reader>,
    Asked(since): Asked<Since>,
) -> Result<Json<Vec<Event>>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    let (group, person) = (here.by.group(), here.by.person());
    Ok(Json(store::event::after(&mut snapshot, group, person, since.after, MAX_EVENTS_PER_REQUEST).await?))
}
