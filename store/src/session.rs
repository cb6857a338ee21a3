//! Sign-ins that last.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{id::PersonId, person::Person, words::PersonName};
use sqlx::types::Text;

/// Keeps a new sign-in, and forgets those that have ended.
pub async fn insert(
    db: &mut Db,
    token_hash: &str,
    person: PersonId,
    now: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE ends_at <= $1").bind(now).execute(&mut *db).await?;
    sqlx::query("INSERT INTO sessions (token_hash, person, started_at, ends_at) VALUES ($1, $2, $3, $4)")
        .bind(token_hash)
        .bind(Text(person))
        .bind(now)
        .bind(ends_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose sign-in this is, if it has not ended.
pub async fn person(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Person>, Error> {
    let row: Option<(Text<PersonId>, Text<PersonName>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at
         FROM sessions JOIN people ON people.id = sessions.person
         WHERE sessions.token_hash = $1 AND sessions.ends_at > $2",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(id, name, joined_at)| Person { id: id.0, name: name.0, joined_at }))
}

/// Ends a sign-in. One that is not there is ended already.
pub async fn remove(db: &mut Db, token_hash: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(db).await?;
    Ok(())
}
