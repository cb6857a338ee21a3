//! The addresses under which articles are known.

use crate::{Db, Error};
use domain::{
    article::{AddressKey, ArticleAddress},
    id::{ArticleId, GroupId},
};
use sqlx::types::Text;

/// An article that is known under an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub article: ArticleId,
    /// Whether only a page of it calls the address its own.
    pub claimed: bool,
}

/// The group's article that is known under one of these addresses; of several, that of the first address.
pub async fn article(db: &mut Db, group: GroupId, keys: &[AddressKey]) -> Result<Option<Known>, Error> {
    for key in keys {
        let found: Option<(Text<ArticleId>, bool)> =
            sqlx::query_as("SELECT article, claimed FROM addresses WHERE group_id = $1 AND key = $2")
                .bind(Text(group))
                .bind(key.as_str())
                .fetch_optional(&mut *db)
                .await?;
        if let Some((article, claimed)) = found {
            return Ok(Some(Known { article: article.0, claimed }));
        }
    }
    Ok(None)
}

/// Says that an article is known under this address. Where another one is known under it already, that stays so, unless it
/// only claimed the address and this one was found there.
pub async fn insert(
    db: &mut Db,
    group: GroupId,
    article: ArticleId,
    address: &ArticleAddress,
    claimed: bool,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO addresses (group_id, key, article, address, claimed) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (group_id, key) DO UPDATE
         SET article = excluded.article, address = excluded.address, claimed = excluded.claimed
         WHERE addresses.claimed > excluded.claimed",
    )
    .bind(Text(group))
    .bind(address.key().as_str())
    .bind(Text(article))
    .bind(address.as_str())
    .bind(claimed)
    .execute(db)
    .await?;
    Ok(())
}
