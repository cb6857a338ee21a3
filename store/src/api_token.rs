//! Tokens with which programs act for people.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    api_token::{ApiToken, Scope},
    id::{ApiTokenId, PersonId},
    person::Person,
    words::{PersonName, TokenName},
};
use sqlx::{FromRow, types::Text};

/// Keeps a new token of a person.
pub async fn insert(db: &mut Db, person: PersonId, token_hash: &str, token: &ApiToken) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO api_tokens (id, token_hash, person, name, scope, starts_with, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(Text(token.id))
    .bind(token_hash)
    .bind(Text(person))
    .bind(token.name.as_str())
    .bind(Text(token.scope))
    .bind(&token.starts_with)
    .bind(token.made_at)
    .bind(token.ends_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The tokens of a person, the newest first; also those that have ended, so that their person sees why they fail.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<ApiToken>, Error> {
    #[derive(FromRow)]
    struct Row {
        id: Text<ApiTokenId>,
        name: Text<TokenName>,
        scope: Text<Scope>,
        starts_with: String,
        made_at: DateTime<Utc>,
        ends_at: Option<DateTime<Utc>>,
        used_at: Option<DateTime<Utc>>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, scope, starts_with, made_at, ends_at, used_at FROM api_tokens
         WHERE person = $1 ORDER BY made_at DESC, id",
    )
    .bind(Text(person))
    .fetch_all(db)
    .await?;
    let token = |row: Row| ApiToken {
        id: row.id.0,
        name: row.name.0,
        scope: row.scope.0,
        starts_with: row.starts_with,
        made_at: row.made_at,
        ends_at: row.ends_at,
        used_at: row.used_at,
    };
    Ok(rows.into_iter().map(token).collect())
}

/// A token that was brought: whose it is, and what it is good for.
#[derive(Debug, Clone)]
pub struct Brought {
    /// Its id.
    pub id: ApiTokenId,
    /// Whose.
    pub person: Person,
    /// What it is good for.
    pub scope: Scope,
    /// When it was used last, as far as that is kept.
    pub used_at: Option<DateTime<Utc>>,
}

/// The token with this digest, if it has not ended.
pub async fn by_hash(db: &mut Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Brought>, Error> {
    #[derive(FromRow)]
    struct Row {
        id: Text<ApiTokenId>,
        scope: Text<Scope>,
        used_at: Option<DateTime<Utc>>,
        person: Text<PersonId>,
        name: Text<PersonName>,
        joined_at: DateTime<Utc>,
    }
    let row: Option<Row> = sqlx::query_as(
        "SELECT api_tokens.id, api_tokens.scope, api_tokens.used_at,
                people.id AS person, people.name, people.joined_at
         FROM api_tokens JOIN people ON people.id = api_tokens.person
         WHERE api_tokens.token_hash = $1 AND (api_tokens.ends_at IS NULL OR api_tokens.ends_at > $2)
           AND people.disabled_at IS NULL",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Brought {
        id: row.id.0,
        person: Person { id: row.person.0, name: row.name.0, joined_at: row.joined_at },
        scope: row.scope.0,
        used_at: row.used_at,
    }))
}

/// Notes down that a token was used. One that is gone meanwhile is left alone.
pub async fn set_used(db: &mut Db, id: ApiTokenId, at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE api_tokens SET used_at = $2 WHERE id = $1").bind(Text(id)).bind(at).execute(db).await?;
    Ok(())
}

/// Revokes a token of this person. Whether there was such a one.
pub async fn remove_of(db: &mut Db, person: PersonId, id: ApiTokenId) -> Result<bool, Error> {
    let removed = sqlx::query("DELETE FROM api_tokens WHERE person = $1 AND id = $2")
        .bind(Text(person))
        .bind(Text(id))
        .execute(db)
        .await?;
    Ok(removed.rows_affected() == 1)
}

/// Revokes all tokens of a person.
pub async fn remove_all(db: &mut Db, person: PersonId) -> Result<(), Error> {
    sqlx::query("DELETE FROM api_tokens WHERE person = $1").bind(Text(person)).execute(db).await?;
    Ok(())
}
