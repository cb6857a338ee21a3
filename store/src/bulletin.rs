//! Addresses at which feed readers ask what happens in a group.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    bulletin::Bulletin,
    id::{GroupId, PersonId},
    permission::{Membership, Role},
};
use sqlx::{FromRow, types::Text};

/// Keeps the address of a person for a group, in the place of any that there was.
pub async fn set(
    db: &mut Db,
    person: PersonId,
    group: GroupId,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO bulletins (person, group_id, token_hash, made_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person, group_id) DO UPDATE
         SET token_hash = excluded.token_hash, made_at = excluded.made_at, ended_at = NULL",
    )
    .bind(Text(person))
    .bind(Text(group))
    .bind(token_hash)
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// The groups of a person, the first they joined first, with when their address there was made.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<Bulletin>, Error> {
    #[derive(FromRow)]
    struct Row {
        group_id: Text<GroupId>,
        group_name: String,
        made_at: Option<DateTime<Utc>>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT memberships.group_id, groups.name AS group_name, bulletins.made_at
         FROM memberships JOIN groups ON groups.id = memberships.group_id
         LEFT JOIN bulletins ON bulletins.person = memberships.person AND bulletins.group_id = memberships.group_id
              AND bulletins.ended_at IS NULL
         WHERE memberships.person = $1 ORDER BY memberships.rowid",
    )
    .bind(Text(person))
    .fetch_all(db)
    .await?;
    let bulletin = |row: Row| Bulletin { group: row.group_id.0, group_name: row.group_name, made_at: row.made_at };
    Ok(rows.into_iter().map(bulletin).collect())
}

/// What an address opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The group, to a member who made the address while they were in it.
    To(Membership),
    /// Nothing any more: its person left the group.
    Ended,
}

/// What the address with this digest opens. One of a disabled account is not there while it is disabled.
pub async fn by_hash(db: &mut Db, token_hash: &str) -> Result<Option<Opened>, Error> {
    #[derive(FromRow)]
    struct Row {
        person: Text<PersonId>,
        group_id: Text<GroupId>,
        role: Option<Text<Role>>,
        ended_at: Option<DateTime<Utc>>,
    }
    let row: Option<Row> = sqlx::query_as(
        "SELECT bulletins.person, bulletins.group_id, memberships.role, bulletins.ended_at
         FROM bulletins JOIN people ON people.id = bulletins.person AND people.disabled_at IS NULL
         LEFT JOIN memberships
              ON memberships.person = bulletins.person AND memberships.group_id = bulletins.group_id
         WHERE bulletins.token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| match (row.role, row.ended_at) {
        (Some(role), None) => Opened::To(Membership { person: row.person.0, group: row.group_id.0, role: role.0 }),
        _ => Opened::Ended,
    }))
}

/// Ends the address of a person who leaves a group.
pub async fn end(db: &mut Db, person: PersonId, group: GroupId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE bulletins SET ended_at = $3 WHERE person = $1 AND group_id = $2 AND ended_at IS NULL")
        .bind(Text(person))
        .bind(Text(group))
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// Revokes the address of a person for a group that they are in. Whether there was one.
pub async fn remove(db: &mut Db, person: PersonId, group: GroupId) -> Result<bool, Error> {
    let removed = sqlx::query("DELETE FROM bulletins WHERE person = $1 AND group_id = $2 AND ended_at IS NULL")
        .bind(Text(person))
        .bind(Text(group))
        .execute(db)
        .await?;
    Ok(removed.rows_affected() == 1)
}

/// Revokes all addresses of a person.
pub async fn remove_all(db: &mut Db, person: PersonId) -> Result<(), Error> {
    sqlx::query("DELETE FROM bulletins WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(())
}
