//! Where people had got to in articles.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    bookmark::Bookmark,
    id::{ArticleId, PersonId, RevisionId},
    text::Offset,
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    revision: Text<RevisionId>,
    place: u32,
    share: u8,
    left_at: DateTime<Utc>,
}

impl From<Row> for Bookmark {
    fn from(row: Row) -> Self {
        Self { revision: row.revision.0, at: Offset(row.place), share: row.share, left_at: row.left_at }
    }
}

/// Where a person had got to in an article.
pub async fn get(db: &mut Db, person: PersonId, article: ArticleId) -> Result<Option<Bookmark>, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT revision, place, share, left_at FROM bookmarks WHERE person = $1 AND article = $2")
            .bind(Text(person))
            .bind(Text(article))
            .fetch_optional(db)
            .await?;
    Ok(row.map(Bookmark::from))
}

/// All bookmarks of a person, the newest first: of which article, and its title where they may see it still.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<(ArticleId, Option<String>, Bookmark)>, Error> {
    #[derive(FromRow)]
    struct Line {
        article: Text<ArticleId>,
        title: Option<String>,
        #[sqlx(flatten)]
        row: Row,
    }
    let lines: Vec<Line> = sqlx::query_as(
        "SELECT bookmarks.article, bookmarks.revision, bookmarks.place, bookmarks.share, bookmarks.left_at,
                (SELECT articles.title FROM articles JOIN memberships ON memberships.group_id = articles.group_id
                 WHERE articles.id = bookmarks.article AND memberships.person = bookmarks.person) AS title
         FROM bookmarks WHERE bookmarks.person = $1 ORDER BY bookmarks.left_at DESC, bookmarks.article",
    )
    .bind(Text(person))
    .fetch_all(db)
    .await?;
    Ok(lines.into_iter().map(|line| (line.article.0, line.title, line.row.into())).collect())
}

/// Keeps it; the one before is forgotten.
pub async fn set(db: &mut Db, person: PersonId, article: ArticleId, bookmark: &Bookmark) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO bookmarks (person, article, revision, place, share, left_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (person, article) DO UPDATE SET revision = excluded.revision, place = excluded.place,
             share = excluded.share, left_at = excluded.left_at",
    )
    .bind(Text(person))
    .bind(Text(article))
    .bind(Text(bookmark.revision))
    .bind(bookmark.at.0)
    .bind(bookmark.share)
    .bind(bookmark.left_at)
    .execute(db)
    .await?;
    Ok(())
}
