//! A person's mail address: said, confirmed by a link, taken away; and the link that is sent to who has forgotten their
//! password.

use crate::{
    actions::{
        Failure,
        keep_account::{self, Proof},
        reset_password,
        sign_in::Token,
    },
    clock,
    guesses::Key,
    house::House,
    letters,
};
use chrono::TimeDelta;
use domain::{
    id::PersonId,
    mail::{AccountMail, Letter, MailAddress},
    person::Person,
};
use std::net::IpAddr;
use store::Db;

/// How long the link that confirms an address is good for.
pub const CONFIRMATION_LASTS: TimeDelta = TimeDelta::hours(48);

/// What an account has to do with mail.
pub async fn account_mail(house: &House, person: &Person) -> Result<AccountMail, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(AccountMail {
        sends: house.config.mail.is_some(),
        address: store::mail::address(&mut snapshot, person.id).await?,
        waiting: store::mail::waiting(&mut snapshot, person.id, clock::now()).await?,
    })
}

/// Sends a link to an address, which becomes the person's when they follow it. Until then the one before stays.
///
/// # Errors
/// [`Failure::Conflict`] where no mail is sent; what [`keep_account::prove`] says of a wrong password; and
/// [`Failure::TooManyTries`] for one who has mail sent to others' addresses.
pub async fn ask_for(house: &House, proof: Proof<'_>, address: MailAddress) -> Result<(), Failure> {
    if house.config.mail.is_none() {
        return Err(Failure::Conflict("this Postil sends no mail".to_owned()));
    }
    // What the mail library cannot write as an address would never be sent.
    let writable = address.as_str().parse::<lettre::Address>();
    writable.map_err(|_| Failure::Invalid(domain::mail::BadMailAddress.to_string()))?;
    keep_account::prove(house, &proof).await?;
    let (person, now) = (proof.person, clock::now());
    let keys = [Key::Letters(person.id)];
    house.guesses.count(&keys, now).map_err(|wait| Failure::TooManyTries { what: "letters for you", wait })?;
    let (token, ends_at) = (Token::new(), now + CONFIRMATION_LASTS);
    let home = &house.config.public_url;
    let link = format!("{home}/confirm/{}", token.reveal());
    let letter = letters::confirm(&person.name, &link, ends_at, home);
    let mut tx = house.store.begin().await?;
    store::mail::await_confirmation(&mut tx, &token.digest(), person.id, &address, ends_at).await?;
    post(house, &mut tx, person.id, &address, &letter).await?;
    tx.commit().await?;
    house.letters.ring();
    Ok(())
}

/// Whose link for which address this is. Wrong ones are counted for the address that they come from.
pub async fn awaited(house: &House, link: &Token, caller: Option<IpAddr>) -> Result<(Person, MailAddress), Failure> {
    let now = clock::now();
    let mut snapshot = house.store.snapshot().await?;
    if let Some(found) = store::mail::confirmation(&mut snapshot, &link.digest(), now).await? {
        return Ok(found);
    }
    let keys: Vec<Key> = caller.map(Key::secrets).into_iter().collect();
    house
        .guesses
        .count(&keys, now)
        .map_err(|wait| Failure::TooManyTries { what: "wrong links from your address", wait })?;
    Err(Failure::NotFound("link"))
}

/// Makes the address of this link its person's.
pub async fn confirm(house: &House, link: &Token, caller: Option<IpAddr>) -> Result<(), Failure> {
    awaited(house, link, caller).await?;
    let mut tx = house.store.begin().await?;
    let found = store::mail::confirmation(&mut tx, &link.digest(), clock::now()).await?;
    let (person, address) = found.ok_or(Failure::NotFound("link"))?;
    set(house, &mut tx, &person, Some(&address)).await?;
    tx.commit().await?;
    house.letters.ring();
    Ok(())
}

/// Takes the address away, and one that waits.
pub async fn remove(house: &House, proof: Proof<'_>) -> Result<(), Failure> {
    keep_account::prove(house, &proof).await?;
    let mut tx = house.store.begin().await?;
    set(house, &mut tx, proof.person, None).await?;
    tx.commit().await?;
    house.letters.ring();
    Ok(())
}

/// Sets an address; letters of notices that wait go there, and without one there are none. The one before is told: who has taken an account over would set their own.
async fn set(house: &House, db: &mut Db, person: &Person, address: Option<&MailAddress>) -> Result<(), Failure> {
    let before = store::mail::address(db, person.id).await?;
    store::mail::set_address(db, person.id, address).await?;
    match address {
        Some(address) => store::mailing::readdress(db, person.id, address).await?,
        None => store::mailing::end(db, person.id).await?,
    }
    store::mail::wait_no_longer(db, person.id).await?;
    match before.filter(|before| Some(before) != address) {
        Some(before) if house.config.mail.is_some() => {
            post(house, db, person.id, &before, &letters::moved(&person.name, &house.config.public_url)).await
        }
        _ => Ok(()),
    }
}

/// Sends a link for another password to whoever has this name or this confirmed address. Nobody is told whether there is
/// such a one: not by the answer, and not by how long it takes, for what is done goes on behind it.
///
/// # Errors
/// [`Failure::NotFound`] where no mail is sent, [`Failure::TooManyTries`] for an address that asks too often.
pub fn send_link(house: &House, typed: String, caller: Option<IpAddr>) -> Result<(), Failure> {
    if house.config.mail.is_none() {
        return Err(Failure::NotFound("page"));
    }
    let keys: Vec<Key> = caller.map(Key::secrets).into_iter().collect();
    house
        .guesses
        .count(&keys, clock::now())
        .map_err(|wait| Failure::TooManyTries { what: "questions from your address", wait })?;
    let house = house.clone();
    tokio::spawn(async move {
        if let Err(failure) = send_links(&house, &typed).await {
            tracing::error!(error = &failure as &dyn std::error::Error, "a link could not be sent");
        }
    });
    Ok(())
}

async fn send_links(house: &House, typed: &str) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    for (person, address) in store::mail::named_or_at(&mut tx, typed).await? {
        // A stranger does not fill somebody's mail box.
        if house.guesses.count(&[Key::Letters(person.id)], clock::now()).is_err() {
            continue;
        }
        let link = reset_password::keep_link(house, &mut tx, person.id).await?;
        // In the language that they have chosen: nobody is signed in here.
        let language = store::language::of(&mut tx, person.id).await?.unwrap_or_else(phrases::language);
        let write = || letters::forgotten(&person.name, &link.address, link.ends_at, &house.config.public_url);
        let letter = phrases::within(language, write);
        post(house, &mut tx, person.id, &address, &letter).await?;
    }
    tx.commit().await?;
    house.letters.ring();
    Ok(())
}

/// Writes a letter in the transaction of what it is about.
pub(super) async fn post(
    house: &House,
    db: &mut Db,
    person: PersonId,
    to: &MailAddress,
    letter: &Letter,
) -> Result<(), Failure> {
    Ok(store::mail::post(db, person, to, letter, &message_id(house), clock::now()).await?)
}

/// A new name for a letter.
pub(super) fn message_id(house: &House) -> String {
    let home = house.config.public_url.split("://").last().unwrap_or_default();
    let host = home.split(':').next().unwrap_or_default();
    format!("<{:032x}@{host}>", clock::bits())
}
