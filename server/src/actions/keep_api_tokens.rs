//! Makes, lists and revokes the tokens with which programs act for a person, and says whose a token is.

use crate::{actions::Failure, clock, digest, guesses::Key, house::House};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    api_token::{ApiToken, MAX_TOKENS, MadeApiToken, PREFIX, SHOWN, ends_at},
    ask::MakeApiToken,
    id::ApiTokenId,
    person::Person,
};
use std::net::IpAddr;
use store::api_token::Brought;

/// How exactly it is kept when a token was used last: a write for each request would be a waste.
pub const USED_EXACTLY: TimeDelta = TimeDelta::hours(1);

/// Makes a token. Its secret is in the answer and nowhere else.
///
/// # Errors
/// [`Failure::Invalid`] for a time that none lasts, [`Failure::Conflict`] when there are [`MAX_TOKENS`] already.
pub async fn make(house: &House, person: &Person, ask: MakeApiToken) -> Result<MadeApiToken, Failure> {
    let now = clock::now();
    let ends_at = ends_at(now, ask.days).map_err(|error| Failure::Invalid(error.to_string()))?;
    let secret = format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(clock::token()));
    let token = ApiToken {
        id: ApiTokenId::from_bits(clock::bits()),
        name: ask.name,
        scope: ask.scope,
        starts_with: secret.chars().take(PREFIX.len() + SHOWN).collect(),
        made_at: now,
        ends_at,
        used_at: None,
    };
    let mut tx = house.store.begin().await?;
    if store::api_token::of_person(&mut tx, person.id).await?.len() >= MAX_TOKENS {
        return Err(Failure::Conflict(format!("you have {MAX_TOKENS} tokens: revoke one that you no longer need")));
    }
    store::api_token::insert(&mut tx, person.id, &digest::sha256(secret.as_bytes()), &token).await?;
    tx.commit().await?;
    Ok(MadeApiToken { secret, token })
}

/// The tokens of a person, the newest first.
pub async fn list(house: &House, person: &Person) -> Result<Vec<ApiToken>, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(store::api_token::of_person(&mut snapshot, person.id).await?)
}

/// Revokes a token. One of somebody else is not there for them. Seats that were taken with it end.
pub async fn revoke(house: &House, person: &Person, id: ApiTokenId) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    if !store::api_token::remove_of(&mut tx, person.id, id).await? {
        return Err(Failure::NotFound("token"));
    }
    Ok(house.hub.commit(tx, person.id).await?)
}

/// Whose token this is. Wrong ones are counted for the address that they come from; a right one is never kept out.
///
/// # Errors
/// [`Failure::WrongToken`], [`Failure::TooManyTries`].
pub async fn who(house: &House, secret: &str, address: Option<IpAddr>) -> Result<Brought, Failure> {
    let now = clock::now();
    let mut snapshot = house.store.snapshot().await?;
    let found = store::api_token::by_hash(&mut snapshot, &digest::sha256(secret.as_bytes()), now).await?;
    drop(snapshot);
    let Some(brought) = found else {
        let keys: Vec<Key> = address.map(Key::secrets).into_iter().collect();
        house
            .guesses
            .count(&keys, now)
            .map_err(|wait| Failure::TooManyTries { what: "wrong tokens from your address", wait })?;
        return Err(Failure::WrongToken);
    };
    if is_news(brought.used_at, now) {
        let mut tx = house.store.begin().await?;
        store::api_token::set_used(&mut tx, brought.id, now).await?;
        tx.commit().await?;
    }
    Ok(brought)
}

/// Whether a use is late enough after the one that is kept to be kept instead.
fn is_news(kept: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    // A clock that was set back does not keep the future for ever.
    kept.is_none_or(|at| (now - at).abs() >= USED_EXACTLY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_is_kept_once_an_hour() {
        let now = clock::now();
        let rows = [
            (None, true),
            (Some(TimeDelta::minutes(59)), false),
            (Some(TimeDelta::hours(1)), true),
            (Some(TimeDelta::hours(-2)), true),
        ];
        for (ago, expected) in rows {
            assert_eq!(is_news(ago.map(|ago| now - ago), now), expected, "{ago:?}");
        }
    }
}
