//! What people do with their own account: see where they are signed in, end that, choose another password.

use crate::{
    actions::{
        Failure,
        sign_in::{self, Caller, SignedIn, Token},
    },
    clock,
    guesses::Key,
    house::House,
};
use domain::{
    account::{Account, SessionDigest},
    person::{Password, Person},
};

/// The account, as it is seen from one sign-in of its person.
pub async fn account(house: &House, person: Person, here: &Token) -> Result<Account, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let mut sessions = store::session::of_person(&mut snapshot, person.id, clock::now()).await?;
    let own = here.digest();
    sessions.iter_mut().for_each(|row| row.here = row.id.as_str() == own);
    sessions.sort_by_key(|row| !row.here);
    let administrator = store::person::trust(&mut snapshot, person.id).await?.administrator;
    Ok(Account { person, administrator, sessions })
}

/// What a person says to do what their sign-in alone is not enough for.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// Who they are signed in as.
    pub person: &'a Person,
    /// By which sign-in.
    pub here: &'a Token,
    /// The password that they say.
    pub password: &'a str,
}

/// Looks at a password that somebody says who is signed in.
///
/// # Errors
/// [`Failure::WrongPassword`], [`Failure::TooManyGuesses`]: who has taken a browser over may not try passwords on.
pub(super) async fn prove(house: &House, proof: &Proof<'_>) -> Result<(), Failure> {
    let keys = [Key::Browser(proof.person.id, proof.here.digest())];
    house.guesses.count(&keys, clock::now()).map_err(|wait| Failure::TooManyGuesses { wait })?;
    if !sign_in::is_password_of(house, proof.person, proof.password).await? {
        return Err(Failure::WrongPassword);
    }
    house.guesses.give_back(&keys);
    Ok(())
}

/// Ends one sign-in of a person. One of somebody else is not there for them.
pub async fn end_session(house: &House, person: &Person, session: &SessionDigest) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    if !store::session::remove_of(&mut tx, person.id, session.as_str()).await? {
        return Err(Failure::NotFound("sign-in"));
    }
    Ok(house.hub.commit(tx, person.id).await?)
}

/// Ends all sign-ins of a person but this one. How many they were.
pub async fn end_others(house: &House, person: &Person, here: &Token) -> Result<u64, Failure> {
    let mut tx = house.store.begin().await?;
    let ended = store::session::remove_others(&mut tx, person.id, &here.digest()).await?;
    house.hub.commit(tx, person.id).await?;
    Ok(ended)
}

/// Gives a person another password, when they know the one that they have. All their sign-ins end and all their
/// browsers are forgotten; this browser is signed in anew.
///
/// # Errors
/// [`Failure::WrongPassword`], [`Failure::TooManyGuesses`]: who has taken a browser over may not try passwords on.
pub async fn change_password(
    house: &House,
    person: &Person,
    here: &Token,
    current: &str,
    new: &Password,
    caller: Caller,
) -> Result<SignedIn, Failure> {
    prove(house, &Proof { person, here, password: current }).await?;
    sign_in::set_password(house, &person.name.to_string(), new).await?;
    sign_in::begin(house, person, caller).await
}
