//! Makes accounts: the owner's on the first visit, others' from the command line.

use crate::{
    actions::{Failure, import_article, sign_in},
    clock,
    house::{Act, House},
};
use domain::{
    account::Identity,
    event::Change,
    group::{Group, Palette},
    id::{GroupId, PersonId, SourceId},
    permission::{Member, Membership, Owner, Role},
    person::{Password, Person},
    words::{MAX_NAME, Meaning, PersonName},
};
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
    settle(tx, person, sample).await
}

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
    if let Some((by, role)) = join {
        // The first group that a person joined is the one they work in.
        store::group::add_member(&mut tx, Membership { person: person.id, group: by.group(), role }).await?;
        let change = Change::MemberJoined(person.clone());
        let happening = Happening { group: by.group(), article: None, by: by.person(), at: person.joined_at, change };
        store::event::append(&mut tx, happening).await?;
    }
    settle(tx, person, sample).await
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
    settle(tx, person, sample).await
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

/// Keeps the person's private group with its sources, and the sample article, all or nothing.
async fn settle(mut tx: Tx, person: Person, sample: import_article::Ready) -> Result<Person, Failure> {
    let group = private_group(&person)?;
    store::group::insert(&mut tx, &group).await?;
    let member = Membership { person: person.id, group: group.id, role: Role::Owner };
    store::group::add_member(&mut tx, member).await?;
    copy_registry(&mut tx, group.id).await?;
    let mut act = Act::first(tx, group.id, person.id);
    let article = import_article::keep(&mut act, group.id, person.id, &sample).await?;
    act.done(Some(article.id), Change::ArticleAdded(article)).await?;
    Ok(person)
}

fn private_group(person: &Person) -> Result<Group, Failure> {
    let palette = Palette {
        yellow: Meaning::parse("Worth noting")?,
        green: Meaning::parse("Well supported")?,
        blue: Meaning::parse("Background")?,
        rose: Meaning::parse("To be checked")?,
    };
    Ok(Group { id: GroupId::from_bits(clock::bits()), name: format!("{}’s desk", person.name), palette })
}

async fn copy_registry(db: &mut Db, group: GroupId) -> Result<(), Failure> {
    for entry in store::source::starter().map_err(Failure::internal)? {
        let source = entry.into_source(SourceId::from_bits(clock::bits()), group);
        store::source::keep(db, &source).await?;
    }
    Ok(())
}
