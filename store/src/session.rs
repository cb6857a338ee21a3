//! Sign-ins that last.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    account::{SessionDigest, SessionRow},
    id::{GroupId, PersonId},
    person::Person,
    words::PersonName,
};
use sqlx::{FromRow, types::Text};

/// Keeps a new sign-in, and forgets those that have ended.
pub async fn insert(
    db: &mut Db,
    token_hash: &str,
    person: PersonId,
    browser: &str,
    now: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE ends_at <= $1").bind(now).execute(&mut *db).await?;
    sqlx::query("INSERT INTO sessions (token_hash, person, browser, started_at, ends_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(token_hash)
        .bind(Text(person))
        .bind(browser)
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
         WHERE sessions.token_hash = $1 AND sessions.ends_at > $2 AND people.disabled_at IS NULL",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(id, name, joined_at)| Person { id: id.0, name: name.0, joined_at }))
}

/// When this sign-in began, if it has not ended.
pub async fn started_at(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(sqlx::query_scalar("SELECT started_at FROM sessions WHERE token_hash = $1 AND ends_at > $2")
        .bind(token_hash)
        .bind(now)
        .fetch_optional(db)
        .await?)
}

/// The group that was chosen to work in with this sign-in; nothing before anything was. They need not be in it any more.
pub async fn group(db: &mut Db, token_hash: &str) -> Result<Option<GroupId>, Error> {
    let group: Option<Option<Text<GroupId>>> =
        sqlx::query_scalar("SELECT group_id FROM sessions WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(db)
            .await?;
    Ok(group.flatten().map(|group| group.0))
}

/// Chooses the group that this sign-in works in.
pub async fn set_group(db: &mut Db, token_hash: &str, group: GroupId) -> Result<(), Error> {
    sqlx::query("UPDATE sessions SET group_id = $2 WHERE token_hash = $1")
        .bind(token_hash)
        .bind(Text(group))
        .execute(db)
        .await?;
    Ok(())
}

/// The sign-ins of a person that have not ended, the newest first. None is said to be the one that asks.
pub async fn of_person(db: &mut Db, person: PersonId, now: DateTime<Utc>) -> Result<Vec<SessionRow>, Error> {
    #[derive(FromRow)]
    struct Row {
        token_hash: Text<SessionDigest>,
        browser: String,
        started_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT token_hash, browser, started_at, ends_at FROM sessions
         WHERE person = $1 AND ends_at > $2 ORDER BY started_at DESC, token_hash",
    )
    .bind(Text(person))
    .bind(now)
    .fetch_all(db)
    .await?;
    let row = |row: Row| SessionRow {
        id: row.token_hash.0,
        browser: row.browser,
        started_at: row.started_at,
        ends_at: row.ends_at,
        here: false,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Ends a sign-in of this person. Whether there was such a one.
pub async fn remove_of(db: &mut Db, person: PersonId, token_hash: &str) -> Result<bool, Error> {
    let removed = sqlx::query("DELETE FROM sessions WHERE person = $1 AND token_hash = $2")
        .bind(Text(person))
        .bind(token_hash)
        .execute(db)
        .await?;
    Ok(removed.rows_affected() == 1)
}

/// Ends all sign-ins of this person but one. How many they were.
pub async fn remove_others(db: &mut Db, person: PersonId, token_hash: &str) -> Result<u64, Error> {
    let removed = sqlx::query("DELETE FROM sessions WHERE person = $1 AND token_hash <> $2")
        .bind(Text(person))
        .bind(token_hash)
        .execute(db)
        .await?;
    Ok(removed.rows_affected())
}

/// Ends all sign-ins of this person.
pub async fn remove_all(db: &mut Db, person: PersonId) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(())
}

/// Ends a sign-in. One that is not there is ended already.
pub async fn remove(db: &mut Db, token_hash: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(db).await?;
    Ok(())
}
