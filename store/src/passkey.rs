//! Keys on people's devices that sign them in.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{PasskeyId, PersonId},
    passkey::Passkey,
    person::Person,
    words::{PasskeyName, PersonName},
};
use sqlx::{FromRow, types::Text};

/// Keeps a new passkey of a person, with what checks its signatures. One that anybody has already is
/// [`crate::Conflict::PasskeyKept`].
pub async fn insert(
    db: &mut Db,
    person: PersonId,
    passkey: &Passkey,
    (credential_hash, credential): (&str, &str),
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO passkeys (id, person, credential_hash, credential, name, added_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(Text(passkey.id))
    .bind(Text(person))
    .bind(credential_hash)
    .bind(credential)
    .bind(passkey.name.as_str())
    .bind(passkey.added_at)
    .execute(db)
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    id: Text<PasskeyId>,
    name: Text<PasskeyName>,
    added_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl From<Row> for Passkey {
    fn from(row: Row) -> Self {
        Self { id: row.id.0, name: row.name.0, added_at: row.added_at, used_at: row.used_at }
    }
}

/// The passkeys of a person, the newest first.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<Passkey>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, name, added_at, used_at FROM passkeys WHERE person = $1 ORDER BY added_at DESC, id")
            .bind(Text(person))
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(Passkey::from).collect())
}

/// What checks the signatures of a person's passkeys, each as JSON.
pub async fn credentials(db: &mut Db, person: PersonId) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar("SELECT credential FROM passkeys WHERE person = $1 ORDER BY added_at, id")
        .bind(Text(person))
        .fetch_all(db)
        .await?)
}

/// What is kept of a passkey that was used.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its id.
    pub id: PasskeyId,
    /// Whose it is. Whether their account is in use has still to be asked.
    pub person: Person,
    /// What checks its signatures, as JSON.
    pub credential: String,
}

/// The passkey whose credential's id has this digest.
pub async fn by_credential(db: &mut Db, credential_hash: &str) -> Result<Option<Kept>, Error> {
    #[derive(FromRow)]
    struct Row {
        id: Text<PasskeyId>,
        credential: String,
        person: Text<PersonId>,
        name: Text<PersonName>,
        joined_at: DateTime<Utc>,
    }
    let row: Option<Row> = sqlx::query_as(
        "SELECT passkeys.id, passkeys.credential, people.id AS person, people.name, people.joined_at
         FROM passkeys JOIN people ON people.id = passkeys.person WHERE passkeys.credential_hash = $1",
    )
    .bind(credential_hash)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Kept {
        id: row.id.0,
        person: Person { id: row.person.0, name: row.name.0, joined_at: row.joined_at },
        credential: row.credential,
    }))
}

/// Notes down that a passkey was used, and what checks its signatures from now on.
pub async fn set_used(db: &mut Db, id: PasskeyId, credential: &str, at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE passkeys SET credential = $2, used_at = $3 WHERE id = $1")
        .bind(Text(id))
        .bind(credential)
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

/// Calls a passkey of this person something else. Whether there was such a one.
pub async fn rename_of(db: &mut Db, person: PersonId, id: PasskeyId, name: &PasskeyName) -> Result<bool, Error> {
    let renamed = sqlx::query("UPDATE passkeys SET name = $3 WHERE person = $1 AND id = $2")
        .bind(Text(person))
        .bind(Text(id))
        .bind(name.as_str())
        .execute(db)
        .await?;
    Ok(renamed.rows_affected() == 1)
}

/// Removes a passkey of this person. Whether there was such a one.
pub async fn remove_of(db: &mut Db, person: PersonId, id: PasskeyId) -> Result<bool, Error> {
    let removed = sqlx::query("DELETE FROM passkeys WHERE person = $1 AND id = $2")
        .bind(Text(person))
        .bind(Text(id))
        .execute(db)
        .await?;
    Ok(removed.rows_affected() == 1)
}

/// Removes all passkeys of a person. How many they were.
pub async fn remove_all(db: &mut Db, person: PersonId) -> Result<u64, Error> {
    let removed = sqlx::query("DELETE FROM passkeys WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(removed.rows_affected())
}
