//! What requests that were done called themselves, and the events that they made.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{GroupId, PersonId},
    request_key::RequestKey,
};
use sqlx::{FromRow, types::Text};

/// A request that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The digest of what was asked.
    pub asked: String,
    /// The group in which it made an event.
    pub group: GroupId,
    /// The number of that event.
    pub number: u64,
}

/// What this person's request of this key has made, when it was done.
pub async fn get(db: &mut Db, person: PersonId, key: &RequestKey) -> Result<Option<Done>, Error> {
    #[derive(FromRow)]
    struct Row {
        asked_hash: String,
        group_id: Text<GroupId>,
        number: i64,
    }
    let row: Option<Row> =
        sqlx::query_as("SELECT asked_hash, group_id, number FROM request_keys WHERE person = $1 AND key = $2")
            .bind(Text(person))
            .bind(key.to_string())
            .fetch_optional(db)
            .await?;
    Ok(row.map(|row| Done { asked: row.asked_hash, group: row.group_id.0, number: row.number.unsigned_abs() }))
}

/// Remembers what a request has made, and forgets what was done before `since`. Says whether it is the first of its key.
pub async fn insert(
    db: &mut Db,
    person: PersonId,
    key: &RequestKey,
    done: &Done,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<bool, Error> {
    sqlx::query("DELETE FROM request_keys WHERE done_at <= $1").bind(since).execute(&mut *db).await?;
    let made = sqlx::query(
        "INSERT INTO request_keys (person, key, asked_hash, group_id, number, done_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (person, key) DO NOTHING",
    )
    .bind(Text(person))
    .bind(key.to_string())
    .bind(&done.asked)
    .bind(Text(done.group))
    .bind(i64::try_from(done.number).unwrap_or(i64::MAX))
    .bind(now)
    .execute(db)
    .await?;
    Ok(made.rows_affected() == 1)
}
