//! Which sources stand behind claims, and how.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    claim::{Attribution, Evidence, Stance},
    id::{AttributionId, ClaimId, HighlightId, PersonId, SourceId},
    version::Stamp,
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

#[derive(FromRow)]
pub(crate) struct Row {
    pub claim: Text<ClaimId>,
    id: Text<AttributionId>,
    source: Text<SourceId>,
    stance: Text<Stance>,
    evidence: Option<Json<Evidence>>,
    added_by: Text<PersonId>,
    added_at: DateTime<Utc>,
    edit: Option<Json<Stamp>>,
}

impl From<Row> for Attribution {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            source: row.source.0,
            stance: row.stance.0,
            evidence: row.evidence.map(|evidence| evidence.0),
            added_by: row.added_by.0,
            added_at: row.added_at,
            edit: row.edit.map(|stamp| stamp.0),
        }
    }
}

/// Puts a source behind a claim. Twice in the same way is [`crate::Conflict::AttributedAlready`].
pub async fn insert(db: &mut Db, claim: ClaimId, attribution: &Attribution) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO attributions (id, ordinal, claim, source, stance, evidence, added_by, added_at, edit)
         VALUES ($1, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM attributions WHERE claim = $2), $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(Text(attribution.id))
    .bind(Text(claim))
    .bind(Text(attribution.source))
    .bind(Text(attribution.stance))
    .bind(attribution.evidence.as_ref().map(Json))
    .bind(Text(attribution.added_by))
    .bind(attribution.added_at)
    .bind(attribution.edit.map(Json))
    .execute(db)
    .await?;
    Ok(())
}

/// Changes how a source stands to a claim.
pub async fn update(db: &mut Db, attribution: &Attribution) -> Result<(), Error> {
    sqlx::query("UPDATE attributions SET stance = $2, evidence = $3, edit = $4 WHERE id = $1")
        .bind(Text(attribution.id))
        .bind(Text(attribution.stance))
        .bind(attribution.evidence.as_ref().map(Json))
        .bind(attribution.edit.map(Json))
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a source from behind a claim. The event that says so keeps what it was.
pub async fn remove(db: &mut Db, id: AttributionId) -> Result<(), Error> {
    sqlx::query("DELETE FROM attributions WHERE id = $1").bind(Text(id)).execute(db).await?;
    Ok(())
}

/// Says anew which sources stand behind a claim, in this order.
pub async fn set_all(db: &mut Db, claim: ClaimId, attributions: &[Attribution]) -> Result<(), Error> {
    sqlx::query("DELETE FROM attributions WHERE claim = $1").bind(Text(claim)).execute(&mut *db).await?;
    for attribution in attributions {
        insert(db, claim, attribution).await?;
    }
    Ok(())
}

/// Whether a highlight is shown as evidence.
pub async fn cites(db: &mut Db, highlight: HighlightId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM attributions WHERE evidence = $1)")
        .bind(Json(Evidence::Highlight { highlight }))
        .fetch_one(db)
        .await?)
}
