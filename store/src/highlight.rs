//! Ranges in colours.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    highlight::{Colour, Highlight},
    id::{ArticleId, HighlightId, PersonId, RevisionId},
    selector::{QuoteSelector, Selectors},
    text::{Offset, TextRange},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<HighlightId>,
    article: Text<ArticleId>,
    revision: Text<RevisionId>,
    colour: Text<Colour>,
    start_at: u32,
    end_at: u32,
    exact: String,
    prefix: String,
    suffix: String,
    made_by: Text<PersonId>,
    made_at: DateTime<Utc>,
}

impl From<Row> for Highlight {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            article: row.article.0,
            revision: row.revision.0,
            colour: row.colour.0,
            selectors: Selectors {
                quote: QuoteSelector { exact: row.exact, prefix: row.prefix, suffix: row.suffix },
                position: TextRange { start: Offset(row.start_at), end: Offset(row.end_at) },
            },
            anchor: None,
            former: Vec::new(),
            made_by: row.made_by.0,
            made_at: row.made_at,
        }
    }
}

/// Keeps a new highlight.
pub async fn insert(db: &mut Db, highlight: &Highlight) -> Result<(), Error> {
    let Selectors { quote, position } = &highlight.selectors;
    sqlx::query(
        "INSERT INTO highlights (id, article, revision, colour, start_at, end_at, exact, prefix, suffix, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(Text(highlight.id))
    .bind(Text(highlight.article))
    .bind(Text(highlight.revision))
    .bind(Text(highlight.colour))
    .bind(position.start.0)
    .bind(position.end.0)
    .bind(&quote.exact)
    .bind(&quote.prefix)
    .bind(&quote.suffix)
    .bind(Text(highlight.made_by))
    .bind(highlight.made_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The highlights of an article, in the order of the text.
pub async fn of_article(db: &mut Db, article: ArticleId) -> Result<Vec<Highlight>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, article, revision, colour, start_at, end_at, exact, prefix, suffix, made_by, made_at
         FROM highlights WHERE article = $1 AND removed_at IS NULL",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    let mut highlights: Vec<Highlight> = rows.into_iter().map(Highlight::from).collect();
    highlights.sort_by_key(Highlight::in_text_order);
    Ok(highlights)
}

/// The highlight, if it was not removed.
pub async fn get(db: &mut Db, id: HighlightId) -> Result<Option<Highlight>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, article, revision, colour, start_at, end_at, exact, prefix, suffix, made_by, made_at
         FROM highlights WHERE id = $1 AND removed_at IS NULL",
    )
    .bind(Text(id))
    .fetch_optional(db)
    .await?;
    Ok(row.map(Highlight::from))
}

/// Gives a highlight another colour.
pub async fn recolour(db: &mut Db, id: HighlightId, colour: Colour) -> Result<(), Error> {
    sqlx::query("UPDATE highlights SET colour = $2 WHERE id = $1")
        .bind(Text(id))
        .bind(Text(colour))
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a highlight off the page. Its row stays.
pub async fn remove(db: &mut Db, id: HighlightId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE highlights SET removed_at = $2 WHERE id = $1").bind(Text(id)).bind(now).execute(db).await?;
    Ok(())
}
