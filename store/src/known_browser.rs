//! Browsers in which somebody has signed in before.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::id::PersonId;
use sqlx::types::Text;

/// Whether this person has signed in there, no longer ago than `since`.
pub async fn knows(db: &mut Db, token_hash: &str, person: PersonId, since: DateTime<Utc>) -> Result<bool, Error> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM known_browsers WHERE token_hash = $1 AND person = $2 AND used_at > $3")
            .bind(token_hash)
            .bind(Text(person))
            .bind(since)
            .fetch_optional(db)
            .await?;
    Ok(found.is_some())
}

/// Whether anybody has signed in there, no longer ago than `since`.
pub async fn exists(db: &mut Db, token_hash: &str, since: DateTime<Utc>) -> Result<bool, Error> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM known_browsers WHERE token_hash = $1 AND used_at > $2 LIMIT 1")
            .bind(token_hash)
            .bind(since)
            .fetch_optional(db)
            .await?;
    Ok(found.is_some())
}

/// Remembers that this person has signed in there, and forgets browsers that were not used since `since`.
pub async fn remember(
    db: &mut Db,
    token_hash: &str,
    person: PersonId,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM known_browsers WHERE used_at <= $1").bind(since).execute(&mut *db).await?;
    sqlx::query(
        "INSERT INTO known_browsers (token_hash, person, used_at) VALUES ($1, $2, $3)
         ON CONFLICT (token_hash, person) DO UPDATE SET used_at = excluded.used_at",
    )
    .bind(token_hash)
    .bind(Text(person))
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets all browsers of a person.
pub async fn forget(db: &mut Db, person: PersonId) -> Result<(), Error> {
    sqlx::query("DELETE FROM known_browsers WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(())
}
