//! Signs people in and out.

use crate::{
    actions::{Failure, second_step},
    clock,
    config::BROWSER_KNOWN,
    digest,
    guesses::Key,
    house::House,
};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    id::GroupId,
    person::{Password, Person},
};
use std::{net::IpAddr, sync::OnceLock};
use store::Db;
use tokio::sync::Semaphore;

/// What a browser keeps to stay signed in. The database knows only its digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    pub(super) fn new() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(clock::token()))
    }

    /// What a browser brought.
    pub fn from_cookie(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The characters, for the cookie.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The digest, by which the database knows it.
    pub fn digest(&self) -> String {
        digest::sha256(self.0.as_bytes())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Who wants to sign in, as far as it can be told.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// The address that they call from.
    pub address: Option<IpAddr>,
    /// By what their browser is known, when somebody has signed in there.
    pub browser: Option<Token>,
    /// What their browser is called, in words.
    pub called: String,
}

/// What a browser keeps of a sign-in.
#[derive(Debug)]
pub struct SignedIn {
    /// What keeps the person signed in.
    pub session: Token,
    /// By what the browser is known from now on.
    pub browser: Token,
}

/// What comes of a right password.
#[derive(Debug)]
pub enum Entered {
    /// The person is signed in.
    In(SignedIn),
    /// The sign-in waits for a code, under this token.
    Waits(Token),
}

/// Signs a person in, when the password is theirs; where there is a second step, it waits for that. An unknown name takes
/// as long as a wrong password.
///
/// # Errors
/// [`Failure::WrongPassword`], [`Failure::Disabled`]; [`Failure::TooManyGuesses`], whether the password is right or not, when strangers have
/// guessed too often for this account or from this address. Whoever has signed in with the same browser before has
/// guesses of their own, which no stranger can use up.
pub async fn sign_in(house: &House, name: &str, password: &str, caller: Caller) -> Result<Entered, Failure> {
    let now = clock::now();
    let mut snapshot = house.store.snapshot().await?;
    let known = store::person::by_name(&mut snapshot, name).await?;
    let account = known.as_ref().map(|(person, _)| person);
    let keys = guess_keys(&mut snapshot, account, name, &caller).await?;
    drop(snapshot);
    house.guesses.count(&keys, now).map_err(|wait| Failure::TooManyGuesses { wait })?;
    let hash = known.as_ref().map_or_else(stand_in, |(_, hash)| hash.clone());
    let right = verify(password.to_owned(), hash).await?;
    let (person, _) = known.filter(|_| right).ok_or(Failure::WrongPassword)?;
    house.guesses.give_back(&keys);
    let mut snapshot = house.store.snapshot().await?;
    if store::person::is_disabled(&mut snapshot, person.id).await? {
        return Err(Failure::Disabled);
    }
    let waits = store::second_step::is_on(&mut snapshot, person.id).await?;
    drop(snapshot);
    if waits {
        return Ok(Entered::Waits(second_step::wait(house, person.id).await?));
    }
    Ok(Entered::In(begin(house, &person, caller).await?))
}

/// By what a guess is counted.
async fn guess_keys(db: &mut Db, account: Option<&Person>, name: &str, caller: &Caller) -> Result<Vec<Key>, Failure> {
    let since = clock::now() - BROWSER_KNOWN;
    if let (Some(person), Some(browser)) = (account, &caller.browser)
        && store::known_browser::knows(db, &browser.digest(), person.id, since).await?
    {
        return Ok(vec![Key::Browser(person.id, browser.digest())]);
    }
    let unknown = || Key::Name(digest::sha256(name.trim().to_lowercase().as_bytes()));
    let account = account.map_or_else(unknown, |person| Key::Account(person.id));
    Ok([account].into_iter().chain(caller.address.map(Key::address)).collect())
}

/// Starts a sign-in for a person who has shown who they are, and remembers the browser.
pub async fn begin(house: &House, person: &Person, caller: Caller) -> Result<SignedIn, Failure> {
    let now = clock::now();
    let since = now - BROWSER_KNOWN;
    let mut tx = house.store.begin().await?;
    let browser = match caller.browser {
        // One that was not given out here may be another's, put there to be known with this one.
        Some(browser) if store::known_browser::exists(&mut tx, &browser.digest(), since).await? => browser,
        _ => Token::new(),
    };
    store::known_browser::remember(&mut tx, &browser.digest(), person.id, now, since).await?;
    let session = Token::new();
    let ends_at = now + house.config.session_length;
    store::session::insert(&mut tx, &session.digest(), person.id, &caller.called, now, ends_at).await?;
    if let Some(group) = store::group::last_entered(&mut tx, person.id).await? {
        store::session::set_group(&mut tx, &session.digest(), group).await?;
    }
    tx.commit().await?;
    Ok(SignedIn { session, browser })
}

/// Who brought this token.
pub async fn who(db: &mut Db, token: &Token) -> Result<Option<Person>, Failure> {
    Ok(store::session::person(db, &token.digest(), clock::now()).await?)
}

/// The group that was chosen to work in with this sign-in, if one was.
pub async fn chosen_group(db: &mut Db, token: &Token) -> Result<Option<GroupId>, Failure> {
    Ok(store::session::group(db, &token.digest()).await?)
}

/// Whether this is the person's password.
pub(super) async fn is_password_of(house: &House, person: &Person, password: &str) -> Result<bool, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let known = store::person::by_name(&mut snapshot, &person.name.to_string()).await?;
    drop(snapshot);
    let (_, hash) = known.ok_or(Failure::NotFound("person"))?;
    // Who came by the team's own sign-in has none.
    if hash.is_empty() {
        let words =
            "this account has no password yet: ask whoever looks after this Postil for a link by which you choose one";
        return Err(Failure::Conflict(words.to_owned()));
    }
    verify(password.to_owned(), hash).await
}

/// Ends a sign-in, and the seats that it has.
pub async fn sign_out(house: &House, token: &Token) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    let person = store::session::person(&mut tx, &token.digest(), clock::now()).await?;
    store::session::remove(&mut tx, &token.digest()).await?;
    match person {
        Some(person) => Ok(house.hub.commit(tx, person.id).await?),
        None => Ok(tx.commit().await?),
    }
}

/// Gives a person another password, which ends their sign-ins. For the command line.
pub async fn set_password(house: &House, name: &str, password: &Password) -> Result<(), Failure> {
    let hash = hash(password.clone()).await?;
    let mut tx = house.store.begin().await?;
    let (person, _) = store::person::by_name(&mut tx, name).await?.ok_or(Failure::NotFound("person"))?;
    store::person::set_password(&mut tx, person.id, &hash).await?;
    Ok(house.hub.commit(tx, person.id).await?)
}

/// How many passwords are hashed at the same time; each takes 19 MiB of memory and a core. Others wait their turn.
pub const MAX_HASHING: usize = 2;

static HASHING: Semaphore = Semaphore::const_new(MAX_HASHING);

/// Hashes a password with argon2id, away from the threads that answer requests.
pub(super) async fn hash(password: Password) -> Result<String, Failure> {
    let _turn = HASHING.acquire().await.map_err(Failure::internal)?;
    let hashing = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.reveal().as_bytes()).map(|hash| hash.to_string())
    });
    hashing.await.map_err(Failure::internal)?.map_err(|cause| Failure::internal(cause.to_string()))
}

async fn verify(password: String, hash: String) -> Result<bool, Failure> {
    let _turn = HASHING.acquire().await.map_err(Failure::internal)?;
    let verifying = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    verifying.await.map_err(Failure::internal)
}

/// A hash that no password has, for names that nobody has.
fn stand_in() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    let make = || Argon2::default().hash_password(&clock::token()).map(|hash| hash.to_string()).unwrap_or_default();
    HASH.get_or_init(make).clone()
}
