//! The readings of an article: the list, the form that brings a newer one, an older one as it is read, and what each
//! changed.

use super::{add::add_form, brought::receive, draw, reader, trouble::for_member};
use crate::{
    actions::{Failure, compare_readings, revise_article},
    http::{
        error::Refusal,
        extract::{Asked, Here, Part, TwoParts, numbered, parsed},
        json::revisions::Since,
        state::Door,
    },
};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    id::ArticleId,
    page::{History, Page, RevisionsSheet},
    permission::{AtLeast, Editor, Member, Reader},
};

/// The list, and the form.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let history = history(&door, here.by, parsed(&article, "article")?).await?;
        let form = add_form(&door, String::new(), None);
        let sheet = RevisionsSheet { history, form };
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Revisions(Box::new(sheet))).await)
    })
    .await
}

async fn history<L: AtLeast>(door: &Door, by: Member<L>, id: ArticleId) -> Result<History, Refusal> {
    let by = by.at_least::<Reader>().map_err(Failure::from)?;
    let mut snapshot = door.house.store.snapshot().await?;
    Ok(store::page::history(&mut snapshot, by, id).await?.ok_or(Failure::NotFound("article"))?)
}

/// Takes a newer reading and shows what it changed; or shows the form once more, with what was pasted still in it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Editor>, Refusal>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let id = parsed(&article, "article")?;
        let most_bytes = door.house.config.max_article_bytes;
        let (text, sent) = receive(form, most_bytes).await;
        let outcome = async { Ok::<_, Refusal>(revise_article::revise(&door.house, here.by, id, sent?.one()?).await?) };
        match outcome.await {
            Ok((line, _)) => {
                let number = line.number;
                Ok(Redirect::to(&format!("/articles/{id}/revisions/{number}/changes")).into_response())
            }
            Err(refusal) if refusal.status.is_server_error() => Err(refusal.into()),
            Err(refusal) => {
                let history = history(&door, here.by, id).await?;
                let form = add_form(&door, text, Some(refusal.problem.message));
                let sheet = RevisionsSheet { history, form };
                Ok(draw(&door, refusal.status, Some(here.visitor), Page::Revisions(Box::new(sheet))).await)
            }
        }
    })
    .await
}

/// One reading with its margin.
pub async fn read(
    State(door): State<Door>,
    uri: Uri,
    TwoParts(article, number): TwoParts,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let (id, number) = (parsed(&article, "article")?, numbered(&number)?);
        reader::open(&door, here, id, Some(number)).await
    })
    .await
}

/// What one reading changed.
pub async fn changes(
    State(door): State<Door>,
    uri: Uri,
    TwoParts(article, number): TwoParts,
    who: Result<Here<Reader>, Refusal>,
    since: Result<Asked<Since>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let (id, number) = (parsed(&article, "article")?, numbered(&number)?);
        let Asked(since) = since?;
        let changes = compare_readings::compare(&door.house, here.by, id, since.from, number).await?;
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Changes(Box::new(changes))).await)
    })
    .await
}
