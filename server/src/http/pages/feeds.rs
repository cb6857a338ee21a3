//! The feeds that a group follows, and the inbox in which their entries wait.

use super::{draw, trouble::for_member, unreadable};
use crate::{
    actions::{
        Failure, choose_entries,
        follow_feed::{self, Following},
    },
    config::MAX_ENTRIES_SHOWN,
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
    ask::ChooseEntries,
    feed::Choice,
    page::{FeedsSheet, OfferedFeed, Page},
    permission::{AtLeast, Editor, Member, Reader},
};
use serde::Deserialize;

/// What waits for a choice.
pub async fn inbox(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let mut snapshot = door.house.store.snapshot().await?;
        let inbox = store::page::inbox(&mut snapshot, here.by, MAX_ENTRIES_SHOWN).await?;
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Inbox(inbox)).await)
    })
    .await
}

/// The form beside an entry.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    entry: String,
    choice: String,
}

/// Takes a choice.
pub async fn choose(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Editor>, Refusal>,
    form: Result<Form<Chosen>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Chosen { entry, choice }) = form.map_err(|rejection| unreadable(&rejection))?;
        let choice: Choice = parsed(&choice, "choice")?;
        let ask = ChooseEntries { entries: vec![parsed(&entry, "entry")?], choice };
        choose_entries::choose(&door.house, here.by, ask).await?;
        Ok(Redirect::to("/inbox").into_response())
    })
    .await
}

/// The list, and the form.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let sheet = sheet(&door, here.by, String::new(), None, Vec::new()).await?;
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Feeds(Box::new(sheet))).await)
    })
    .await
}

async fn sheet<L: AtLeast>(
    door: &Door,
    by: Member<L>,
    address: String,
    trouble: Option<String>,
    offered: Vec<OfferedFeed>,
) -> Result<FeedsSheet, Refusal> {
    let by = by.at_least::<Reader>().map_err(Failure::from)?;
    let mut snapshot = door.house.store.snapshot().await?;
    Ok(FeedsSheet { list: store::page::feeds(&mut snapshot, by).await?, address, trouble, offered })
}

/// The form that follows a feed.
#[derive(Debug, Deserialize)]
pub struct Followed {
    address: String,
}

/// Follows a feed; or shows the form once more, with what was typed still in it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Editor>, Refusal>,
    form: Result<Form<Followed>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Followed { address }) = form.map_err(|rejection| unreadable(&rejection))?;
        let (status, trouble, offered) = match follow_feed::follow(&door.house, here.by, &address).await {
            Ok(Following::Begun(_)) => return Ok(Redirect::to("/feeds").into_response()),
            Ok(Following::Offered(offered)) => (StatusCode::MULTIPLE_CHOICES, None, offered),
            Err(failure) => {
                let refusal = Refusal::from(failure);
                if refusal.problem.kind == "internal" {
                    return Err(refusal.into());
                }
                (refusal.status, Some(refusal.problem.message), Vec::new())
            }
        };
        let sheet = sheet(&door, here.by, address, trouble, offered).await?;
        Ok(draw(&door, status, Some(here.visitor), Page::Feeds(Box::new(sheet))).await)
    })
    .await
}

/// No longer follows a feed.
pub async fn unfollow(
    State(door): State<Door>,
    uri: Uri,
    Part(feed): Part,
    who: Result<Here<Editor>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        follow_feed::unfollow(&door.house, here.by, parsed(&feed, "feed")?).await?;
        Ok(Redirect::to("/feeds").into_response())
    })
    .await
}

/// Looks at a feed as soon as may be.
pub async fn poll(
    State(door): State<Door>,
    uri: Uri,
    Part(feed): Part,
    who: Result<Here<Editor>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        follow_feed::poll_soon(&door.house, here.by, parsed(&feed, "feed")?).await?;
        Ok(Redirect::to("/feeds").into_response())
    })
    .await
}
