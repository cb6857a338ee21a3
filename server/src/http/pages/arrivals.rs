//! What is on its way into the library.

use super::{Answer, draw, trouble::for_member};
use crate::{
    actions::settle_arrival,
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
        json::arrivals::shown,
        state::Door,
    },
};
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    page::Page,
    permission::{Editor, Reader},
};

/// The list.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let arrivals = shown(&door.house, here.by).await.map_err(super::trouble::PageRefusal)?;
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Arrivals(arrivals)).await)
    })
    .await
}

/// Calls one off.
pub async fn cancel(
    State(door): State<Door>,
    uri: Uri,
    Part(arrival): Part,
    who: Result<Here<Editor>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        settle_arrival::cancel(&door.house, here.by, parsed(&arrival, "arrival")?).await?;
        back()
    })
    .await
}

/// Tries one again.
pub async fn again(
    State(door): State<Door>,
    uri: Uri,
    Part(arrival): Part,
    who: Result<Here<Editor>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        settle_arrival::retry(&door.house, here.by, parsed(&arrival, "arrival")?).await?;
        back()
    })
    .await
}

/// Calls off all that wait.
pub async fn cancel_all(State(door): State<Door>, uri: Uri, who: Result<Here<Editor>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        settle_arrival::cancel_all(&door.house, here.by).await?;
        back()
    })
    .await
}

/// Takes what is settled off the list.
pub async fn clear(State(door): State<Door>, uri: Uri, who: Result<Here<Editor>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        settle_arrival::clear(&door.house, here.by).await?;
        back()
    })
    .await
}

fn back() -> Answer {
    Ok(Redirect::to("/arrivals").into_response())
}
