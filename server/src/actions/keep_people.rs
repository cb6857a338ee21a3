//! What an administrator does with others' accounts: sees them, keeps people out and lets them in again, hands the office on.

use crate::{actions::Failure, clock, house::House};
use domain::{
    ask::ChangePerson,
    id::PersonId,
    permission::Administrator,
    person::{Person, PersonRow},
};
use store::Db;

/// The proof that this person is an administrator, if they are.
pub async fn administrator(db: &mut Db, person: &Person) -> Result<Administrator, Failure> {
    Ok(store::person::trust(db, person.id).await?.administrator()?)
}

/// Everybody who has an account, by name.
pub async fn list(house: &House, _by: Administrator) -> Result<Vec<PersonRow>, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(store::person::rows(&mut snapshot).await?)
}

/// Says whether an account is in use, and whether its person is an administrator.
///
/// # Errors
/// [`Failure::Invalid`] for disabling one's own account, [`Failure::Conflict`] when nobody would be left to look after
/// this Postil.
pub async fn change(house: &House, by: Administrator, person: PersonId, ask: ChangePerson) -> Result<(), Failure> {
    if ask.disabled == Some(true) && person == by.person() {
        return Err(Failure::Invalid("you cannot disable your own account".to_owned()));
    }
    set(house, person, ask).await
}

/// The same for the person of this name. For the command line, which nobody has who could not write to the database.
pub async fn change_named(house: &House, name: &str, ask: ChangePerson) -> Result<(), Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let (person, _) = store::person::by_name(&mut snapshot, name).await?.ok_or(Failure::NotFound("person"))?;
    drop(snapshot);
    set(house, person.id, ask).await
}

async fn set(house: &House, person: PersonId, ask: ChangePerson) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    if !store::person::is_there(&mut tx, person).await? {
        return Err(Failure::NotFound("person"));
    }
    let gives_up = ask.administrator == Some(false) || ask.disabled == Some(true);
    if gives_up && store::person::is_only_administrator(&mut tx, person).await? {
        let words = "nobody else looks after this Postil: make somebody else an administrator first";
        return Err(Failure::Conflict(words.to_owned()));
    }
    if let Some(administrator) = ask.administrator {
        store::person::set_administrator(&mut tx, person, administrator).await?;
    }
    if let Some(disabled) = ask.disabled {
        store::person::set_disabled(&mut tx, person, disabled.then(clock::now)).await?;
    }
    // Whoever is kept out hears no more.
    Ok(house.hub.commit(tx, person).await?)
}
