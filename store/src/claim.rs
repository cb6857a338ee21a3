//! Statements, where they appear, the sources behind them, and what holds.

use crate::{Db, Error, attribution};
use chrono::{DateTime, Utc};
use domain::{
    claim::{Claim, ClaimState, Judgement, Verdict},
    id::{ArticleId, ClaimId, GroupId, HighlightId, PersonId},
    version::ClaimEdits,
    words::{Claimant, Reason, Statement},
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};
use std::collections::HashMap;

#[derive(FromRow)]
struct Row {
    id: Text<ClaimId>,
    group_id: Text<GroupId>,
    statement: Text<Statement>,
    claimant: Option<Text<Claimant>>,
    state: Text<ClaimState>,
    verdict: Option<Text<Verdict>>,
    reason: Option<Text<Reason>>,
    judged_by: Option<Text<PersonId>>,
    judged_at: Option<DateTime<Utc>>,
    made_by: Text<PersonId>,
    made_at: DateTime<Utc>,
    edits: Json<ClaimEdits>,
}

impl From<Row> for Claim {
    fn from(row: Row) -> Self {
        let judgement = match (row.verdict, row.judged_by, row.judged_at) {
            (Some(verdict), Some(by), Some(judged_at)) => Some(Judgement {
                verdict: verdict.0,
                reason: row.reason.map(|reason| reason.0),
                judged_by: by.0,
                judged_at,
            }),
            _ => None,
        };
        Self {
            id: row.id.0,
            group: row.group_id.0,
            statement: row.statement.0,
            claimant: row.claimant.map(|claimant| claimant.0),
            state: row.state.0,
            judgement,
            appearances: Vec::new(),
            attributions: Vec::new(),
            made_by: row.made_by.0,
            made_at: row.made_at,
            edits: row.edits.0,
        }
    }
}

/// Puts each claim's appearances and attributions to it.
fn gather(
    rows: Vec<Row>,
    appearances: Vec<(Text<ClaimId>, Text<HighlightId>)>,
    attributions: Vec<attribution::Row>,
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = rows.into_iter().map(Claim::from).collect();
    let places: HashMap<ClaimId, usize> = claims.iter().enumerate().map(|(at, claim)| (claim.id, at)).collect();
    for (claim, highlight) in appearances {
        if let Some(at) = places.get(&claim.0) {
            claims[*at].appearances.push(highlight.0);
        }
    }
    for row in attributions {
        if let Some(at) = places.get(&row.claim.0) {
            claims[*at].attributions.push(row.into());
        }
    }
    claims
}

/// Keeps a new claim without appearances and attributions.
pub async fn insert(db: &mut Db, claim: &Claim) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO claims (id, group_id, statement, claimant, state, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(Text(claim.id))
    .bind(Text(claim.group))
    .bind(claim.statement.as_str())
    .bind(claim.claimant.as_ref().map(Claimant::as_str))
    .bind(Text(claim.state))
    .bind(Text(claim.made_by))
    .bind(claim.made_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The claim, if the group follows it and it was not removed.
pub async fn get(db: &mut Db, group: GroupId, id: ClaimId) -> Result<Option<Claim>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, group_id, statement, claimant, state, verdict, reason, judged_by, judged_at, made_by, made_at, edits
         FROM claims WHERE id = $1 AND group_id = $2 AND removed_at IS NULL",
    )
    .bind(Text(id))
    .bind(Text(group))
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let appearances = sqlx::query_as(
        "SELECT appearances.claim, appearances.highlight FROM appearances
         JOIN highlights ON highlights.id = appearances.highlight
         WHERE appearances.claim = $1 AND highlights.removed_at IS NULL ORDER BY appearances.ordinal",
    )
    .bind(Text(id))
    .fetch_all(&mut *db)
    .await?;
    let attributions = sqlx::query_as(
        "SELECT claim, id, source, stance, evidence, added_by, added_at, edit FROM attributions
         WHERE claim = $1 ORDER BY ordinal",
    )
    .bind(Text(id))
    .fetch_all(db)
    .await?;
    Ok(gather(vec![row], appearances, attributions).pop())
}

/// The group that follows a claim: what a request that names only the claim is checked against.
pub async fn group_of(db: &mut Db, id: ClaimId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> =
        sqlx::query_scalar("SELECT group_id FROM claims WHERE id = $1").bind(Text(id)).fetch_optional(db).await?;
    Ok(group.map(|group| group.0))
}

/// The article of a claim's first appearance.
pub async fn home(db: &mut Db, id: ClaimId) -> Result<Option<ArticleId>, Error> {
    let article: Option<Text<ArticleId>> = sqlx::query_scalar(
        "SELECT highlights.article FROM appearances JOIN highlights ON highlights.id = appearances.highlight
         WHERE appearances.claim = $1 AND highlights.removed_at IS NULL ORDER BY appearances.ordinal LIMIT 1",
    )
    .bind(Text(id))
    .fetch_optional(db)
    .await?;
    Ok(article.map(|article| article.0))
}

/// The article of the first appearance of each claim of a group, and its title.
pub async fn homes(db: &mut Db, group: GroupId) -> Result<HashMap<ClaimId, (ArticleId, String)>, Error> {
    let rows: Vec<(Text<ClaimId>, Text<ArticleId>, String)> = sqlx::query_as(
        "SELECT appearances.claim, articles.id, articles.title FROM appearances
         JOIN highlights ON highlights.id = appearances.highlight AND highlights.removed_at IS NULL
         JOIN articles ON articles.id = highlights.article
         WHERE articles.group_id = $1 ORDER BY appearances.ordinal DESC",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    // The first appearance comes last, and stays.
    Ok(rows.into_iter().map(|(claim, article, title)| (claim.0, (article.0, title))).collect())
}

/// The claims that appear in an article, in the order in which they were made.
pub async fn of_article(db: &mut Db, article: ArticleId) -> Result<Vec<Claim>, Error> {
    let rows = sqlx::query_as(
        "SELECT id, group_id, statement, claimant, state, verdict, reason, judged_by, judged_at, made_by, made_at, edits
         FROM claims WHERE removed_at IS NULL AND id IN
             (SELECT appearances.claim FROM appearances JOIN highlights ON highlights.id = appearances.highlight
              WHERE highlights.article = $1 AND highlights.removed_at IS NULL)
         ORDER BY made_at, rowid",
    )
    .bind(Text(article))
    .fetch_all(&mut *db)
    .await?;
    let appearances = sqlx::query_as(
        "SELECT appearances.claim, appearances.highlight FROM appearances
         JOIN highlights ON highlights.id = appearances.highlight
         WHERE highlights.removed_at IS NULL AND appearances.claim IN
             (SELECT here.claim FROM appearances AS here JOIN highlights AS marked ON marked.id = here.highlight
              WHERE marked.article = $1)
         ORDER BY appearances.ordinal",
    )
    .bind(Text(article))
    .fetch_all(&mut *db)
    .await?;
    let attributions = sqlx::query_as(
        "SELECT claim, id, source, stance, evidence, added_by, added_at, edit FROM attributions WHERE claim IN
             (SELECT appearances.claim FROM appearances JOIN highlights ON highlights.id = appearances.highlight
              WHERE highlights.article = $1)
         ORDER BY ordinal",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    Ok(gather(rows, appearances, attributions))
}

/// The group's claims, the newest first.
pub async fn of_group(db: &mut Db, group: GroupId) -> Result<Vec<Claim>, Error> {
    let rows = sqlx::query_as(
        "SELECT id, group_id, statement, claimant, state, verdict, reason, judged_by, judged_at, made_by, made_at, edits
         FROM claims WHERE group_id = $1 AND removed_at IS NULL ORDER BY made_at DESC, rowid DESC",
    )
    .bind(Text(group))
    .fetch_all(&mut *db)
    .await?;
    let appearances = sqlx::query_as(
        "SELECT appearances.claim, appearances.highlight FROM appearances
         JOIN highlights ON highlights.id = appearances.highlight
         JOIN claims ON claims.id = appearances.claim
         WHERE claims.group_id = $1 AND highlights.removed_at IS NULL ORDER BY appearances.ordinal",
    )
    .bind(Text(group))
    .fetch_all(&mut *db)
    .await?;
    let attributions = sqlx::query_as(
        "SELECT attributions.claim, attributions.id, attributions.source, attributions.stance, attributions.evidence,
                attributions.added_by, attributions.added_at, attributions.edit
         FROM attributions JOIN claims ON claims.id = attributions.claim
         WHERE claims.group_id = $1 ORDER BY attributions.ordinal",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    Ok(gather(rows, appearances, attributions))
}

/// Keeps a claim's words, state and judgement as they are now.
pub async fn update(db: &mut Db, claim: &Claim) -> Result<(), Error> {
    let judgement = claim.judgement.as_ref();
    sqlx::query(
        "UPDATE claims SET statement = $2, claimant = $3, state = $4, verdict = $5, reason = $6, judged_by = $7,
                judged_at = $8, edits = $9 WHERE id = $1",
    )
    .bind(Text(claim.id))
    .bind(claim.statement.as_str())
    .bind(claim.claimant.as_ref().map(Claimant::as_str))
    .bind(Text(claim.state))
    .bind(judgement.map(|each| Text(each.verdict)))
    .bind(judgement.and_then(|each| each.reason.as_ref()).map(Reason::as_str))
    .bind(judgement.map(|each| Text(each.judged_by)))
    .bind(judgement.map(|each| each.judged_at))
    .bind(Json(claim.edits))
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a claim off the pages. Its row stays; its words can be marked for another claim.
pub async fn remove(db: &mut Db, id: ClaimId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE claims SET removed_at = $2 WHERE id = $1").bind(Text(id)).bind(now).execute(&mut *db).await?;
    sqlx::query("DELETE FROM appearances WHERE claim = $1").bind(Text(id)).execute(db).await?;
    Ok(())
}

/// Puts a claim back that was removed just then; says whether it was. Where it appears is marked anew.
pub async fn restore(db: &mut Db, id: ClaimId, removed_at: DateTime<Utc>) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE claims SET removed_at = NULL WHERE id = $1 AND removed_at = $2")
        .bind(Text(id))
        .bind(removed_at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks where a claim stands. Words of another claim are [`crate::Conflict::AppearsAlready`].
pub async fn add_appearance(db: &mut Db, claim: ClaimId, highlight: HighlightId) -> Result<(), Error> {
    sqlx::query("INSERT INTO appearances (claim, highlight) VALUES ($1, $2)")
        .bind(Text(claim))
        .bind(Text(highlight))
        .execute(db)
        .await?;
    Ok(())
}

/// Says that a claim does not appear in a highlight.
pub async fn remove_appearance(db: &mut Db, claim: ClaimId, highlight: HighlightId) -> Result<(), Error> {
    sqlx::query("DELETE FROM appearances WHERE claim = $1 AND highlight = $2")
        .bind(Text(claim))
        .bind(Text(highlight))
        .execute(db)
        .await?;
    Ok(())
}

/// Whether a highlight is an appearance of a claim.
pub async fn is_appearance(db: &mut Db, highlight: HighlightId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM appearances WHERE highlight = $1)")
        .bind(Text(highlight))
        .fetch_one(db)
        .await?)
}
