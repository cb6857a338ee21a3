//! An article as it is read, and what is taken away from it.

use super::{Answer, download, draw, trouble::for_member};
use crate::{
    actions::{
        Failure,
        export_notes::{self, Taken},
        keep_picture,
    },
    house::House,
    http::{
        error::Refusal,
        extract::{Here, Part, TwoParts, parsed},
        state::Door,
    },
};
use axum::{
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use domain::{
    id::ArticleId,
    page::{Page, Reading},
    permission::{Member, Reader},
};

/// The article with its margin.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| open(&door, here, parsed(&article, "article")?, None).await).await
}

/// The article in the reading of this number, the latest when none is said, with its margin.
pub(super) async fn open(door: &Door, here: Here<Reader>, id: ArticleId, number: Option<u32>) -> Answer {
    let reading = reading(door, here.by, id, number).await?;
    Ok(draw(door, StatusCode::OK, Some(here.visitor), Page::Reader(Box::new(reading))).await)
}

/// The same, to be shown.
pub(super) async fn reading(
    door: &Door,
    by: Member<Reader>,
    id: ArticleId,
    number: Option<u32>,
) -> Result<Reading, Refusal> {
    let mut snapshot = door.house.store.snapshot().await?;
    let reading = store::page::reading(&mut snapshot, &door.house.store.detectors, by, id, number).await?;
    Ok(reading.ok_or(Failure::NotFound(number.map_or("article", |_| "reading")))?)
}

/// Its notes as a file.
pub async fn notes(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    file(&door, &uri, &article, who, export_notes::markdown).await
}

/// Its original bytes as a file: never shown as a page.
pub async fn original(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    let latest = async |house: &House, by, id| export_notes::original(house, by, id, None).await;
    file(&door, &uri, &article, who, latest).await
}

/// A picture of it. What it shows never changes under its name, so a browser may keep it.
pub async fn picture(
    State(door): State<Door>,
    uri: Uri,
    TwoParts(article, digest): TwoParts,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let (article, digest) = (parsed(&article, "article")?, parsed(&digest, "picture")?);
        let picture = keep_picture::show(&door.house, here.by, article, &digest).await?;
        let headers = [
            (header::CONTENT_TYPE, picture.form.media_type()),
            (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
        ];
        Ok((headers, picture.bytes).into_response())
    })
    .await
}

/// What is taken away from an article, once it is known who asks.
async fn file(
    door: &Door,
    uri: &Uri,
    article: &str,
    who: Result<Here<Reader>, Refusal>,
    take: impl AsyncFnOnce(&House, Member<Reader>, ArticleId) -> Result<Taken, Failure>,
) -> Response {
    for_member(door, uri, who, async |here| {
        let id = parsed(article, "article")?;
        Ok(download(take(&door.house, here.by, id).await?))
    })
    .await
}
