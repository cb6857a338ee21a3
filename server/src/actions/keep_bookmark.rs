//! Keeps where a person has got to in an article.

use crate::{actions::Failure, clock, house::House};
use domain::{
    ask::KeepBookmark,
    bookmark::{Bookmark, share},
    id::ArticleId,
    permission::{Member, Reader},
    text::Offset,
};

/// Keeps it. It is theirs alone, so it is no event; what is behind the end counts as the end.
pub async fn keep(house: &House, by: Member<Reader>, article: ArticleId, ask: KeepBookmark) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    let text = store::revision::canonical_text(&mut tx, article, ask.revision).await?;
    let text = text.ok_or(Failure::NotFound("reading"))?;
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let at = Offset(ask.at.0.min(length));
    let bookmark = Bookmark { revision: ask.revision, at, share: share(at, length), left_at: clock::now() };
    store::bookmark::set(&mut tx, by.person(), article, &bookmark).await?;
    Ok(tx.commit().await?)
}
