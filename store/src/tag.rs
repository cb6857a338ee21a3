//! Which sources an article rests on.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{ArticleId, PersonId, SourceId},
    tag::{Answer, Tag},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    article: Text<ArticleId>,
    source: Text<SourceId>,
    answer: Text<Answer>,
    answered_by: Text<PersonId>,
    answered_at: DateTime<Utc>,
}

impl From<Row> for Tag {
    fn from(row: Row) -> Self {
        Self {
            article: row.article.0,
            source: row.source.0,
            answer: row.answer.0,
            answered_by: row.answered_by.0,
            answered_at: row.answered_at,
        }
    }
}

/// Keeps an answer, in the place of the one before.
pub async fn set(db: &mut Db, tag: &Tag) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO tags (article, source, answer, answered_by, answered_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (article, source) DO UPDATE SET answer = excluded.answer, answered_by = excluded.answered_by,
             answered_at = excluded.answered_at",
    )
    .bind(Text(tag.article))
    .bind(Text(tag.source))
    .bind(Text(tag.answer))
    .bind(Text(tag.answered_by))
    .bind(tag.answered_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Takes an answer back.
pub async fn remove(db: &mut Db, article: ArticleId, source: SourceId) -> Result<(), Error> {
    sqlx::query("DELETE FROM tags WHERE article = $1 AND source = $2")
        .bind(Text(article))
        .bind(Text(source))
        .execute(db)
        .await?;
    Ok(())
}

/// The answers for an article, by source.
pub async fn of_article(db: &mut Db, article: ArticleId) -> Result<Vec<Tag>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT article, source, answer, answered_by, answered_at FROM tags WHERE article = $1")
            .bind(Text(article))
            .fetch_all(db)
            .await?;
    let mut tags: Vec<Tag> = rows.into_iter().map(Tag::from).collect();
    tags.sort_by_key(|tag| tag.source);
    Ok(tags)
}
