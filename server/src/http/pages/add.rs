//! The form that takes articles: pasted words, links, files.

use super::{
    brought::{Bundle, receive},
    draw,
    trouble::for_member,
};
use crate::{
    actions::{Failure, bring_arrivals, import_article},
    config::{MAX_FILE_BYTES, MAX_WAIT_FOR_LINK},
    house::House,
    http::{error::Refusal, extract::Here, state::Door},
};
use axum::{
    extract::{Multipart, Query, State, multipart::MultipartRejection, rejection::QueryRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    arrival::{Arrival, ArrivalState},
    id::ArticleId,
    page::{AddForm, Page},
    permission::{Editor, Member},
};
use serde::Deserialize;

/// The form, with what was typed last.
pub(super) fn add_form(door: &Door, text: String, trouble: Option<String>) -> AddForm {
    let most_bytes = door.house.config.max_article_bytes;
    AddForm { text, trouble, most_bytes, most_file_bytes: MAX_FILE_BYTES.max(most_bytes) }
}

/// What another program on the same device shares with an installed Postil (Web Share Target). Many put a link into the text.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Shared {
    url: String,
    text: String,
}

impl Shared {
    /// What is put into the box: the link, or else the words.
    fn words(self) -> String {
        [self.url, self.text].into_iter().find(|words| !words.trim().is_empty()).unwrap_or_default()
    }
}

/// The form, with what was shared already in it.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    shared: Result<Query<Shared>, QueryRejection>,
    who: Result<Here<Editor>, Refusal>,
) -> Response {
    let words = shared.map(|Query(shared)| shared.words()).unwrap_or_default();
    for_member(&door, &uri, who, async |here| {
        let form = add_form(&door, words, None);
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Add(form)).await)
    })
    .await
}

/// Takes one article and opens it, or many and shows how they arrive; or shows the form once more, with what was pasted still in it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Editor>, Refusal>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let most_bytes = door.house.config.max_article_bytes;
        let (text, sent) = receive(form, most_bytes).await;
        let outcome = async { Ok::<_, Refusal>(bring(&door.house, here.by, sent?.bundle().await?).await?) };
        match outcome.await {
            Ok(Some(article)) => Ok(Redirect::to(&format!("/articles/{article}")).into_response()),
            Ok(None) => Ok(Redirect::to("/arrivals").into_response()),
            Err(refusal) if refusal.status.is_server_error() => Err(refusal.into()),
            Err(refusal) => {
                let form = add_form(&door, text, Some(refusal.problem.message));
                Ok(draw(&door, refusal.status, Some(here.visitor), Page::Add(form)).await)
            }
        }
    })
    .await
}

/// Brings what was sent. Gives the article when it is one and is there.
async fn bring(house: &House, by: Member<Editor>, bundle: Bundle) -> Result<Option<ArticleId>, Failure> {
    match bundle {
        Bundle::One(brought) => Ok(Some(import_article::import(house, by, brought).await?.0.id)),
        Bundle::List(list) => bring_arrivals::list(house, by, list).await.map(|_| None),
        Bundle::Files(files) => bring_arrivals::files(house, by, files).await.map(|_| None),
        Bundle::Links(links) => match &bring_arrivals::links(house, by, &links).await?.arrivals[..] {
            [only] => arrived(house, only).await,
            _ => Ok(None),
        },
    }
}

/// Waits a little for one link, which is mostly there within a second or two.
async fn arrived(house: &House, arrival: &Arrival) -> Result<Option<ArticleId>, Failure> {
    let look = async {
        loop {
            tokio::time::sleep(LOOK).await;
            let mut snapshot = house.store.snapshot().await?;
            match store::arrival::get(&mut snapshot, arrival.group, arrival.id).await? {
                Some(Arrival { state: ArrivalState::Waiting, .. }) => {}
                settled => return Ok(settled.and_then(|arrival| arrival.state.article())),
            }
        }
    };
    tokio::time::timeout(MAX_WAIT_FOR_LINK, look).await.unwrap_or(Ok(None))
}

/// How often the arrival of one link is looked for.
const LOOK: std::time::Duration = std::time::Duration::from_millis(100);
