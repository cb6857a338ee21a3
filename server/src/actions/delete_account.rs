//! Deletes an account: what is the person's alone goes, and what they wrote with others stays without their name.

use crate::{
    actions::{
        Failure,
        keep_account::{self, Proof},
        sign_in::Token,
    },
    clock,
    house::House,
};
use chrono::{DateTime, Utc};
use domain::{
    account::Departure,
    event::Change,
    id::{ArticleId, GroupId, PersonId},
    note::About,
    person::Person,
};
use store::{Db, event::Happening};

/// What would become of everything.
pub async fn departure(house: &House, person: &Person) -> Result<Departure, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    foreseen(&mut snapshot, person.id).await
}

async fn foreseen(db: &mut Db, person: PersonId) -> Result<Departure, Failure> {
    let groups = store::departure::groups(db, person).await?;
    Ok(Departure { groups, needs_administrator: store::person::is_only_administrator(db, person).await? })
}

/// Deletes the account of a person who knows its password. With `notes_too`, what they wrote in shared groups is removed
/// as if they had done it note by note: what others have answered stays.
///
/// # Errors
/// [`Failure::Conflict`] when others would be left without an owner or an administrator; [`Failure::WrongPassword`],
/// [`Failure::TooManyGuesses`].
pub async fn delete(
    house: &House,
    person: &Person,
    here: &Token,
    password: &str,
    notes_too: bool,
) -> Result<(), Failure> {
    keep_account::prove(house, &Proof { person, here, password }).await?;
    let now = clock::now();
    let mut tx = house.store.begin().await?;
    let departure = foreseen(&mut tx, person.id).await?;
    if let Some(hindrance) = departure.hindrance() {
        return Err(Failure::Conflict(hindrance));
    }
    // Dropped at the end, they make the rooms read what is committed by then; and the person's own seats end.
    let _owed: Vec<_> = departure.shared().map(|group| house.hub.owed(group.id)).collect();
    for group in departure.shared().filter(|_| notes_too) {
        remove_notes(&mut tx, person.id, group.id, now).await?;
    }
    for group in departure.shared() {
        store::group::remove_member(&mut tx, group.id, person.id, now, None).await?;
        let change = Change::MemberLeft(person.id);
        append(&mut tx, group.id, None, person.id, now, change).await?;
    }
    for group in departure.gone() {
        store::departure::erase_group(&mut tx, group.id).await?;
    }
    store::departure::leave(&mut tx, person.id, now).await?;
    Ok(house.hub.commit(tx, person.id).await?)
}

/// Removes the notes of a person in a group, each with its event, save those that others have answered.
async fn remove_notes(db: &mut Db, person: PersonId, group: GroupId, now: DateTime<Utc>) -> Result<(), Failure> {
    for id in store::departure::notes(db, person, group).await? {
        // One that answered another of theirs may have gone with it.
        let Some(note) = store::note::get(db, id, person).await? else { continue };
        // What nobody else sees goes without a word, with the account.
        if note.private_to().is_some() {
            continue;
        }
        if store::note::authors_about(db, About::Note(id), person).await?.iter().any(|author| *author != person) {
            continue;
        }
        store::note::remove(db, id, person, now).await?;
        append(db, group, Some(note.article), person, now, Change::NoteRemoved(id)).await?;
    }
    Ok(())
}

async fn append(
    db: &mut Db,
    group: GroupId,
    article: Option<ArticleId>,
    by: PersonId,
    at: DateTime<Utc>,
    change: Change,
) -> Result<(), Failure> {
    let happening = Happening { group, article, by, at, only_for: None, undoes: None, change };
    store::event::append(db, happening).await?;
    Ok(())
}
