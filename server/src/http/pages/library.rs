//! The group's articles.

use super::{draw, trouble::for_member};
use crate::http::{error::Refusal, extract::Here, state::Door};
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use domain::{page::Page, permission::Reader};

/// The list.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let mut snapshot = door.house.store.snapshot().await?;
        let library = store::page::library(&mut snapshot, here.by).await?;
        drop(snapshot);
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Library(library)).await)
    })
    .await
}
