//! Makes accounts: the owner's on the first visit, others' from the command line.

use crate::{
    actions::{Failure, import_article, sign_in},
    clock,
    house::{Act, House},
};
use domain::{
    event::Change,
    group::{Group, Palette},
    id::{GroupId, PersonId, SourceId},
    permission::{Member, Membership, Owner, Role},
    person::{Password, Person},
    words::{Meaning, PersonName},
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
    settle(house, tx, name, &hash, sample, None).await
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
    let tx = house.store.begin().await?;
    settle(house, tx, name, &hash, sample, join).await
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

/// Keeps the person, their private group with its sources, and the sample article, all or nothing.
async fn settle(
    house: &House,
    mut tx: Tx,
    name: PersonName,
    password_hash: &str,
    sample: import_article::Ready,
    join: Option<(Member<Owner>, Role)>,
) -> Result<Person, Failure> {
    let person = Person { id: PersonId::from_bits(clock::bits()), name, joined_at: clock::now() };
    store::person::insert(&mut tx, &person, password_hash).await?;
    // Dropped at the end, it makes the room of the joined group read what is committed by then.
    let _owed = join.map(|(by, _)| house.hub.owed(by.group()));
    if let Some((by, role)) = join {
        // The first group that a person joined is the one they work in.
        store::group::add_member(&mut tx, Membership { person: person.id, group: by.group(), role }).await?;
        let change = Change::MemberJoined(person.clone());
        let happening = Happening { group: by.group(), article: None, by: by.person(), at: person.joined_at, change };
        store::event::append(&mut tx, happening).await?;
    }
    let group = private_group(&person)?;
    store::group::insert(&mut tx, &group).await?;
    let member = Membership { person: person.id, group: group.id, role: Role::Owner };
    store::group::add_member(&mut tx, member).await?;
    copy_registry(&mut tx, group.id).await?;
    let mut act = Act::first(house, tx, group.id, person.id);
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
