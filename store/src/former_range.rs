//! The ranges that highlights had until people gave them others.

use crate::{Db, Error, selectors};
use chrono::{DateTime, Utc};
use domain::{
    highlight::FormerRange,
    id::{ArticleId, HighlightId, PersonId, RevisionId},
    selector::Selectors,
};
use sqlx::{FromRow, types::Text};
use std::collections::HashMap;

#[derive(FromRow)]
struct Row {
    highlight: Text<HighlightId>,
    revision: Text<RevisionId>,
    #[sqlx(flatten)]
    selectors: selectors::Row,
    changed_by: Text<PersonId>,
    changed_at: DateTime<Utc>,
}

impl From<Row> for FormerRange {
    fn from(row: Row) -> Self {
        Self {
            revision: row.revision.0,
            selectors: row.selectors.into(),
            changed_by: row.changed_by.0,
            changed_at: row.changed_at,
        }
    }
}

/// Keeps the range that a highlight had.
pub async fn insert(db: &mut Db, highlight: HighlightId, former: &FormerRange) -> Result<(), Error> {
    let Selectors { quote, position } = &former.selectors;
    sqlx::query(
        "INSERT INTO former_ranges (highlight, revision, start_at, end_at, exact, prefix, suffix, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(Text(highlight))
    .bind(Text(former.revision))
    .bind(position.start.0)
    .bind(position.end.0)
    .bind(&quote.exact)
    .bind(&quote.prefix)
    .bind(&quote.suffix)
    .bind(Text(former.changed_by))
    .bind(former.changed_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The former ranges of a highlight, the oldest first.
pub async fn of_highlight(db: &mut Db, highlight: HighlightId) -> Result<Vec<FormerRange>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT highlight, revision, start_at, end_at, exact, prefix, suffix, changed_by, changed_at
         FROM former_ranges WHERE highlight = $1 ORDER BY ordinal",
    )
    .bind(Text(highlight))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(FormerRange::from).collect())
}

/// The former ranges of each highlight of an article that has any, the oldest first.
pub async fn of_article(db: &mut Db, article: ArticleId) -> Result<HashMap<HighlightId, Vec<FormerRange>>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT former_ranges.highlight, former_ranges.revision, former_ranges.start_at, former_ranges.end_at,
                former_ranges.exact, former_ranges.prefix, former_ranges.suffix, former_ranges.changed_by,
                former_ranges.changed_at
         FROM former_ranges JOIN highlights ON highlights.id = former_ranges.highlight
         WHERE highlights.article = $1 ORDER BY former_ranges.ordinal",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    let mut ranges: HashMap<HighlightId, Vec<FormerRange>> = HashMap::new();
    for row in rows {
        ranges.entry(row.highlight.0).or_default().push(row.into());
    }
    Ok(ranges)
}
