//! Passkeys: added, listed, renamed and removed by their person, and used to sign in.

use crate::{
    actions::{
        Failure,
        keep_account::{self, Proof},
        keep_mail, second_step,
        sign_in::{self, Caller, SignedIn},
    },
    clock,
    config::{MAX_CREDENTIAL_BYTES, RECENT_SIGN_IN},
    digest,
    guesses::Key,
    house::House,
    letters,
    passkeys::{Ceremony, Hindrance},
};
use domain::{
    ask::{AddPasskey, UsePasskey},
    id::{PasskeyId, PersonId},
    passkey::{MAX_PASSKEYS, Passkey, PasskeyCeremony, Passkeys},
    permission::Administrator,
    person::Person,
    words::PasskeyName,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::Db;
use webauthn_rs::prelude::{
    CredentialID, Passkey as Credential, PublicKeyCredential, RegisterPublicKeyCredential, Uuid, WebauthnError,
};

const TOO_LATE: &str = "that took too long, or was done already: begin again";
const UNKNOWN: &str =
    "no account here has this passkey: it may have been removed here, so delete it on your device as well";
const NOT_GOOD: &str = "the answer of the passkey is not good: begin again";
const COPIED: &str = "this passkey has counted its uses backwards, so there may be a copy of it: it was not taken. Sign in another way, \
     remove it on your account’s page and add it anew";

impl From<Hindrance> for Failure {
    fn from(hindrance: Hindrance) -> Self {
        Self::Closed(hindrance.words())
    }
}

/// The passkeys of a person, and where they work.
pub async fn list(house: &House, person: &Person) -> Result<Passkeys, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let hindrance = house.passkeys.webauthn().err();
    Ok(Passkeys {
        has_password: store::person::has_password(&mut snapshot, person.id).await?,
        second_step: store::second_step::is_on(&mut snapshot, person.id).await?,
        origin: hindrance.is_none().then(|| house.config.public_url.clone()),
        hindrance: hindrance.map(|hindrance| hindrance.words().to_owned()),
        passkeys: store::passkey::of_person(&mut snapshot, person.id).await?,
    })
}

/// Looks at the password that somebody says; who has none must have signed in of late.
async fn prove(house: &House, proof: &Proof<'_>) -> Result<(), Failure> {
    let mut snapshot = house.store.snapshot().await?;
    if store::person::has_password(&mut snapshot, proof.person.id).await? {
        drop(snapshot);
        return keep_account::prove(house, proof).await;
    }
    let now = clock::now();
    let began = store::session::started_at(&mut snapshot, &proof.here.digest(), now).await?;
    if (now - began.ok_or(Failure::NotSignedIn)?).abs() < RECENT_SIGN_IN {
        return Ok(());
    }
    let minutes = RECENT_SIGN_IN.num_minutes();
    Err(Failure::Conflict(format!(
        "your account has no password to ask for, so this takes a sign-in of the last {minutes} minutes: sign out, sign in again, and \
         come back here"
    )))
}

/// Begins to add a passkey. It stands for the password and the second step, so whoever adds one has to show both.
///
/// # Errors
/// [`Failure::Closed`] where there are none, [`Failure::Conflict`] when there are [`MAX_PASSKEYS`] already; and what a
/// proof is refused with.
pub async fn begin(house: &House, proof: Proof<'_>, code: &str) -> Result<PasskeyCeremony, Failure> {
    let webauthn = house.passkeys.webauthn()?;
    let (person, now) = (proof.person, clock::now());
    prove(house, &proof).await?;
    let mut snapshot = house.store.snapshot().await?;
    let kept = store::passkey::credentials(&mut snapshot, person.id).await?;
    drop(snapshot);
    not_too_many(kept.len())?;
    let (keys, what) = ([Key::CeremoniesBy(person.id)], "tries to add a passkey");
    house.guesses.count(&keys, now).map_err(|wait| Failure::TooMany { what, wait })?;
    // The last thing that may be in the way: a code is taken once, and for nothing else.
    if let Err(refused) = second_step::prove(house, person.id, proof.here, code).await {
        house.guesses.give_back(&keys);
        return Err(refused);
    }
    // A device that has one of these makes no other.
    let there: Vec<CredentialID> =
        kept.iter().map(|kept| Ok(read::<Credential>(kept)?.cred_id().clone())).collect::<Result<_, Failure>>()?;
    let name = person.name.as_str();
    let (asked, state) =
        webauthn.start_passkey_registration(handle(person.id), name, name, Some(there)).map_err(Failure::internal)?;
    let mut options = serde_json::to_value(&asked.public_key).map_err(Failure::internal)?;
    // Whoever signs in types no name, so the device itself has to know whose the key is.
    options["authenticatorSelection"]["residentKey"] = "required".into();
    options["authenticatorSelection"]["requireResidentKey"] = true.into();
    let adding = Ceremony::Adding { person: person.id, session: proof.here.digest(), state: Box::new(state) };
    Ok(PasskeyCeremony { ceremony: house.passkeys.begin(adding, now), options })
}

fn not_too_many(count: usize) -> Result<(), Failure> {
    if count < MAX_PASSKEYS {
        return Ok(());
    }
    Err(Failure::Conflict(format!("you have {MAX_PASSKEYS} passkeys: remove one that you no longer need")))
}

/// What a device keeps of a person: it tells whose the key is, and nothing else of them.
fn handle(person: PersonId) -> Uuid {
    Uuid::from_u128(person.bits())
}

/// Keeps a passkey that a browser has made for who began it, with the same sign-in.
///
/// # Errors
/// [`Failure::Gone`] when the ceremony is not theirs or over, [`Failure::WrongPasskey`], [`Failure::Conflict`] for one that is kept already.
pub async fn add(house: &House, person: &Person, here: &sign_in::Token, ask: AddPasskey) -> Result<Passkey, Failure> {
    let webauthn = house.passkeys.webauthn()?;
    let answer: RegisterPublicKeyCredential = answered(ask.credential)?;
    let now = clock::now();
    let state = match house.passkeys.take(&ask.ceremony, now) {
        Some(Ceremony::Adding { person: whose, session, state }) if whose == person.id && session == here.digest() => {
            state
        }
        _ => return Err(Failure::Gone(TOO_LATE)),
    };
    let credential = webauthn.finish_passkey_registration(&answer, &state).map_err(|cause| {
        tracing::warn!(%cause, person = %person.id, "a new passkey was not taken");
        Failure::WrongPasskey(NOT_GOOD)
    })?;
    let kept = (digest::sha256(credential.cred_id().as_slice()), write(&credential)?);
    if kept.1.len() > MAX_CREDENTIAL_BYTES {
        return Err(Failure::WrongPasskey(NOT_GOOD));
    }
    let id = PasskeyId::from_bits(clock::bits());
    let passkey = Passkey { id, name: ask.name, added_at: now, used_at: None };
    let mut tx = house.store.begin().await?;
    not_too_many(store::passkey::of_person(&mut tx, person.id).await?.len())?;
    store::passkey::insert(&mut tx, person.id, &passkey, (&kept.0, &kept.1)).await?;
    if house.config.mail.is_some()
        && let Some(address) = store::mail::address(&mut tx, person.id).await?
    {
        let letter = letters::passkey_added(&person.name, &passkey.name, &house.config.public_url);
        keep_mail::post(house, &mut tx, person.id, &address, &letter).await?;
    }
    tx.commit().await?;
    house.letters.ring();
    house.guesses.give_back(&[Key::CeremoniesBy(person.id)]);
    tracing::info!(person = %person.id, passkey = %passkey.id, "a passkey was added");
    Ok(passkey)
}

/// What a browser answered, as far as it can be read.
fn answered<T: DeserializeOwned>(answer: Value) -> Result<T, Failure> {
    serde_json::from_value(answer).map_err(|cause| Failure::Invalid(format!("this is no answer of a passkey: {cause}")))
}

fn read<T: DeserializeOwned>(kept: &str) -> Result<T, Failure> {
    serde_json::from_str(kept).map_err(Failure::internal)
}

fn write(kept: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(kept).map_err(Failure::internal)
}

/// Calls a passkey something else. One of somebody else is not there for them.
pub async fn rename(house: &House, person: &Person, id: PasskeyId, name: PasskeyName) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    if !store::passkey::rename_of(&mut tx, person.id, id, &name).await? {
        return Err(Failure::NotFound("passkey"));
    }
    Ok(tx.commit().await?)
}

/// Removes a passkey.
///
/// # Errors
/// [`Failure::Conflict`] when its person would have no way in any more.
pub async fn remove(house: &House, proof: Proof<'_>, id: PasskeyId) -> Result<(), Failure> {
    let person = proof.person.id;
    // What is not there takes no password to say so.
    let mut snapshot = house.store.snapshot().await?;
    if !store::passkey::of_person(&mut snapshot, person).await?.iter().any(|passkey| passkey.id == id) {
        return Err(Failure::NotFound("passkey"));
    }
    drop(snapshot);
    prove(house, &proof).await?;
    let mut tx = house.store.begin().await?;
    if !store::passkey::remove_of(&mut tx, person, id).await? {
        return Err(Failure::NotFound("passkey"));
    }
    if !has_a_way_in(house, &mut tx, person).await? {
        let words = "this passkey is the only way into your account: add another one first, or ask whoever looks after this Postil for \
                     a link by which you choose a password";
        return Err(Failure::Conflict(words.to_owned()));
    }
    tx.commit().await?;
    tracing::info!(%person, passkey = %id, "a passkey was removed");
    Ok(())
}

/// Whether somebody can sign in still.
async fn has_a_way_in(house: &House, db: &mut Db, person: PersonId) -> Result<bool, Failure> {
    if store::person::has_password(db, person).await? || !store::passkey::of_person(db, person).await?.is_empty() {
        return Ok(true);
    }
    let Some(team) = &house.team else { return Ok(false) };
    Ok(store::identity::of_person(db, person).await?.iter().any(|identity| identity.issuer == team.id()))
}

/// Removes all passkeys of somebody, who may have lost a device, and ends their sign-ins, for the device may be signed in. How
/// many passkeys they were.
pub async fn remove_all(house: &House, _by: Administrator, person: PersonId) -> Result<u64, Failure> {
    let mut tx = house.store.begin().await?;
    if !store::person::is_there(&mut tx, person).await? {
        return Err(Failure::NotFound("person"));
    }
    shut_out(house, tx, person).await
}

/// The same for the person of this name. For the command line.
pub async fn remove_all_of(house: &House, name: &str) -> Result<u64, Failure> {
    let mut tx = house.store.begin().await?;
    let (person, _) = store::person::by_name(&mut tx, name).await?.ok_or(Failure::NotFound("person"))?;
    shut_out(house, tx, person.id).await
}

async fn shut_out(house: &House, mut tx: store::Tx, person: PersonId) -> Result<u64, Failure> {
    let removed = store::passkey::remove_all(&mut tx, person).await?;
    store::session::remove_all(&mut tx, person).await?;
    house.hub.commit(tx, person).await?;
    Ok(removed)
}

/// By what the sign-ins are counted that somebody begins.
fn keys(caller: &Caller) -> Vec<Key> {
    caller.address.map(Key::ceremonies_from).into_iter().collect()
}

/// Begins a sign-in with whatever passkey the browser has: nobody says who they are beforehand.
///
/// # Errors
/// [`Failure::Closed`] where there are none; [`Failure::TooMany`], counted for the address.
pub fn begin_sign_in(house: &House, caller: &Caller) -> Result<PasskeyCeremony, Failure> {
    let webauthn = house.passkeys.webauthn()?;
    let now = clock::now();
    let what = "sign-ins with passkeys from your address";
    house.guesses.count(&keys(caller), now).map_err(|wait| Failure::TooMany { what, wait })?;
    let (asked, state) = webauthn.start_discoverable_authentication().map_err(Failure::internal)?;
    let options = serde_json::to_value(&asked.public_key).map_err(Failure::internal)?;
    Ok(PasskeyCeremony { ceremony: house.passkeys.begin(Ceremony::SigningIn(Box::new(state)), now), options })
}

/// Signs in whose passkey has answered. Its device has asked for a finger, a face or a PIN, so it stands for the password and
/// the second step.
///
/// # Errors
/// [`Failure::Gone`] when the ceremony is over, [`Failure::WrongPasskey`], [`Failure::Disabled`].
pub async fn sign_in(house: &House, ask: UsePasskey, caller: Caller) -> Result<SignedIn, Failure> {
    let webauthn = house.passkeys.webauthn()?;
    let answer: PublicKeyCredential = answered(ask.credential)?;
    let now = clock::now();
    let Some(Ceremony::SigningIn(state)) = house.passkeys.take(&ask.ceremony, now) else {
        return Err(Failure::Gone(TOO_LATE));
    };
    // The write lock is held while it is looked at: of two answers that count the same use, one is taken.
    let mut tx = house.store.begin().await?;
    let kept = store::passkey::by_credential(&mut tx, &digest::sha256(answer.get_credential_id())).await?;
    let kept = kept.ok_or(Failure::WrongPasskey(UNKNOWN))?;
    let refused = |cause: &str, words| {
        tracing::warn!(cause, person = %kept.person.id, passkey = %kept.id, "a passkey was not taken");
        Failure::WrongPasskey(words)
    };
    // Web Authentication, 7.2, step 6: nobody said before who they are, so the device has to.
    if answer.get_user_unique_id() != Some(handle(kept.person.id).as_bytes()) {
        return Err(refused("it says that it is another person's", NOT_GOOD));
    }
    // Step 13, which webauthn-rs leaves out here: no other site shows Postil in a frame.
    if is_cross_origin(&answer.response.client_data_json) {
        return Err(refused("another site asked for it", NOT_GOOD));
    }
    let mut credential: Credential = read(&kept.credential)?;
    let used = webauthn.finish_discoverable_authentication_v2(&answer, *state, &credential).map_err(|cause| {
        let words = if matches!(cause, WebauthnError::CredentialPossibleCompromise) { COPIED } else { NOT_GOOD };
        refused(&cause.to_string(), words)
    })?;
    if store::person::is_disabled(&mut tx, kept.person.id).await? {
        return Err(Failure::Disabled);
    }
    credential.update_credential(&used);
    store::passkey::set_used(&mut tx, kept.id, &write(&credential)?, now).await?;
    tx.commit().await?;
    house.guesses.give_back(&keys(&caller));
    sign_in::begin(house, &kept.person, caller).await
}

/// Whether a browser says that a page asked in a frame of another site.
fn is_cross_origin(client_data: &[u8]) -> bool {
    let said = serde_json::from_slice::<Value>(client_data).unwrap_or_default();
    said["crossOrigin"] == true || said.get("topOrigin").is_some()
}
