//! The second step of a sign-in: set up with a code, asked for after the password, turned off.

use crate::{
    actions::{
        Failure,
        keep_account::{self, Proof},
        sign_in::{self, Caller, SignedIn, Token},
    },
    clock,
    config::BROWSER_KNOWN,
    digest,
    guesses::Key,
    house::House,
    seal,
};
use chrono::TimeDelta;
use domain::{
    id::PersonId,
    person::Person,
    second_step::{RECOVERY_CODES, RecoveryCodes, SecondStep, SecondStepSecret, TypedCode, recovery_code},
};
use store::Db;
use totp_rs::{Builder, Secret, Totp};

/// How long a sign-in waits for its code.
pub const CODE_AWAITED: TimeDelta = TimeDelta::minutes(10);

/// Whether the account asks for a second step.
pub async fn state(house: &House, person: &Person) -> Result<SecondStep, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(SecondStep {
        on: store::second_step::is_on(&mut snapshot, person.id).await?,
        recovery_codes: store::second_step::recovery_codes(&mut snapshot, person.id).await?,
    })
}

/// Makes a secret for the person's app. Nothing is asked for until a code of it is confirmed.
pub async fn begin(house: &House, proof: Proof<'_>) -> Result<SecondStepSecret, Failure> {
    keep_account::prove(house, &proof).await?;
    let mut secret = [0; 20];
    secret.copy_from_slice(&clock::token()[..20]);
    let person = proof.person;
    let host = house.config.public_url.split("://").last().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    // In such an address a colon ends the name.
    let app = Builder::new()
        .with_secret(Secret::new_stack(secret))
        .with_account_name(person.name.as_str().replace(':', " "))
        .with_issuer(Some(format!("Postil {host}")))
        .build()
        .map_err(|error| Failure::internal(error.to_string()))?;
    let sealed = seal::seal(&house.config.data, &person.id.to_string(), &secret).map_err(Failure::internal)?;
    let mut tx = house.store.begin().await?;
    if !store::second_step::begin(&mut tx, person.id, &sealed).await? {
        return Err(Failure::Conflict("the second step is on already".to_owned()));
    }
    tx.commit().await?;
    let address = app.to_url().map_err(|error| Failure::internal(error.to_string()))?;
    Ok(SecondStepSecret { secret: app.secret().to_base32(), address })
}

/// Turns the second step on: the code shows that the app has the secret. The answer has the recovery codes.
pub async fn confirm(house: &House, person: &Person, code: &str) -> Result<RecoveryCodes, Failure> {
    let keys = [Key::Code(person.id)];
    house.guesses.count(&keys, clock::now()).map_err(|wait| Failure::TooManyTries { what: "wrong codes", wait })?;
    let mut tx = house.store.begin().await?;
    let kept = store::second_step::get(&mut tx, person.id).await?.filter(|kept| kept.confirmed_at.is_none());
    let kept = kept.ok_or_else(|| Failure::Conflict("begin to set the second step up first".to_owned()))?;
    if !takes(house, &mut tx, person.id, &kept.sealed, code).await? {
        return Err(Failure::WrongCode);
    }
    store::second_step::confirm(&mut tx, person.id, clock::now()).await?;
    let codes = new_recovery_codes(&mut tx, person.id).await?;
    tx.commit().await?;
    house.guesses.give_back(&keys);
    Ok(codes)
}

/// Makes other recovery codes; those before are worth nothing.
pub async fn renew_recovery_codes(house: &House, proof: Proof<'_>, code: &str) -> Result<RecoveryCodes, Failure> {
    let mut tx = proven(house, proof, code).await?;
    let codes = new_recovery_codes(&mut tx, proof.person.id).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Turns the second step off.
pub async fn turn_off(house: &House, proof: Proof<'_>, code: &str) -> Result<(), Failure> {
    let mut tx = proven(house, proof, code).await?;
    store::second_step::remove(&mut tx, proof.person.id).await?;
    Ok(tx.commit().await?)
}

/// Turns it off for somebody who is locked out. For the command line.
pub async fn turn_off_for(house: &House, name: &str) -> Result<bool, Failure> {
    let mut tx = house.store.begin().await?;
    let (person, _) = store::person::by_name(&mut tx, name).await?.ok_or(Failure::NotFound("person"))?;
    let was_on = store::second_step::remove(&mut tx, person.id).await?;
    tx.commit().await?;
    Ok(was_on)
}

/// A transaction of somebody who has said their password and a code.
async fn proven(house: &House, proof: Proof<'_>, code: &str) -> Result<store::Tx, Failure> {
    let person = proof.person.id;
    let mut snapshot = house.store.snapshot().await?;
    if !store::second_step::is_on(&mut snapshot, person).await? {
        return Err(Failure::Conflict("the second step is off".to_owned()));
    }
    drop(snapshot);
    keep_account::prove(house, &proof).await?;
    taken(house, person, proof.here, code).await
}

/// Looks at a code that somebody says who has said their password; at nothing where there is no second step.
pub(super) async fn prove(house: &House, person: PersonId, here: &Token, code: &str) -> Result<(), Failure> {
    let mut snapshot = house.store.snapshot().await?;
    if !store::second_step::is_on(&mut snapshot, person).await? {
        return Ok(());
    }
    drop(snapshot);
    Ok(taken(house, person, here, code).await?.commit().await?)
}

/// A transaction in which a code of somebody who is signed in is taken.
async fn taken(house: &House, person: PersonId, here: &Token, code: &str) -> Result<store::Tx, Failure> {
    let keys = [Key::CodeAt(person, here.digest())];
    house.guesses.count(&keys, clock::now()).map_err(|wait| Failure::TooManyTries { what: "wrong codes", wait })?;
    let mut tx = house.store.begin().await?;
    if !take(house, &mut tx, person, code).await? {
        return Err(Failure::WrongCode);
    }
    house.guesses.give_back(&keys);
    Ok(tx)
}

async fn new_recovery_codes(db: &mut Db, person: PersonId) -> Result<RecoveryCodes, Failure> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(clock::bits())).collect();
    let hashes: Vec<String> = codes.iter().map(|code| hash(&code.replace('-', ""))).collect();
    store::second_step::set_recovery_codes(db, person, &hashes).await?;
    Ok(RecoveryCodes { codes })
}

fn hash(recovery_code: &str) -> String {
    digest::sha256(recovery_code.as_bytes())
}

/// Takes a code of the app or a recovery code, once.
async fn take(house: &House, db: &mut Db, person: PersonId, code: &str) -> Result<bool, Failure> {
    match TypedCode::read(code) {
        Some(TypedCode::Recovery(code)) => Ok(store::second_step::take_recovery_code(db, person, &hash(&code)).await?),
        Some(TypedCode::App(_)) => {
            let Some(kept) = store::second_step::get(db, person).await? else { return Ok(false) };
            takes(house, db, person, &kept.sealed, code).await
        }
        None => Ok(false),
    }
}

/// Takes a code of the app, once.
async fn takes(house: &House, db: &mut Db, person: PersonId, sealed: &[u8], code: &str) -> Result<bool, Failure> {
    let Some(TypedCode::App(digits)) = TypedCode::read(code) else { return Ok(false) };
    let secret = seal::open(&house.config.data, &person.to_string(), sealed).map_err(Failure::internal)?;
    let seconds = clock::now().timestamp().unsigned_abs();
    match app(secret)?.check(&digits, seconds) {
        Some(step) => Ok(store::second_step::take_step(db, person, step.cast_signed()).await?),
        None => Ok(false),
    }
}

fn app(secret: Vec<u8>) -> Result<Totp, Failure> {
    Builder::new().with_secret(secret).build().map_err(|error| Failure::internal(error.to_string()))
}

/// Lets a sign-in wait for its code, whose password was right.
pub(super) async fn wait(house: &House, person: PersonId) -> Result<Token, Failure> {
    let (token, now) = (Token::new(), clock::now());
    let mut tx = house.store.begin().await?;
    store::second_step::wait(&mut tx, &token.digest(), person, now, now + CODE_AWAITED).await?;
    tx.commit().await?;
    Ok(token)
}

/// Whose sign-in waits under this token.
pub async fn whose(house: &House, waiting: &Token) -> Result<Option<Person>, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(store::second_step::waiting(&mut snapshot, &waiting.digest(), clock::now()).await?)
}

/// Signs a person in whose password was right, when the code is.
///
/// # Errors
/// [`Failure::NotSignedIn`] when the sign-in has waited too long; [`Failure::WrongCode`]; [`Failure::TooManyTries`],
/// counted for the account, or for the browser alone in which its person has signed in before.
pub async fn sign_in(house: &House, waiting: &Token, code: &str, caller: Caller) -> Result<SignedIn, Failure> {
    let now = clock::now();
    let person = whose(house, waiting).await?.ok_or(Failure::NotSignedIn)?;
    let mut snapshot = house.store.snapshot().await?;
    let keys = [match &caller.browser {
        Some(browser)
            if store::known_browser::knows(&mut snapshot, &browser.digest(), person.id, now - BROWSER_KNOWN)
                .await? =>
        {
            Key::CodeAt(person.id, browser.digest())
        }
        _ => Key::Code(person.id),
    }];
    drop(snapshot);
    house.guesses.count(&keys, now).map_err(|wait| Failure::TooManyTries { what: "wrong codes", wait })?;
    let mut tx = house.store.begin().await?;
    // Used once only: another may have come first.
    if store::second_step::waiting(&mut tx, &waiting.digest(), now).await?.is_none() {
        return Err(Failure::NotSignedIn);
    }
    if !take(house, &mut tx, person.id, code).await? {
        return Err(Failure::WrongCode);
    }
    store::second_step::wait_no_longer(&mut tx, &waiting.digest()).await?;
    tx.commit().await?;
    house.guesses.give_back(&keys);
    sign_in::begin(house, &person, caller).await
}
