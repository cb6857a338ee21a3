//! What people think of repairs.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    article::{RepairNumber, Review},
    id::{PersonId, RevisionId},
};
use sqlx::types::Text;

/// Keeps what somebody thinks of a repair, in the place of what was thought before.
pub async fn set(db: &mut Db, review: Review, by: PersonId, at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO reviews (revision, repair, undone, by, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (revision, repair) DO UPDATE SET undone = excluded.undone, by = excluded.by, at = excluded.at",
    )
    .bind(Text(review.revision))
    .bind(review.repair.0)
    .bind(review.undone)
    .bind(Text(by))
    .bind(at)
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps what was thought of a repair as what is thought of the same one in a newer reading: who said so, and when, is
/// as it was.
pub async fn carry(db: &mut Db, from: (RevisionId, RepairNumber), to: (RevisionId, RepairNumber)) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO reviews (revision, repair, undone, by, at)
         SELECT $3, $4, undone, by, at FROM reviews WHERE revision = $1 AND repair = $2",
    )
    .bind(Text(from.0))
    .bind(from.1.0)
    .bind(Text(to.0))
    .bind(to.1.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The reviews of a reading, by repair.
pub async fn of_revision(db: &mut Db, revision: RevisionId) -> Result<Vec<Review>, Error> {
    let rows: Vec<(u32, bool)> =
        sqlx::query_as("SELECT repair, undone FROM reviews WHERE revision = $1 ORDER BY repair")
            .bind(Text(revision))
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(|(repair, undone)| Review { revision, repair: RepairNumber(repair), undone }).collect())
}
