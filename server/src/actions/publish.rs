//! Opens an article to the public at an address that nobody can guess, changes what the page does, closes it.

use crate::{
    actions::{
        Failure,
        export_notes::{self, Taken},
    },
    clock,
    house::{Act, House},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    article::{Picture, PictureDigest},
    event::{Change, Event},
    id::ArticleId,
    page::PublicReading,
    permission::{Editor, Member},
    public_page::{PageTerms, PageToken, PublicPage},
};
use store::Snapshot;

/// The public page of an article, with its address.
pub async fn settings(house: &House, by: Member<Editor>, article: ArticleId) -> Result<PublicPage, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    store::article::get(&mut snapshot, by.group(), article).await?.ok_or(Failure::NotFound("article"))?;
    Ok(store::public_page::get(&mut snapshot, article).await?)
}

/// Says what the page does, and opens it when it is closed: at a new address, never at one that it had before.
pub async fn open(house: &House, by: Member<Editor>, article: ArticleId, terms: PageTerms) -> Result<Event, Failure> {
    change(house, by, article, |page| PublicPage { token: page.token.or_else(fresh), terms, ..page }).await
}

/// Gives the page another address. The one before it leads nowhere from then on.
pub async fn renew(house: &House, by: Member<Editor>, article: ArticleId) -> Result<Event, Failure> {
    change(house, by, article, |page| PublicPage { token: page.token.is_some().then(fresh).flatten(), ..page }).await
}

/// Closes the page: its address leads nowhere from then on.
pub async fn close(house: &House, by: Member<Editor>, article: ArticleId) -> Result<Event, Failure> {
    change(house, by, article, |page| PublicPage { token: None, ..page }).await
}

fn fresh() -> Option<PageToken> {
    PageToken::parse(&BASE64_URL_SAFE_NO_PAD.encode(clock::token())).ok()
}

async fn change(
    house: &House,
    by: Member<Editor>,
    article: ArticleId,
    change: impl FnOnce(PublicPage) -> PublicPage,
) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    store::article::get(&mut act, by.group(), article).await?.ok_or(Failure::NotFound("article"))?;
    let before = store::public_page::get(&mut act, article).await?;
    let page = change(before.clone());
    if page == before {
        let words = if before.token.is_some() { "that is how the public page is" } else { "there is no public page" };
        return Err(Failure::Conflict(words.to_owned()));
    }
    keep(act, page).await
}

async fn keep(mut act: Act, page: PublicPage) -> Result<Event, Failure> {
    let (by, now) = (act.by, act.now);
    store::public_page::set(&mut act, page.article, page.token.as_ref(), page.terms, by, now).await?;
    act.done(Some(page.article), Change::PublicPageSet(page.state())).await
}

/// The page that a token opens now. To have the token is all that it takes.
async fn opened(house: &House, token: &PageToken) -> Result<(Snapshot, PublicPage), Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let page = store::public_page::opened_by(&mut snapshot, token).await?;
    let (page, _) = page.ok_or(Failure::NotFound("page"))?;
    Ok((snapshot, page))
}

/// What the page shows.
pub async fn read(house: &House, token: &PageToken) -> Result<PublicReading, Failure> {
    let (mut snapshot, page) = opened(house, token).await?;
    store::page::public(&mut snapshot, &page).await?.ok_or(Failure::NotFound("page"))
}

/// A picture of it.
pub async fn picture(house: &House, token: &PageToken, digest: &PictureDigest) -> Result<Picture, Failure> {
    let (mut snapshot, page) = opened(house, token).await?;
    store::picture::get(&mut snapshot, page.article, digest).await?.ok_or(Failure::NotFound("picture"))
}

/// The bytes of its latest reading as they were brought, where an editor wants them to be had.
pub async fn original(house: &House, token: &PageToken) -> Result<Taken, Failure> {
    let (mut snapshot, page) = opened(house, token).await?;
    if !page.terms.original {
        return Err(Failure::NotFound("page"));
    }
    export_notes::bytes(&mut snapshot, page.article, None).await
}
