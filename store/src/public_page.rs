//! The public pages of articles.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{ArticleId, GroupId, PersonId},
    public_page::{PageTerms, PageToken, PublicPage},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    article: Text<ArticleId>,
    token: Option<Text<PageToken>>,
    indexed: bool,
    original: bool,
    comments: bool,
    changed_by: Text<PersonId>,
    changed_at: DateTime<Utc>,
}

impl From<Row> for PublicPage {
    fn from(row: Row) -> Self {
        Self {
            article: row.article.0,
            token: row.token.map(|token| token.0),
            terms: PageTerms { indexed: row.indexed, original: row.original, comments: row.comments },
            changed_by: Some(row.changed_by.0),
            changed_at: Some(row.changed_at),
        }
    }
}

/// The public page of an article; one that is not open when nobody ever opened it.
pub async fn get(db: &mut Db, article: ArticleId) -> Result<PublicPage, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT article, token, indexed, original, comments, changed_by, changed_at FROM public_pages WHERE article = $1",
    )
    .bind(Text(article))
    .fetch_optional(db)
    .await?;
    Ok(row.map_or_else(|| PublicPage::none(article), PublicPage::from))
}

/// The page that this opens now, and the group whose it is.
pub async fn opened_by(db: &mut Db, token: &PageToken) -> Result<Option<(PublicPage, GroupId)>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT article, token, indexed, original, comments, changed_by, changed_at FROM public_pages WHERE token = $1",
    )
    .bind(token.as_str())
    .fetch_optional(&mut *db)
    .await?;
    let Some(page) = row.map(PublicPage::from) else { return Ok(None) };
    let group = crate::article::group_of(db, page.article).await?;
    Ok(group.map(|group| (page, group)))
}

/// Keeps what an editor said. A token that is not said opens nothing from now on.
pub async fn set(
    db: &mut Db,
    article: ArticleId,
    token: Option<&PageToken>,
    terms: PageTerms,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO public_pages (article, token, indexed, original, comments, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (article) DO UPDATE SET token = $2, indexed = $3, original = $4, comments = $5, changed_by = $6,
             changed_at = $7",
    )
    .bind(Text(article))
    .bind(token.map(PageToken::as_str))
    .bind(terms.indexed)
    .bind(terms.original)
    .bind(terms.comments)
    .bind(Text(by))
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}
