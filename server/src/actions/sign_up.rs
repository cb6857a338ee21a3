//! Makes accounts: the owner's on the first visit, others' from the command line, by a link, or where anybody may.

use crate::{
    actions::{Failure, import_article, invite::LinkToken, join_group, make_group, notify, sign_in},
    clock,
    guesses::Key,
    house::{Act, House},
};
use domain::{
    account::{Identity, SignUp},
    event::Change,
    group::Joined,
    id::{GroupId, PersonId},
    permission::{Member, Membership, Owner, Role},
    person::{Password, Person},
    words::{MAX_NAME, PersonName},
};
use std::net::IpAddr;
use store::{Db, Tx, event::Happening};

/// Whether nobody has an account yet, so that the next visitor makes the owner's.
pub async fn is_first_visit(house: &House) -> Result<bool, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(!store::person::any(&mut snapshot).await?)
}

/// Makes the owner's account. It is refused once there is one.
pub async fn make_owner(house: &House, name: PersonName, password: Password) -> Result<Person, Failure> {
    let owned = || Failure::Conflict("this Postil has an owner already: sign in".to_owned());
    // Asked before the costly part, and once more where nobody can come between.
    if !is_first_visit(house).await? {
        return Err(owned());
    }
    let hash = sign_in::hash(password).await?;
    let sample = sample(house).await?;
    let mut tx = house.store.begin().await?;
    if store::person::any(&mut tx).await? {
        return Err(owned());
    }
    let person = keep_person(&mut tx, name, &hash).await?;
    settle(house, tx, person, sample).await
}

/// Makes an account where anybody may make one.
///
/// # Errors
/// [`Failure::Closed`] where not anybody may; [`Failure::TooManyTries`] for too many from one address.
pub async fn sign_up(house: &House, name: &str, password: &str, from: Option<IpAddr>) -> Result<Person, Failure> {
    if house.config.sign_up != SignUp::Open {
        return Err(Failure::Closed(BY_INVITATION));
    }
    let (name, password) = (PersonName::parse(name)?, Password::new(password)?);
    // Those that are made count as well as those whose name is taken.
    let keys: Vec<Key> = from.map(Key::sign_ups_from).into_iter().collect();
    house.guesses.count(&keys, clock::now()).map_err(|wait| Failure::TooManyTries { what: "tries from here", wait })?;
    add_person(house, name, password, None).await
}

/// What is said where accounts are not made by just anybody.
pub const BY_INVITATION: &str = "accounts on this Postil come by invitation: ask somebody who works here for a link, or whoever runs it for an account";

/// Makes an account with its own private group. With `join`, the person is taken into that group as that, and works there.
pub async fn add_person(
    house: &House,
    name: PersonName,
    password: Password,
    join: Option<(Member<Owner>, Role)>,
) -> Result<Person, Failure> {
    let hash = sign_in::hash(password).await?;
    let sample = sample(house).await?;
    let mut tx = house.store.begin().await?;
    let person = keep_person(&mut tx, name, &hash).await?;
    // Dropped at the end, it makes the room of the joined group read what is committed by then.
    let _owed = join.map(|(by, _)| house.hub.owed(by.group()));
    if let Some((by, role)) = join {
        let member = Membership { person: person.id, group: by.group(), role };
        store::group::add_member(&mut tx, member, person.joined_at).await?;
        let change = Change::MemberJoined(Joined::of(&person, role));
        came(&mut tx, &person, by.group(), by.person(), change).await?;
    }
    settle(house, tx, person, sample).await
}

/// Makes an account with its own private group for whoever has a link, takes them into its group, where they work.
pub(super) async fn add_invited(
    house: &House,
    name: PersonName,
    password: Password,
    token: &LinkToken,
) -> Result<Person, Failure> {
    let hash = sign_in::hash(password).await?;
    let sample = sample(house).await?;
    let mut tx = house.store.begin().await?;
    let kept = store::invitation::by_token(&mut tx, &token.digest()).await?.ok_or(Failure::NotFound("invitation"))?;
    let _owed = house.hub.owed(kept.invitation.group);
    let person = keep_person(&mut tx, name, &hash).await?;
    if let Some(change) = join_group::take_in(&mut tx, &person, &kept).await? {
        came(&mut tx, &person, kept.invitation.group, person.id, change).await?;
    }
    settle(house, tx, person, sample).await
}

/// Makes an account for who signs in elsewhere, under the best of these names that nobody has. It has no password.
pub(super) async fn add_from_elsewhere(
    house: &House,
    subject: &str,
    names: &[String],
    identity: Identity,
) -> Result<Person, Failure> {
    let sample = sample(house).await?;
    let mut tx = house.store.begin().await?;
    let name = free_name(&mut tx, names).await?;
    // No password has an empty hash.
    let person = keep_person(&mut tx, name, "").await?;
    if !store::identity::insert(&mut tx, person.id, subject, &identity).await? {
        return Err(Failure::Conflict("you have an account already: sign in once more".to_owned()));
    }
    settle(house, tx, person, sample).await
}

/// The first of these that can be a name, with a number behind it where somebody has it.
async fn free_name(db: &mut Db, names: &[String]) -> Result<PersonName, Failure> {
    let short = |name: &String| name.trim().chars().take(MAX_NAME - 4).collect::<String>();
    let wanted = names.iter().find_map(|name| PersonName::parse(&short(name)).ok());
    let wanted = wanted.map_or(PersonName::parse("Somebody"), Ok)?;
    for number in 1..1_000 {
        let name = if number == 1 { wanted.clone() } else { PersonName::parse(&format!("{wanted} {number}"))? };
        if store::person::by_name(db, name.as_str()).await?.is_none() {
            return Ok(name);
        }
    }
    Err(Failure::Conflict(format!("too many people are called {wanted} here")))
}

/// Everybody who has an account, by name.
pub async fn everybody(house: &House) -> Result<Vec<Person>, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(store::person::all(&mut snapshot).await?)
}

async fn sample(house: &House) -> Result<import_article::Ready, Failure> {
    let brought = import_article::Brought {
        bytes: import::SAMPLE_ARTICLE.as_bytes().to_vec(),
        file_name: Some(import::SAMPLE_FILE_NAME.to_owned()),
        ..Default::default()
    };
    import_article::read(house, brought).await
}

async fn keep_person(db: &mut Db, name: PersonName, password_hash: &str) -> Result<Person, Failure> {
    let person = Person { id: PersonId::from_bits(clock::bits()), name, joined_at: clock::now() };
    store::person::insert(db, &person, password_hash).await?;
    Ok(person)
}

/// Says in a group that somebody came; there they work from now on.
async fn came(db: &mut Db, person: &Person, group: GroupId, by: PersonId, change: Change) -> Result<(), Failure> {
    store::group::enter(db, group, person.id, person.joined_at).await?;
    let at = person.joined_at;
    let happening = Happening { group, article: None, by, at, only_for: None, undoes: None, change };
    let event = store::event::append(db, happening).await?;
    notify::those_concerned(db, &event).await?;
    Ok(())
}

/// Keeps the person's private group with its sources, and the sample article, all or nothing.
async fn settle(house: &House, mut tx: Tx, person: Person, sample: import_article::Ready) -> Result<Person, Failure> {
    let group = make_group::new(format!("{}’s desk", person.name))?;
    make_group::furnish(&mut tx, &group, &person, Some(person.id)).await?;
    let mut act = Act::first(house, tx, group.id, person.id);
    let article = import_article::keep(&mut act, group.id, person.id, &sample).await?;
    act.done(Some(article.id), Change::ArticleAdded(article)).await?;
    Ok(person)
}
