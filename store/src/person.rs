//! Accounts.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{ArticleId, GroupId, PersonId},
    permission::Trust,
    person::{Person, PersonRow},
    words::PersonName,
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<PersonId>,
    name: Text<PersonName>,
    joined_at: DateTime<Utc>,
}

impl From<Row> for Person {
    fn from(row: Row) -> Self {
        Self { id: row.id.0, name: row.name.0, joined_at: row.joined_at }
    }
}

/// What two names are compared by.
fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Keeps a new person; where there is nobody yet, as administrator. A name that another has is
/// [`crate::Conflict::NameTaken`].
pub async fn insert(db: &mut Db, person: &Person, password_hash: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO people (id, name, name_key, password_hash, joined_at, administrator)
         SELECT $1, $2, $3, $4, $5, NOT EXISTS (SELECT 1 FROM people WHERE left_at IS NULL)",
    )
    .bind(Text(person.id))
    .bind(person.name.as_str())
    .bind(key(person.name.as_str()))
    .bind(password_hash)
    .bind(person.joined_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there is anybody yet.
pub async fn any(db: &mut Db) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM people WHERE left_at IS NULL)").fetch_one(db).await?)
}

/// Everybody, by name.
pub async fn all(db: &mut Db) -> Result<Vec<Person>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, name, joined_at FROM people WHERE left_at IS NULL ORDER BY name_key")
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// Who wrote public notes on an article, those included who have left its group since.
pub async fn public_authors(db: &mut Db, article: ArticleId) -> Result<Vec<Person>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, joined_at FROM people WHERE id IN
             (SELECT written_by FROM notes WHERE article = $1 AND removed_at IS NULL AND visibility = 'public')",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// Everybody in a group, by name.
pub async fn of_group(db: &mut Db, group: GroupId) -> Result<Vec<Person>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at
         FROM people JOIN memberships ON memberships.person = people.id
         WHERE memberships.group_id = $1 ORDER BY people.name_key",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// Everybody who is or was in a group, by name: those whose names stand beside what was written there.
pub async fn ever_in_group(db: &mut Db, group: GroupId) -> Result<Vec<Person>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, joined_at FROM people
         WHERE id IN (SELECT person FROM memberships WHERE group_id = $1
                      UNION SELECT person FROM former_members WHERE group_id = $1)
         ORDER BY name_key",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// The person with this name, and the hash of their password.
pub async fn by_name(db: &mut Db, name: &str) -> Result<Option<(Person, String)>, Error> {
    #[derive(FromRow)]
    struct WithHash {
        #[sqlx(flatten)]
        row: Row,
        password_hash: String,
    }
    let row: Option<WithHash> =
        sqlx::query_as("SELECT id, name, joined_at, password_hash FROM people WHERE name_key = $1 AND left_at IS NULL")
            .bind(key(name))
            .fetch_optional(db)
            .await?;
    Ok(row.map(|both| (both.row.into(), both.password_hash)))
}

/// Gives a person another password. Their sign-ins end, those that wait for a code too, and links for another password.
pub async fn set_password(db: &mut Db, person: PersonId, password_hash: &str) -> Result<(), Error> {
    sqlx::query("UPDATE people SET password_hash = $2 WHERE id = $1")
        .bind(Text(person))
        .bind(password_hash)
        .execute(&mut *db)
        .await?;
    sqlx::query("DELETE FROM sessions WHERE person = $1").bind(Text(person)).execute(&mut *db).await?;
    crate::reset_link::remove_all(db, person).await?;
    crate::second_step::nobody_waits(db, person).await?;
    crate::known_browser::forget(db, person).await?;
    Ok(())
}

/// Whether this person alone looks after this Postil, and others have an account.
pub async fn is_only_administrator(db: &mut Db, person: PersonId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM people WHERE id = $1 AND administrator = 1)
            AND EXISTS (SELECT 1 FROM people WHERE id <> $1 AND left_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM people WHERE id <> $1 AND administrator = 1 AND disabled_at IS NULL)",
    )
    .bind(Text(person))
    .fetch_one(db)
    .await?)
}

/// Whether this person has an account.
pub async fn is_there(db: &mut Db, person: PersonId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM people WHERE id = $1 AND left_at IS NULL)")
        .bind(Text(person))
        .fetch_one(db)
        .await?)
}

/// Whether this person has a password. Who came by the team's own sign-in has none until they choose one.
pub async fn has_password(db: &mut Db, person: PersonId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM people WHERE id = $1 AND password_hash <> '')")
        .bind(Text(person))
        .fetch_one(db)
        .await?)
}

/// Whether this person's account is disabled.
pub async fn is_disabled(db: &mut Db, person: PersonId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM people WHERE id = $1 AND disabled_at IS NOT NULL)")
        .bind(Text(person))
        .fetch_one(db)
        .await?)
}

/// Whether this person looks after this Postil.
pub async fn trust(db: &mut Db, person: PersonId) -> Result<Trust, Error> {
    let administrator: Option<bool> = sqlx::query_scalar(
        "SELECT administrator FROM people WHERE id = $1 AND left_at IS NULL AND disabled_at IS NULL",
    )
    .bind(Text(person))
    .fetch_optional(db)
    .await?;
    Ok(Trust { person, administrator: administrator.unwrap_or(false) })
}

/// Everybody as administrators see them, by name.
pub async fn rows(db: &mut Db) -> Result<Vec<PersonRow>, Error> {
    #[derive(FromRow)]
    struct Line {
        #[sqlx(flatten)]
        row: Row,
        administrator: bool,
        disabled_at: Option<DateTime<Utc>>,
        signed_in_at: Option<DateTime<Utc>>,
        passkeys: u32,
    }
    let lines: Vec<Line> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at, people.administrator, people.disabled_at,
                (SELECT MAX(sessions.started_at) FROM sessions WHERE sessions.person = people.id) AS signed_in_at,
                (SELECT COUNT(*) FROM passkeys WHERE passkeys.person = people.id) AS passkeys
         FROM people WHERE people.left_at IS NULL ORDER BY people.name_key",
    )
    .fetch_all(db)
    .await?;
    let row = |line: Line| PersonRow {
        person: line.row.into(),
        administrator: line.administrator,
        disabled_at: line.disabled_at,
        signed_in_at: line.signed_in_at,
        passkeys: line.passkeys,
    };
    Ok(lines.into_iter().map(row).collect())
}

/// Says whether a person looks after this Postil.
pub async fn set_administrator(db: &mut Db, person: PersonId, administrator: bool) -> Result<(), Error> {
    sqlx::query("UPDATE people SET administrator = $2 WHERE id = $1")
        .bind(Text(person))
        .bind(administrator)
        .execute(db)
        .await?;
    Ok(())
}

/// Disables an account as of this moment, which ends its sign-ins and the links for another password; or enables it.
pub async fn set_disabled(db: &mut Db, person: PersonId, since: Option<DateTime<Utc>>) -> Result<(), Error> {
    sqlx::query("UPDATE people SET disabled_at = $2 WHERE id = $1")
        .bind(Text(person))
        .bind(since)
        .execute(&mut *db)
        .await?;
    if since.is_some() {
        sqlx::query("DELETE FROM sessions WHERE person = $1").bind(Text(person)).execute(&mut *db).await?;
        crate::reset_link::remove_all(db, person).await?;
    }
    Ok(())
}
