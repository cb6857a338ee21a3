//! Articles.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    article::Article,
    id::{ArticleId, GroupId, PersonId},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<ArticleId>,
    group_id: Text<GroupId>,
    title: String,
    added_by: Text<PersonId>,
    added_at: DateTime<Utc>,
}

impl From<Row> for Article {
    fn from(row: Row) -> Self {
        Self { id: row.id.0, group: row.group_id.0, title: row.title, added_by: row.added_by.0, added_at: row.added_at }
    }
}

/// Keeps a new article.
pub async fn insert(db: &mut Db, article: &Article) -> Result<(), Error> {
    sqlx::query("INSERT INTO articles (id, group_id, title, added_by, added_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(Text(article.id))
        .bind(Text(article.group))
        .bind(&article.title)
        .bind(Text(article.added_by))
        .bind(article.added_at)
        .execute(db)
        .await?;
    Ok(())
}

/// The article, if the group keeps it.
pub async fn get(db: &mut Db, group: GroupId, id: ArticleId) -> Result<Option<Article>, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, group_id, title, added_by, added_at FROM articles WHERE id = $1 AND group_id = $2")
            .bind(Text(id))
            .bind(Text(group))
            .fetch_optional(db)
            .await?;
    Ok(row.map(Article::from))
}

/// Which group keeps an article: what a request that names only the article is checked against.
pub async fn group_of(db: &mut Db, id: ArticleId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> =
        sqlx::query_scalar("SELECT group_id FROM articles WHERE id = $1").bind(Text(id)).fetch_optional(db).await?;
    Ok(group.map(|group| group.0))
}

/// Gives an article another title.
pub async fn rename(db: &mut Db, id: ArticleId, title: &str) -> Result<(), Error> {
    sqlx::query("UPDATE articles SET title = $2 WHERE id = $1").bind(Text(id)).bind(title).execute(db).await?;
    Ok(())
}
