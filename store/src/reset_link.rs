//! Links by which people choose another password.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{id::PersonId, person::Person, words::PersonName};
use sqlx::types::Text;

/// Keeps a new link, and forgets those that have ended.
pub async fn insert(
    db: &mut Db,
    token_hash: &str,
    person: PersonId,
    now: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM reset_links WHERE ends_at <= $1").bind(now).execute(&mut *db).await?;
    sqlx::query("INSERT INTO reset_links (token_hash, person, ends_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(Text(person))
        .bind(ends_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose link this is, if it has not ended and their account is in use.
pub async fn person(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Person>, Error> {
    let row: Option<(Text<PersonId>, Text<PersonName>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at
         FROM reset_links JOIN people ON people.id = reset_links.person
         WHERE reset_links.token_hash = $1 AND reset_links.ends_at > $2 AND people.disabled_at IS NULL",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(id, name, joined_at)| Person { id: id.0, name: name.0, joined_at }))
}

/// Takes away all links of a person.
pub async fn remove_all(db: &mut Db, person: PersonId) -> Result<(), Error> {
    sqlx::query("DELETE FROM reset_links WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(())
}
