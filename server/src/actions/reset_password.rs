//! Links by which somebody who has forgotten their password chooses another.

use crate::{
    actions::{
        Failure,
        sign_in::{self, Token},
    },
    clock,
    guesses::Key,
    house::House,
};
use chrono::TimeDelta;
use domain::{
    id::PersonId,
    permission::Administrator,
    person::{Password, Person, ResetLink},
};
use std::net::IpAddr;
use store::Db;

/// How long a link is good for.
pub const LINK_LASTS: TimeDelta = TimeDelta::hours(24);

/// Makes a link for somebody, which an administrator hands to them.
pub async fn make_link(house: &House, _by: Administrator, person: PersonId) -> Result<ResetLink, Failure> {
    let mut tx = house.store.begin().await?;
    if !store::person::is_there(&mut tx, person).await? {
        return Err(Failure::NotFound("person"));
    }
    let link = keep_link(house, &mut tx, person).await?;
    tx.commit().await?;
    Ok(link)
}

/// Makes a link for the person of this name. For the command line.
pub async fn make_link_for(house: &House, name: &str) -> Result<ResetLink, Failure> {
    let mut tx = house.store.begin().await?;
    let (person, _) = store::person::by_name(&mut tx, name).await?.ok_or(Failure::NotFound("person"))?;
    let link = keep_link(house, &mut tx, person.id).await?;
    tx.commit().await?;
    Ok(link)
}

/// Keeps a link in the transaction of whoever makes it.
pub(super) async fn keep_link(house: &House, db: &mut Db, person: PersonId) -> Result<ResetLink, Failure> {
    let (token, now) = (Token::new(), clock::now());
    let ends_at = now + LINK_LASTS;
    store::reset_link::insert(db, &token.digest(), person, now, ends_at).await?;
    Ok(ResetLink { address: format!("{}/reset/{}", house.config.public_url, token.reveal()), ends_at })
}

/// Whose link this is. Wrong ones are counted for the address that they come from; a right one is never kept out.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::TooManyTries`].
pub async fn whose(house: &House, link: &Token, address: Option<IpAddr>) -> Result<Person, Failure> {
    let now = clock::now();
    let mut snapshot = house.store.snapshot().await?;
    if let Some(person) = store::reset_link::person(&mut snapshot, &link.digest(), now).await? {
        return Ok(person);
    }
    let keys: Vec<Key> = address.map(Key::secrets).into_iter().collect();
    house
        .guesses
        .count(&keys, now)
        .map_err(|wait| Failure::TooManyTries { what: "wrong links from your address", wait })?;
    Err(Failure::NotFound("link"))
}

/// Gives the link's person another password. Their sign-ins, their tokens, all their links and the addresses of their feed
/// readers end, for somebody else may have had the old one.
pub async fn reset(house: &House, link: &Token, new: Password, address: Option<IpAddr>) -> Result<(), Failure> {
    whose(house, link, address).await?;
    let hash = sign_in::hash(new).await?;
    let mut tx = house.store.begin().await?;
    // Used once only: another may have come first.
    let person = store::reset_link::person(&mut tx, &link.digest(), clock::now()).await?;
    let person = person.ok_or(Failure::NotFound("link"))?;
    store::person::set_password(&mut tx, person.id, &hash).await?;
    store::api_token::remove_all(&mut tx, person.id).await?;
    store::bulletin::remove_all(&mut tx, person.id).await?;
    Ok(house.hub.commit(tx, person.id).await?)
}
