//! Pictures that are kept beside articles, and those that are still to be fetched.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    article::{Picture, PictureDigest, PictureForm, WebAddress},
    id::ArticleId,
    page::KeptPicture,
};
use sqlx::{FromRow, types::Text};

/// Keeps a picture beside an article. `address` is where it was in the web; nothing when it came with the text.
pub async fn keep(
    db: &mut Db,
    article: ArticleId,
    picture: &Picture,
    address: Option<&WebAddress>,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO pictures (digest, form, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(picture.digest.as_str())
        .bind(Text(picture.form))
        .bind(&picture.bytes)
        .execute(&mut *db)
        .await?;
    sqlx::query("INSERT INTO article_pictures (article, digest, address) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(Text(article))
        .bind(picture.digest.as_str())
        .bind(address.map_or("", WebAddress::as_str))
        .execute(db)
        .await?;
    Ok(())
}

/// A picture of an article.
pub async fn get(db: &mut Db, article: ArticleId, digest: &PictureDigest) -> Result<Option<Picture>, Error> {
    let row: Option<(Text<PictureForm>, Vec<u8>)> = sqlx::query_as(
        "SELECT pictures.form, pictures.bytes FROM pictures
         JOIN article_pictures ON article_pictures.digest = pictures.digest
         WHERE article_pictures.article = $1 AND pictures.digest = $2 LIMIT 1",
    )
    .bind(Text(article))
    .bind(digest.as_str())
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(form, bytes)| Picture { digest: digest.clone(), form: form.0, bytes }))
}

/// The pictures of the web that are kept beside an article, by address.
pub async fn of_article(db: &mut Db, article: ArticleId) -> Result<Vec<KeptPicture>, Error> {
    let rows: Vec<(String, Text<PictureDigest>)> = sqlx::query_as(
        "SELECT address, digest FROM article_pictures WHERE article = $1 AND address <> '' ORDER BY address",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    let kept = |(address, digest): (String, Text<PictureDigest>)| {
        Some(KeptPicture { address: WebAddress::parse(&address)?, digest: digest.0 })
    };
    Ok(rows.into_iter().filter_map(kept).collect())
}

/// The names of all pictures that are kept beside an article.
pub async fn names(db: &mut Db, article: ArticleId) -> Result<Vec<PictureDigest>, Error> {
    let rows: Vec<Text<PictureDigest>> =
        sqlx::query_scalar("SELECT DISTINCT digest FROM article_pictures WHERE article = $1 ORDER BY digest")
            .bind(Text(article))
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(|digest| digest.0).collect())
}

/// A picture that is still to be fetched.
#[derive(Debug, Clone, FromRow)]
pub struct Wanted {
    /// Which.
    pub ordinal: i64,
    /// For which article.
    pub article: Text<ArticleId>,
    /// Where it is.
    pub address: String,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// Asks for a picture of an article, unless it is kept or wanted already.
pub async fn want(db: &mut Db, article: ArticleId, address: &WebAddress, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO wanted_pictures (article, address, due_at)
         SELECT $1, $2, $3 WHERE NOT EXISTS
             (SELECT 1 FROM article_pictures WHERE article_pictures.article = $1 AND article_pictures.address = $2)
         ON CONFLICT DO NOTHING",
    )
    .bind(Text(article))
    .bind(address.as_str())
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// The picture whose turn it is.
pub async fn next_wanted(db: &mut Db, now: DateTime<Utc>) -> Result<Option<Wanted>, Error> {
    Ok(sqlx::query_as(
        "SELECT ordinal, article, address, tries FROM wanted_pictures WHERE due_at <= $1 ORDER BY ordinal LIMIT 1",
    )
    .bind(now)
    .fetch_optional(db)
    .await?)
}

/// No longer asks for a picture: it was fetched, or never will be.
pub async fn no_longer_want(db: &mut Db, ordinal: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM wanted_pictures WHERE ordinal = $1").bind(ordinal).execute(db).await?;
    Ok(())
}

/// Puts a picture off.
pub async fn put_off(db: &mut Db, ordinal: i64, due_at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE wanted_pictures SET tries = tries + 1, due_at = $2 WHERE ordinal = $1")
        .bind(ordinal)
        .bind(due_at)
        .execute(db)
        .await?;
    Ok(())
}
