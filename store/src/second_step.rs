//! The second step of people's sign-ins, and sign-ins that wait for it.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{id::PersonId, person::Person, words::PersonName};
use sqlx::{FromRow, types::Text};

/// What is kept of a person's second step.
#[derive(Debug, Clone, FromRow)]
pub struct Kept {
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// When it was confirmed; nothing when it was not, and then no code is asked for.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// What is kept of a person's second step, if there is anything.
pub async fn get(db: &mut Db, person: PersonId) -> Result<Option<Kept>, Error> {
    Ok(sqlx::query_as("SELECT sealed, confirmed_at FROM second_steps WHERE person = $1")
        .bind(Text(person))
        .fetch_optional(db)
        .await?)
}

/// Whether a person's sign-ins have a second step.
pub async fn is_on(db: &mut Db, person: PersonId) -> Result<bool, Error> {
    Ok(get(db, person).await?.is_some_and(|kept| kept.confirmed_at.is_some()))
}

/// Keeps a secret that is still to be confirmed, in place of another such one. Whether it did: not where one is confirmed.
pub async fn begin(db: &mut Db, person: PersonId, sealed: &[u8]) -> Result<bool, Error> {
    let kept = sqlx::query(
        "INSERT INTO second_steps (person, sealed) VALUES ($1, $2)
         ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, last_step = NULL
         WHERE second_steps.confirmed_at IS NULL",
    )
    .bind(Text(person))
    .bind(sealed)
    .execute(db)
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// From now on a code is asked for.
pub async fn confirm(db: &mut Db, person: PersonId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE second_steps SET confirmed_at = $2 WHERE person = $1")
        .bind(Text(person))
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// Takes the code of this step. Whether it may be: not when it, or a later one, was taken already.
pub async fn take_step(db: &mut Db, person: PersonId, step: i64) -> Result<bool, Error> {
    let taken = sqlx::query(
        "UPDATE second_steps SET last_step = $2 WHERE person = $1 AND (last_step IS NULL OR last_step < $2)",
    )
    .bind(Text(person))
    .bind(step)
    .execute(db)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// No code is asked for any more. Whether one was.
pub async fn remove(db: &mut Db, person: PersonId) -> Result<bool, Error> {
    sqlx::query("DELETE FROM recovery_codes WHERE person = $1").bind(Text(person)).execute(&mut *db).await?;
    sqlx::query("DELETE FROM pending_sign_ins WHERE person = $1").bind(Text(person)).execute(&mut *db).await?;
    let removed = sqlx::query("DELETE FROM second_steps WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(removed.rows_affected() == 1)
}

/// Keeps recovery codes in place of those that there were.
pub async fn set_recovery_codes(db: &mut Db, person: PersonId, hashes: &[String]) -> Result<(), Error> {
    sqlx::query("DELETE FROM recovery_codes WHERE person = $1").bind(Text(person)).execute(&mut *db).await?;
    for hash in hashes {
        sqlx::query("INSERT INTO recovery_codes (person, code_hash) VALUES ($1, $2)")
            .bind(Text(person))
            .bind(hash)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// How many recovery codes a person has left.
pub async fn recovery_codes(db: &mut Db, person: PersonId) -> Result<u32, Error> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM recovery_codes WHERE person = $1")
        .bind(Text(person))
        .fetch_one(db)
        .await?)
}

/// Uses a recovery code up. Whether there was such a one.
pub async fn take_recovery_code(db: &mut Db, person: PersonId, hash: &str) -> Result<bool, Error> {
    let taken = sqlx::query("DELETE FROM recovery_codes WHERE person = $1 AND code_hash = $2")
        .bind(Text(person))
        .bind(hash)
        .execute(db)
        .await?;
    Ok(taken.rows_affected() == 1)
}

/// Keeps a sign-in that waits for its code, and forgets those that have waited too long.
pub async fn wait(
    db: &mut Db,
    token_hash: &str,
    person: PersonId,
    now: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM pending_sign_ins WHERE ends_at <= $1").bind(now).execute(&mut *db).await?;
    sqlx::query("INSERT INTO pending_sign_ins (token_hash, person, ends_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(Text(person))
        .bind(ends_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose sign-in waits for its code under this token.
pub async fn waiting(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Person>, Error> {
    let row: Option<(Text<PersonId>, Text<PersonName>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at
         FROM pending_sign_ins JOIN people ON people.id = pending_sign_ins.person
         WHERE pending_sign_ins.token_hash = $1 AND pending_sign_ins.ends_at > $2 AND people.disabled_at IS NULL",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(id, name, joined_at)| Person { id: id.0, name: name.0, joined_at }))
}

/// A sign-in waits no longer: its code came.
pub async fn wait_no_longer(db: &mut Db, token_hash: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM pending_sign_ins WHERE token_hash = $1").bind(token_hash).execute(db).await?;
    Ok(())
}

/// No sign-in of this person waits any longer: their password is another one.
pub async fn nobody_waits(db: &mut Db, person: PersonId) -> Result<(), Error> {
    sqlx::query("DELETE FROM pending_sign_ins WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(())
}
