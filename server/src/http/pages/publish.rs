//! The public page of an article as its editors set it: a plain form.

use super::{Answer, draw, trouble::for_member, unreadable};
use crate::{
    actions::{Failure, publish},
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    id::ArticleId,
    page::{Page, PublishSheet},
    permission::{Editor, Member},
    public_page::PageTerms,
};
use serde::Deserialize;

/// The form.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Editor>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let sheet = sheet(&door, here.by, parsed(&article, "article")?).await?;
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Publish(Box::new(sheet))).await)
    })
    .await
}

async fn sheet(door: &Door, by: Member<Editor>, id: ArticleId) -> Result<PublishSheet, Refusal> {
    let mut snapshot = door.house.store.snapshot().await?;
    let missing = || Failure::NotFound("article");
    let article = store::article::get(&mut snapshot, by.group(), id).await?.ok_or_else(missing)?;
    drop(snapshot);
    let page = publish::settings(&door.house, by, id).await?;
    let address = page.token.as_ref().map(|token| format!("{}/p/{}", door.house.config.public_url, token.as_str()));
    Ok(PublishSheet { article, page, address })
}

/// What the form says: a box that is not ticked is not sent.
#[derive(Debug, Deserialize)]
pub struct Ticked {
    indexed: Option<String>,
    original: Option<String>,
    comments: Option<String>,
}

/// Opens the page, or changes what it does.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Editor>, Refusal>,
    form: Result<Form<Ticked>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(ticked) = form.map_err(|rejection| unreadable(&rejection))?;
        let terms = PageTerms {
            indexed: ticked.indexed.is_some(),
            original: ticked.original.is_some(),
            comments: ticked.comments.is_some(),
        };
        let id = parsed(&article, "article")?;
        back(id, publish::open(&door.house, here.by, id, terms).await)
    })
    .await
}

/// Gives the page another address.
pub async fn renew(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Editor>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let id = parsed(&article, "article")?;
        back(id, publish::renew(&door.house, here.by, id).await)
    })
    .await
}

/// Closes the page.
pub async fn close(
    State(door): State<Door>,
    uri: Uri,
    Part(article): Part,
    who: Result<Here<Editor>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let id = parsed(&article, "article")?;
        back(id, publish::close(&door.house, here.by, id).await)
    })
    .await
}

/// To the form, which shows how it is now. What is so already needs no words.
fn back<T>(id: ArticleId, done: Result<T, Failure>) -> Answer {
    match done {
        Ok(_) | Err(Failure::Conflict(_)) => Ok(Redirect::to(&format!("/articles/{id}/public")).into_response()),
        Err(failure) => Err(failure.into()),
    }
}
