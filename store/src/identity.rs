//! Who people are at the team's own sign-in.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{account::Identity, id::PersonId, person::Person, words::PersonName};
use sqlx::{FromRow, types::Text};

/// Keeps that a subject of an issuer is this person. Whether it did: not where the subject is somebody's already.
pub async fn insert(db: &mut Db, person: PersonId, subject: &str, identity: &Identity) -> Result<bool, Error> {
    let kept = sqlx::query(
        "INSERT INTO identities (issuer, subject, person, called, linked_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
    )
    .bind(&identity.issuer)
    .bind(subject)
    .bind(Text(person))
    .bind(&identity.called)
    .bind(identity.linked_at)
    .execute(db)
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// Who this subject of an issuer is here. Whether their account is in use has still to be asked.
pub async fn person(db: &mut Db, issuer: &str, subject: &str) -> Result<Option<Person>, Error> {
    let row: Option<(Text<PersonId>, Text<PersonName>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at
         FROM identities JOIN people ON people.id = identities.person
         WHERE identities.issuer = $1 AND identities.subject = $2",
    )
    .bind(issuer)
    .bind(subject)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(id, name, joined_at)| Person { id: id.0, name: name.0, joined_at }))
}

/// Who a person is elsewhere, the first that was linked first.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<Identity>, Error> {
    #[derive(FromRow)]
    struct Row {
        issuer: String,
        called: String,
        linked_at: DateTime<Utc>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT issuer, called, linked_at FROM identities WHERE person = $1 ORDER BY linked_at, issuer, subject",
    )
    .bind(Text(person))
    .fetch_all(db)
    .await?;
    let identity = |row: Row| Identity { issuer: row.issuer, called: row.called, linked_at: row.linked_at };
    Ok(rows.into_iter().map(identity).collect())
}

/// No longer links a person to anybody elsewhere. How many links there were.
pub async fn remove_all(db: &mut Db, person: PersonId) -> Result<u64, Error> {
    let removed = sqlx::query("DELETE FROM identities WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(removed.rows_affected())
}
