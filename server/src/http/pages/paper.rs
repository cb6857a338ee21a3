//! An article as it is printed.

use super::{Answer, draw, reader, trouble::for_member};
use crate::{
    clock,
    http::{
        error::Refusal,
        extract::{Asked, Here, Part, TwoParts, numbered, parsed},
        state::Door,
    },
};
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use domain::{
    id::ArticleId,
    page::{Page, PaperSheet},
    permission::Reader,
};
use serde::Deserialize;

/// What is printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printed {
    /// Also what only who prints it sees.
    #[serde(default)]
    mine: bool,
}

/// In its latest reading.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Reader>, Refusal>,
    printed: Result<Asked<Printed>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| open(&door, here, parsed(&article, "article")?, None, printed?.0).await)
        .await
}

/// In one of its readings.
pub async fn read(
    State(door): State<Door>,
    uri: Uri,
    TwoParts(article, number): TwoParts,
    who: Result<Here<Reader>, Refusal>,
    printed: Result<Asked<Printed>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let (id, number) = (parsed(&article, "article")?, numbered(&number)?);
        open(&door, here, id, Some(number), printed?.0).await
    })
    .await
}

async fn open(door: &Door, here: Here<Reader>, id: ArticleId, number: Option<u32>, printed: Printed) -> Answer {
    let reading = reader::reading(door, here.by, id, number).await?;
    let sheet = PaperSheet { reading, mine: printed.mine, now: clock::now() };
    Ok(draw(door, StatusCode::OK, Some(here.visitor), Page::Paper(Box::new(sheet))).await)
}
