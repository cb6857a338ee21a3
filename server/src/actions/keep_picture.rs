//! Fetches the pictures that articles show, and keeps them, so that a reader's browser asks this server only.

use crate::{
    actions::Failure,
    config::{MAX_PICTURE_BYTES, MAX_TRIES},
    digest,
    house::House,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    article::{Picture, PictureDigest, PictureForm, WebAddress},
    id::{ArticleId, GroupId},
    permission::{Member, Reader},
};
use fetch::Kind;

/// How long a picture is put off when its server is busy or out of reach.
const REST: TimeDelta = TimeDelta::minutes(10);

/// Fetches the next picture that is wanted, and says whether there was one. What is not a picture that every browser
/// draws, or is too large, is not asked for again: the article shows its words instead.
pub async fn keep_next(house: &House, now: DateTime<Utc>) -> Result<bool, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let Some(wanted) = store::picture::next_wanted(&mut snapshot, now).await? else { return Ok(false) };
    let article = wanted.article.0;
    let group = store::article::group_of(&mut snapshot, article).await?;
    drop(snapshot);
    let address = WebAddress::parse(&wanted.address);
    let found = match (&address, group) {
        (Some(address), Some(group)) => fetch_picture(house, group, address).await,
        _ => Ok(None),
    };
    let mut tx = house.store.begin().await?;
    match found {
        Ok(picture) => {
            if let Some(picture) = picture {
                store::picture::keep(&mut tx, article, &picture, address.as_ref()).await?;
            }
            store::picture::no_longer_want(&mut tx, wanted.ordinal).await?;
        }
        Err(Failure::Fetch(error)) if error.passes() && wanted.tries < MAX_TRIES => {
            store::picture::put_off(&mut tx, wanted.ordinal, now + REST).await?;
        }
        Err(failure) => {
            tracing::debug!(address = wanted.address, %failure, "a picture cannot be kept");
            store::picture::no_longer_want(&mut tx, wanted.ordinal).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

async fn fetch_picture(house: &House, group: GroupId, address: &WebAddress) -> Result<Option<Picture>, Failure> {
    let fetched = house.web.get_anew(group, address, Kind::Picture).await?;
    Ok(Some(fetched.bytes).filter(|bytes| bytes.len() <= MAX_PICTURE_BYTES).and_then(picture))
}

/// The bytes as a picture, when they are one.
fn picture(bytes: Vec<u8>) -> Option<Picture> {
    let form = PictureForm::of(&bytes)?;
    Some(Picture { digest: PictureDigest::parse(&digest::sha256(&bytes))?, form, bytes })
}

/// A picture that is kept beside an article.
pub async fn show(
    house: &House,
    by: Member<Reader>,
    article: ArticleId,
    digest: &PictureDigest,
) -> Result<Picture, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    store::article::get(&mut snapshot, by.group(), article).await?.ok_or(Failure::NotFound("article"))?;
    store::picture::get(&mut snapshot, article, digest).await?.ok_or(Failure::NotFound("picture"))
}
