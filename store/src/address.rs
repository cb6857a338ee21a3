//! The addresses under which articles are known.

use crate::{Db, Error};
use domain::{
    article::{AddressKey, ArticleAddress},
    id::{ArticleId, GroupId},
};
use sqlx::types::Text;

/// The group's article that is known under one of these addresses; of several, that of the first address.
pub async fn article(db: &mut Db, group: GroupId, keys: &[AddressKey]) -> Result<Option<ArticleId>, Error> {
    for key in keys {
        let found: Option<Text<ArticleId>> =
            sqlx::query_scalar("SELECT article FROM addresses WHERE group_id = $1 AND key = $2")
                .bind(Text(group))
                .bind(key.as_str())
                .fetch_optional(&mut *db)
                .await?;
        if let Some(article) = found {
            return Ok(Some(article.0));
        }
    }
    Ok(None)
}

/// Says that an article is known under this address. Where another one is known under it already, that stays so.
pub async fn insert(db: &mut Db, group: GroupId, article: ArticleId, address: &ArticleAddress) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO addresses (group_id, key, article, address) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(Text(group))
    .bind(address.key().as_str())
    .bind(Text(article))
    .bind(address.as_str())
    .execute(db)
    .await?;
    Ok(())
}
