//! Addresses of mail, and letters on their way.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::PersonId,
    mail::{Letter, MailAddress},
    person::Person,
    words::PersonName,
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

/// The confirmed address of a person.
pub async fn address(db: &mut Db, person: PersonId) -> Result<Option<MailAddress>, Error> {
    let address: Option<Option<Text<MailAddress>>> =
        sqlx::query_scalar("SELECT mail FROM people WHERE id = $1").bind(Text(person)).fetch_optional(db).await?;
    Ok(address.flatten().map(|address| address.0))
}

/// Sets the address of a person, or takes it away.
pub async fn set_address(db: &mut Db, person: PersonId, address: Option<&MailAddress>) -> Result<(), Error> {
    sqlx::query("UPDATE people SET mail = $2 WHERE id = $1")
        .bind(Text(person))
        .bind(address.map(MailAddress::as_str))
        .execute(db)
        .await?;
    Ok(())
}

#[derive(FromRow)]
struct Reached {
    id: Text<PersonId>,
    name: Text<PersonName>,
    joined_at: DateTime<Utc>,
    mail: Text<MailAddress>,
}

impl From<Reached> for (Person, MailAddress) {
    fn from(row: Reached) -> Self {
        (Person { id: row.id.0, name: row.name.0, joined_at: row.joined_at }, row.mail.0)
    }
}

/// Those in use whose name or confirmed address this is, with that address.
pub async fn named_or_at(db: &mut Db, typed: &str) -> Result<Vec<(Person, MailAddress)>, Error> {
    let rows: Vec<Reached> = sqlx::query_as(
        "SELECT id, name, joined_at, mail FROM people
         WHERE (name_key = $1 OR lower(mail) = $1) AND mail IS NOT NULL AND disabled_at IS NULL AND left_at IS NULL
         ORDER BY name_key",
    )
    .bind(typed.trim().to_lowercase())
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Waits for the confirmation of an address; no longer for another one of the same person.
pub async fn await_confirmation(
    db: &mut Db,
    token_hash: &str,
    person: PersonId,
    address: &MailAddress,
    ends_at: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO mail_confirmations (token_hash, person, address, ends_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person) DO UPDATE
         SET token_hash = excluded.token_hash, address = excluded.address, ends_at = excluded.ends_at",
    )
    .bind(token_hash)
    .bind(Text(person))
    .bind(address.as_str())
    .bind(ends_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The address that a person has still to confirm.
pub async fn waiting(db: &mut Db, person: PersonId, now: DateTime<Utc>) -> Result<Option<MailAddress>, Error> {
    let address: Option<Text<MailAddress>> =
        sqlx::query_scalar("SELECT address FROM mail_confirmations WHERE person = $1 AND ends_at > $2")
            .bind(Text(person))
            .bind(now)
            .fetch_optional(db)
            .await?;
    Ok(address.map(|address| address.0))
}

/// Whose link for which address this is, if it has not ended.
pub async fn confirmation(
    db: &mut Db,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Person, MailAddress)>, Error> {
    let row: Option<Reached> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at, mail_confirmations.address AS mail
         FROM mail_confirmations JOIN people ON people.id = mail_confirmations.person
         WHERE mail_confirmations.token_hash = $1 AND mail_confirmations.ends_at > $2 AND people.disabled_at IS NULL",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// No longer waits for a confirmation of this person.
pub async fn wait_no_longer(db: &mut Db, person: PersonId) -> Result<(), Error> {
    sqlx::query("DELETE FROM mail_confirmations WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(())
}

/// Puts a letter into the outbox.
pub async fn post(
    db: &mut Db,
    person: PersonId,
    address: &MailAddress,
    letter: &Letter,
    message_id: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO outbox (person, address, subject, body, message_id, written_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(Text(person))
    .bind(address.as_str())
    .bind(&letter.subject)
    .bind(&letter.body)
    .bind(message_id)
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a letter into the outbox that tells of these notices, by their ordinals, and ends by this link. It has no words
/// there: what its person may see can change while it waits.
pub async fn post_notices(
    db: &mut Db,
    person: PersonId,
    address: &MailAddress,
    (notices, unsubscribe): (&[u64], &str),
    message_id: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO outbox (person, address, subject, body, message_id, written_at, due_at, unsubscribe, notices)
         VALUES ($1, $2, '', '', $3, $4, $4, $5, $6)",
    )
    .bind(Text(person))
    .bind(address.as_str())
    .bind(message_id)
    .bind(now)
    .bind(unsubscribe)
    .bind(Json(notices))
    .execute(db)
    .await?;
    Ok(())
}

/// A letter on its way.
#[derive(Debug, Clone, FromRow)]
pub struct Posted {
    /// Which.
    pub ordinal: i64,
    /// Whom it concerns.
    pub person: Text<PersonId>,
    /// What they are called.
    pub name: Text<PersonName>,
    /// To whom.
    pub address: Text<MailAddress>,
    /// In a line.
    pub subject: String,
    /// The rest.
    pub body: String,
    /// Its name in the world.
    pub message_id: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// How often it was tried in vain.
    pub tries: u32,
    /// Where one ends what it belongs to.
    pub unsubscribe: Option<String>,
    /// The ordinals of the notices that it tells of; nothing for a letter whose words are written already.
    pub notices: Option<Json<Vec<u64>>>,
}

/// The letter whose turn it is: those of notices come last, for nobody waits for them, and to a disabled account they wait.
pub async fn next_due(db: &mut Db, now: DateTime<Utc>) -> Result<Option<Posted>, Error> {
    Ok(sqlx::query_as(
        "SELECT outbox.ordinal, outbox.person, people.name, outbox.address, outbox.subject, outbox.body, outbox.message_id,
                outbox.written_at, outbox.tries, outbox.unsubscribe, outbox.notices
         FROM outbox JOIN people ON people.id = outbox.person
         WHERE outbox.due_at <= $1 AND (outbox.unsubscribe IS NULL OR people.disabled_at IS NULL)
         ORDER BY outbox.unsubscribe IS NOT NULL, outbox.ordinal LIMIT 1",
    )
    .bind(now)
    .fetch_optional(db)
    .await?)
}

/// A letter was sent, or never will be. One that is gone already may have left its ordinal to another, which stays.
pub async fn drop_letter(db: &mut Db, posted: &Posted) -> Result<(), Error> {
    sqlx::query("DELETE FROM outbox WHERE ordinal = $1 AND message_id = $2")
        .bind(posted.ordinal)
        .bind(&posted.message_id)
        .execute(db)
        .await?;
    Ok(())
}

/// Puts a letter off, as [`drop_letter`] drops one.
pub async fn put_off(db: &mut Db, posted: &Posted, due_at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE outbox SET tries = tries + 1, due_at = $3 WHERE ordinal = $1 AND message_id = $2")
        .bind(posted.ordinal)
        .bind(&posted.message_id)
        .bind(due_at)
        .execute(db)
        .await?;
    Ok(())
}
