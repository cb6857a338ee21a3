//! In which language people want Postil to speak to them.

use crate::{Db, Error};
use domain::{id::PersonId, language::Language};
use sqlx::types::Text;

/// The language that a person has chosen; nothing when it is the one that their browser asks for.
pub async fn of(db: &mut Db, person: PersonId) -> Result<Option<Language>, Error> {
    let row: Option<(Text<Language>,)> = sqlx::query_as("SELECT language FROM languages WHERE person = $1")
        .bind(Text(person))
        .fetch_optional(db)
        .await?;
    Ok(row.map(|(language,)| language.0))
}

/// Keeps what they have chosen.
pub async fn set(db: &mut Db, person: PersonId, language: Option<Language>) -> Result<(), Error> {
    let query = match language {
        Some(language) => sqlx::query(
            "INSERT INTO languages (person, language) VALUES ($1, $2)
             ON CONFLICT (person) DO UPDATE SET language = excluded.language",
        )
        .bind(Text(person))
        .bind(language.word()),
        None => sqlx::query("DELETE FROM languages WHERE person = $1").bind(Text(person)),
    };
    query.execute(db).await?;
    Ok(())
}
