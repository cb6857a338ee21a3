//! Who is mailed what they have not seen, and how often; and the links that end it.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{id::PersonId, mail::MailAddress, mailing::Rhythm, person::Person, words::PersonName};
use sqlx::{FromRow, types::Text};

/// How often a person is mailed.
pub async fn rhythm(db: &mut Db, person: PersonId) -> Result<Rhythm, Error> {
    let rhythm: Option<Text<Rhythm>> = sqlx::query_scalar("SELECT rhythm FROM mailings WHERE person = $1")
        .bind(Text(person))
        .fetch_optional(db)
        .await?;
    Ok(rhythm.map_or(Rhythm::Never, |rhythm| rhythm.0))
}

/// Mails a person so often, first at this instant. Somebody who was not mailed before is mailed what comes from now on.
pub async fn set(db: &mut Db, person: PersonId, rhythm: Rhythm, due_at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO mailings (person, rhythm, due_at, mailed)
         SELECT $1, $2, $3, COALESCE(MAX(ordinal), 0) FROM notices WHERE person = $1
         ON CONFLICT (person) DO UPDATE SET rhythm = excluded.rhythm, due_at = excluded.due_at",
    )
    .bind(Text(person))
    .bind(Text(rhythm))
    .bind(due_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Mails a person nothing more; letters of notices that wait are not sent either.
pub async fn end(db: &mut Db, person: PersonId) -> Result<(), Error> {
    for delete in
        ["DELETE FROM mailings WHERE person = $1", "DELETE FROM outbox WHERE person = $1 AND unsubscribe IS NOT NULL"]
    {
        sqlx::query(delete).bind(Text(person)).execute(&mut *db).await?;
    }
    Ok(())
}

/// Sends letters of notices that wait to this address instead.
pub async fn readdress(db: &mut Db, person: PersonId, address: &MailAddress) -> Result<(), Error> {
    sqlx::query("UPDATE outbox SET address = $2 WHERE person = $1 AND unsubscribe IS NOT NULL")
        .bind(Text(person))
        .bind(address.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// Somebody for whom it is time.
#[derive(Debug, Clone)]
pub struct Due {
    /// Who.
    pub person: Person,
    /// Where mail reaches them.
    pub address: MailAddress,
    /// How often they are mailed.
    pub rhythm: Rhythm,
    /// When it was time.
    pub due_at: DateTime<Utc>,
    /// The ordinal of the last notice that they were mailed.
    pub mailed: u64,
}

/// Those for whom it is time, `most` at the most, the longest due first. Whoever has a letter of notices that has not left
/// yet waits until it has.
pub async fn due(db: &mut Db, now: DateTime<Utc>, most: u32) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<Text<PersonId>> = sqlx::query_scalar(
        "SELECT mailings.person FROM mailings JOIN people ON people.id = mailings.person
         WHERE mailings.due_at <= $1 AND people.mail IS NOT NULL AND people.disabled_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.person = mailings.person AND outbox.unsubscribe IS NOT NULL)
         ORDER BY mailings.due_at, mailings.person LIMIT $2",
    )
    .bind(now)
    .bind(most)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|person| person.0).collect())
}

/// One of them, when it is still time.
pub async fn due_now(db: &mut Db, person: PersonId, now: DateTime<Utc>) -> Result<Option<Due>, Error> {
    #[derive(FromRow)]
    struct Row {
        id: Text<PersonId>,
        name: Text<PersonName>,
        joined_at: DateTime<Utc>,
        mail: Text<MailAddress>,
        rhythm: Text<Rhythm>,
        due_at: DateTime<Utc>,
        mailed: i64,
    }
    let row: Option<Row> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at, people.mail, mailings.rhythm, mailings.due_at, mailings.mailed
         FROM mailings JOIN people ON people.id = mailings.person
         WHERE mailings.person = $1 AND mailings.due_at <= $2 AND people.mail IS NOT NULL AND people.disabled_at IS NULL",
    )
    .bind(Text(person))
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Due {
        person: Person { id: row.id.0, name: row.name.0, joined_at: row.joined_at },
        address: row.mail.0,
        rhythm: row.rhythm.0,
        due_at: row.due_at,
        mailed: row.mailed.unsigned_abs(),
    }))
}

/// Writes down when it is time next, and that all that this person was told by now was mailed, or need not be.
pub async fn went(db: &mut Db, person: PersonId, next: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query(
        "UPDATE mailings SET due_at = $2,
                mailed = MAX(mailed, (SELECT COALESCE(MAX(ordinal), 0) FROM notices WHERE person = $1))
         WHERE person = $1",
    )
    .bind(Text(person))
    .bind(next)
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a link that ends the mailing of its person; those that are over by now are forgotten.
pub async fn keep_link(
    db: &mut Db,
    token_hash: &str,
    person: PersonId,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM unsubscribe_links WHERE person = $1 AND ends_at <= $2")
        .bind(Text(person))
        .bind(now)
        .execute(&mut *db)
        .await?;
    sqlx::query("INSERT INTO unsubscribe_links (token_hash, person, ends_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(Text(person))
        .bind(ends_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose link this is, if it is good still.
pub async fn whose_link(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Person>, Error> {
    #[derive(FromRow)]
    struct Row {
        id: Text<PersonId>,
        name: Text<PersonName>,
        joined_at: DateTime<Utc>,
    }
    let row: Option<Row> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at
         FROM unsubscribe_links JOIN people ON people.id = unsubscribe_links.person
         WHERE unsubscribe_links.token_hash = $1 AND unsubscribe_links.ends_at > $2",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Person { id: row.id.0, name: row.name.0, joined_at: row.joined_at }))
}
