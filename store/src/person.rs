//! Accounts.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{ArticleId, GroupId, PersonId},
    person::Person,
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

/// Keeps a new person. A name that another has is [`crate::Conflict::NameTaken`].
pub async fn insert(db: &mut Db, person: &Person, password_hash: &str) -> Result<(), Error> {
    sqlx::query("INSERT INTO people (id, name, name_key, password_hash, joined_at) VALUES ($1, $2, $3, $4, $5)")
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
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM people)").fetch_one(db).await?)
}

/// Everybody, by name.
pub async fn all(db: &mut Db) -> Result<Vec<Person>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, name, joined_at FROM people ORDER BY name_key").fetch_all(db).await?;
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

/// The person with this name, and the hash of their password.
pub async fn by_name(db: &mut Db, name: &str) -> Result<Option<(Person, String)>, Error> {
    #[derive(FromRow)]
    struct WithHash {
        #[sqlx(flatten)]
        row: Row,
        password_hash: String,
    }
    let row: Option<WithHash> =
        sqlx::query_as("SELECT id, name, joined_at, password_hash FROM people WHERE name_key = $1")
            .bind(key(name))
            .fetch_optional(db)
            .await?;
    Ok(row.map(|both| (both.row.into(), both.password_hash)))
}

/// Gives a person another password. Their sign-ins end.
pub async fn set_password(db: &mut Db, person: PersonId, password_hash: &str) -> Result<(), Error> {
    sqlx::query("UPDATE people SET password_hash = $2 WHERE id = $1")
        .bind(Text(person))
        .bind(password_hash)
        .execute(&mut *db)
        .await?;
    sqlx::query("DELETE FROM sessions WHERE person = $1").bind(Text(person)).execute(&mut *db).await?;
    crate::known_browser::forget(db, person).await?;
    Ok(())
}
