//! Mails people what concerns them and they have not seen; lets them choose how often, and end it at a click.

use crate::{
    actions::{Failure, keep_mail, sign_in::Token},
    clock,
    config::{LETTERS_A_ROUND, MAX_NOTICES_MAILED, UNSUBSCRIBE_LASTS},
    guesses::Key,
    house::House,
    letters,
};
use chrono::{DateTime, Utc};
use domain::{
    id::PersonId,
    mail::Letter,
    mailing::{Mailing, Rhythm},
    person::Person,
};
use std::net::IpAddr;
use store::{Db, mail::Posted, notice::Told};

/// Where the links lead that end it: the token follows.
const UNSUBSCRIBE: &str = "/unsubscribe/";

/// How a person is mailed what they have not seen.
pub async fn mailing(house: &House, person: &Person) -> Result<Mailing, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(Mailing {
        rhythm: store::mailing::rhythm(&mut snapshot, person.id).await?,
        sends: house.config.mail.is_some(),
        address: store::mail::address(&mut snapshot, person.id).await?,
    })
}

/// Mails a person so often from now on: the first letter comes an hour or a day from now, if there is something to say.
///
/// # Errors
/// [`Failure::Conflict`] where no mail is sent, and for who has not confirmed an address.
pub async fn choose(house: &House, person: &Person, rhythm: Rhythm, now: DateTime<Utc>) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    match rhythm.next(now, now) {
        None => store::mailing::end(&mut tx, person.id).await?,
        Some(_) if house.config.mail.is_none() => {
            return Err(Failure::Conflict("this Postil sends no mail".to_owned()));
        }
        Some(_) if store::mail::address(&mut tx, person.id).await?.is_none() => {
            return Err(Failure::Conflict("say and confirm a mail address first, on your account’s page".to_owned()));
        }
        Some(first) => store::mailing::set(&mut tx, person.id, rhythm, first).await?,
    }
    Ok(tx.commit().await?)
}

/// Writes the letters for which it is time, to [`LETTERS_A_ROUND`] people at the most. Whether there may be more to write at
/// once. One that cannot be written keeps no other from being written.
pub async fn mail_due(house: &House, now: DateTime<Utc>) -> Result<bool, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let due = store::mailing::due(&mut snapshot, now, LETTERS_A_ROUND).await?;
    drop(snapshot);
    let mut more = due.len() == LETTERS_A_ROUND as usize;
    for person in due {
        if let Err(failure) = mail_one(house, person, now).await {
            tracing::error!(error = &failure as &dyn std::error::Error, "a letter of notices could not be written");
            more = false;
        }
    }
    Ok(more)
}

/// Posts one letter. Its words are written when it leaves.
///
/// Invariant: that the letter is in the outbox, and that it was posted, is one transaction. So neither a crash nor another
/// server posts it twice, and nothing that was not posted counts as mailed.
async fn mail_one(house: &House, person: PersonId, now: DateTime<Utc>) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    // Another may have been quicker, or the person has thought better of it.
    let Some(due) = store::mailing::due_now(&mut tx, person, now).await? else { return Ok(()) };
    let Some(next) = due.rhythm.next(due.due_at, now) else { return Ok(()) };
    // One more than it tells of says that there is more.
    let notices = store::notice::to_mail(&mut tx, person, Told::After(due.mailed), MAX_NOTICES_MAILED + 1).await?;
    let notices: Vec<u64> = notices.iter().map(|notice| notice.ordinal).collect();
    store::mailing::went(&mut tx, person, next).await?;
    if !notices.is_empty() {
        let token = Token::new();
        let link = format!("{}{UNSUBSCRIBE}{}", house.config.public_url, token.reveal());
        store::mailing::keep_link(&mut tx, &token.digest(), person, now + UNSUBSCRIBE_LASTS, now).await?;
        let message_id = keep_mail::message_id(house);
        store::mail::post_notices(&mut tx, person, &due.address, (&notices, &link), &message_id, clock::now()).await?;
    }
    tx.commit().await?;
    house.letters.ring();
    Ok(())
}

/// What a letter says that leaves now. One of notices says what its person may see at this moment and has not seen; nothing,
/// when that is nothing any more. So each try says the same or less.
pub async fn written(house: &House, db: &mut Db, posted: &Posted) -> Result<Option<Letter>, Failure> {
    let (Some(told), Some(end)) = (&posted.notices, &posted.unsubscribe) else {
        return Ok(Some(Letter { subject: posted.subject.clone(), body: posted.body.clone() }));
    };
    let notices = store::notice::to_mail(db, posted.person.0, Told::Of(told), MAX_NOTICES_MAILED).await?;
    let more = told.len() > MAX_NOTICES_MAILED as usize;
    let language = store::language::of(db, posted.person.0).await?.unwrap_or_default();
    let letter = || letters::notices(&posted.name.0, &notices, more, end, &house.config.public_url);
    Ok((!notices.is_empty()).then(|| phrases::within(language, letter)))
}

/// Whose link this is. Wrong ones are counted for the internet address that they come from; a right one is never kept out.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::TooManyTries`].
pub async fn whose(house: &House, link: &Token, from: Option<IpAddr>) -> Result<Person, Failure> {
    let now = clock::now();
    let mut snapshot = house.store.snapshot().await?;
    if let Some(person) = store::mailing::whose_link(&mut snapshot, &link.digest(), now).await? {
        return Ok(person);
    }
    let keys: Vec<Key> = from.map(Key::secrets).into_iter().collect();
    house
        .guesses
        .count(&keys, now)
        .map_err(|wait| Failure::TooManyTries { what: "wrong links from your address", wait })?;
    Err(Failure::NotFound("link"))
}

/// Mails the person of this link nothing more. Done once more, it says the same.
///
/// # Errors
/// As [`whose`].
pub async fn unsubscribe(house: &House, link: &Token, from: Option<IpAddr>) -> Result<Person, Failure> {
    let person = whose(house, link, from).await?;
    let mut tx = house.store.begin().await?;
    store::mailing::end(&mut tx, person.id).await?;
    tx.commit().await?;
    Ok(person)
}
