//! The claims whose words newer readings edited or took out.

use crate::{Db, Error};
use domain::{
    article::TouchedClaim,
    id::{ArticleId, ClaimId, GroupId, HighlightId, RevisionId},
    words::Statement,
};
use sqlx::{FromRow, types::Text};
use std::collections::HashMap;

#[derive(FromRow)]
struct Row {
    revision: Text<RevisionId>,
    claim: Text<ClaimId>,
    statement: Text<Statement>,
    highlight: Text<HighlightId>,
    before: String,
    now: Option<String>,
}

impl From<Row> for TouchedClaim {
    fn from(row: Row) -> Self {
        Self {
            claim: row.claim.0,
            statement: row.statement.0,
            highlight: row.highlight.0,
            before: row.before,
            now: row.now,
        }
    }
}

/// Keeps what a reading did to the words of a claim.
pub async fn insert(db: &mut Db, revision: RevisionId, touched: &TouchedClaim) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO touched_claims (revision, claim, highlight, statement, before, now)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(Text(revision))
    .bind(Text(touched.claim))
    .bind(Text(touched.highlight))
    .bind(touched.statement.as_str())
    .bind(&touched.before)
    .bind(&touched.now)
    .execute(db)
    .await?;
    Ok(())
}

/// The claims that the readings of an article touched, each with the reading, in the order in which they were read.
pub async fn of_article(db: &mut Db, article: ArticleId) -> Result<Vec<(RevisionId, TouchedClaim)>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT touched_claims.revision, touched_claims.claim, touched_claims.statement, touched_claims.highlight,
                touched_claims.before, touched_claims.now
         FROM touched_claims JOIN revisions ON revisions.id = touched_claims.revision
         WHERE revisions.article = $1 ORDER BY touched_claims.ordinal",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.revision.0, row.into())).collect())
}

/// What was done last to the words of each claim of a group since a person last said where they stand, and what they
/// are in the latest reading. Words that are as they were marked again are not among them.
pub async fn standing_open(db: &mut Db, group: GroupId) -> Result<HashMap<ClaimId, TouchedClaim>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT touched_claims.revision, touched_claims.claim, touched_claims.statement, touched_claims.highlight,
                touched_claims.before,
                placements.words AS now
         FROM touched_claims
         JOIN revisions ON revisions.id = touched_claims.revision
         JOIN highlights ON highlights.id = touched_claims.highlight AND highlights.removed_at IS NULL
         JOIN revisions AS marked ON marked.id = highlights.revision AND marked.number < revisions.number
         JOIN articles ON articles.id = highlights.article
         JOIN placements ON placements.highlight = highlights.id AND placements.revision =
             (SELECT latest.id FROM revisions AS latest WHERE latest.article = articles.id
              ORDER BY latest.number DESC LIMIT 1)
         WHERE articles.group_id = $1 AND placements.standing IN ('changed', 'ambiguous', 'gone')
         ORDER BY touched_claims.ordinal",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    // The last one comes last, and stays.
    Ok(rows.into_iter().map(|row| (row.claim.0, row.into())).collect())
}
