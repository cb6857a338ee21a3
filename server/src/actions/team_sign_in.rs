//! Signs people in by the team's own sign-in (OpenID Connect), makes their accounts, and links those that there are.

use crate::{
    actions::{
        Failure,
        keep_account::{self, Proof},
        second_step,
        sign_in::{self, Caller, Entered},
        sign_up,
    },
    clock,
    house::House,
    oidc::{Asked, Issuer, id_token::Claims, is_same},
    seal,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    account::{Identity, TeamSignIn},
    id::PersonId,
    person::Person,
};
use serde::{Deserialize, Serialize};
use url::Url;

/// How long a person may be with the issuer.
pub const WAY_LASTS: TimeDelta = TimeDelta::minutes(10);
/// For whom a way is sealed: the browser that brings it back shows that it set out.
const WAY: &str = "the way to the team's sign-in";

/// What a browser keeps while its person is with the issuer: sealed, so that nobody reads or makes one.
#[derive(Serialize, Deserialize)]
struct Way {
    asked: Asked,
    next: Option<String>,
    linking: Option<PersonId>,
    at: DateTime<Utc>,
}

/// What came of it.
#[derive(Debug)]
pub enum Came {
    /// As after a right password; with where to go on.
    Entered(Entered, Option<String>),
    /// The account is linked.
    Linked,
}

fn issuer(house: &House) -> Result<&Issuer, Failure> {
    house.team.as_deref().ok_or(Failure::NotFound("page"))
}

/// Where to sign in, and what the browser keeps meanwhile.
///
/// # Errors
/// [`Failure::NotFound`] where there is no such sign-in, [`Failure::Team`] when it does not answer.
pub async fn depart(house: &House, next: Option<String>) -> Result<(Url, String), Failure> {
    set_out(house, next, None).await
}

/// The same to link a person's account, who has said their password.
pub async fn depart_to_link(house: &House, proof: Proof<'_>) -> Result<(Url, String), Failure> {
    issuer(house)?;
    keep_account::prove(house, &proof).await?;
    set_out(house, None, Some(proof.person.id)).await
}

async fn set_out(house: &House, next: Option<String>, linking: Option<PersonId>) -> Result<(Url, String), Failure> {
    let asked = Asked::now();
    let address = issuer(house)?.address(&asked).await?;
    let way = serde_json::to_vec(&Way { asked, next, linking, at: clock::now() }).map_err(Failure::internal)?;
    let sealed = seal::seal(&house.config.data, WAY, &way).map_err(Failure::internal)?;
    Ok((address, BASE64_URL_SAFE_NO_PAD.encode(sealed)))
}

/// Takes somebody in who comes back from the issuer. `here` is who is signed in with this browser.
///
/// # Errors
/// [`Failure::Team`] in words for the person, [`Failure::Disabled`].
pub async fn come_back(
    house: &House,
    way: &str,
    (code, state): (&str, &str),
    here: Option<&Person>,
    caller: Caller,
) -> Result<Came, Failure> {
    let issuer = issuer(house)?;
    let way = opened(house, way).filter(|way| is_same(&way.asked.state, state));
    let way = way.ok_or_else(|| {
        Failure::Team("this browser did not ask for that sign-in, or it took too long: begin again".to_owned())
    })?;
    let claims = issuer.who(code, &way.asked).await?;
    if let Some(person) = way.linking {
        // Who was signed in when it began has to be so still.
        let here = here.filter(|here| here.id == person).ok_or(Failure::NotSignedIn)?;
        link(house, issuer, here, &claims).await?;
        return Ok(Came::Linked);
    }
    let person = known_or_new(house, issuer, &claims).await?;
    let mut snapshot = house.store.snapshot().await?;
    if store::person::is_disabled(&mut snapshot, person.id).await? {
        return Err(Failure::Disabled);
    }
    // Who wants a second step here wants it whichever way they come.
    let waits = store::second_step::is_on(&mut snapshot, person.id).await?;
    drop(snapshot);
    let entered = if waits {
        Entered::Waits(second_step::wait(house, person.id).await?)
    } else {
        Entered::In(sign_in::begin(house, &person, caller).await?)
    };
    Ok(Came::Entered(entered, way.next))
}

fn opened(house: &House, way: &str) -> Option<Way> {
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(way).ok()?;
    let way: Way = serde_json::from_slice(&seal::open(&house.config.data, WAY, &sealed).ok()?).ok()?;
    ((clock::now() - way.at).abs() < WAY_LASTS).then_some(way)
}

async fn link(house: &House, issuer: &Issuer, person: &Person, claims: &Claims) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    if !store::identity::insert(&mut tx, person.id, &claims.subject, &identity(issuer, claims)).await? {
        let name = issuer.name();
        return Err(Failure::Team(format!("whoever you are at {name} is linked to an account here already")));
    }
    Ok(tx.commit().await?)
}

fn identity(issuer: &Issuer, claims: &Claims) -> Identity {
    let called = claims.names.first().unwrap_or(&claims.subject).chars().take(200).collect();
    Identity { issuer: issuer.id().to_owned(), called, linked_at: clock::now() }
}

/// Who that is here; where nobody knows them, somebody new, if the issuer's people get accounts.
async fn known_or_new(house: &House, issuer: &Issuer, claims: &Claims) -> Result<Person, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    if let Some(person) = store::identity::person(&mut snapshot, issuer.id(), &claims.subject).await? {
        return Ok(person);
    }
    // The first account is made by who sets Postil up, whoever comes by.
    let empty = !store::person::any(&mut snapshot).await?;
    drop(snapshot);
    if empty || !issuer.makes_accounts() {
        let name = issuer.name();
        return Err(Failure::Team(format!(
            "no account here belongs to who you are at {name}: sign in with your password and link it on your account’s page, or ask \
             whoever looks after this Postil"
        )));
    }
    sign_up::add_from_elsewhere(house, &claims.subject, &claims.names, identity(issuer, claims)).await
}

/// What an account has to do with the team's own sign-in.
pub async fn state(house: &House, person: &Person) -> Result<TeamSignIn, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(TeamSignIn {
        name: house.team.as_ref().map(|issuer| issuer.name().to_owned()),
        identities: store::identity::of_person(&mut snapshot, person.id).await?,
    })
}

/// Takes the link away. Who has no password would be locked out, so they cannot prove one, and it stays.
pub async fn unlink(house: &House, proof: Proof<'_>) -> Result<(), Failure> {
    keep_account::prove(house, &proof).await?;
    let mut tx = house.store.begin().await?;
    if store::identity::remove_all(&mut tx, proof.person.id).await? == 0 {
        return Err(Failure::NotFound("link"));
    }
    Ok(tx.commit().await?)
}
