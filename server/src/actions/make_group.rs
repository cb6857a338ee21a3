//! Makes groups: each begins with the same colours and sources, and with whoever makes it as its owner.

use crate::{
    actions::{Failure, sign_in::Token},
    clock,
    house::{Act, House},
};
use domain::{
    event::{Change, Event},
    group::{Group, Palette},
    id::{GroupId, PersonId, SourceId},
    permission::{Membership, Role},
    person::Person,
    words::{GroupName, Meaning},
};
use phrases::t;
use store::Db;

/// The most groups that one person is in when they make another.
pub const MAX_GROUPS: usize = 100;

/// Makes a group. With `here`, this sign-in works in it from now on.
///
/// # Errors
/// [`Failure::Conflict`] for who is in [`MAX_GROUPS`] already.
pub async fn make(house: &House, person: &Person, name: GroupName, here: Option<&Token>) -> Result<Event, Failure> {
    let mut tx = house.store.begin().await?;
    if store::group::memberships(&mut tx, person.id).await?.len() >= MAX_GROUPS {
        return Err(Failure::Conflict(format!("nobody makes a group who is in {MAX_GROUPS} already: leave one first")));
    }
    let group = new(name.into())?;
    furnish(&mut tx, &group, person, None).await?;
    if let Some(here) = here {
        store::session::set_group(&mut tx, &here.digest(), group.id).await?;
        store::group::enter(&mut tx, group.id, person.id, clock::now()).await?;
    }
    Act::first(house, tx, group.id, person.id).done(None, Change::GroupMade { name: group.name }).await
}

/// A group as all begin, with colours named in the language of who makes it.
pub(super) fn new(name: String) -> Result<Group, Failure> {
    let palette = Palette {
        yellow: Meaning::parse(t("Worth noting"))?,
        green: Meaning::parse(t("Well supported"))?,
        blue: Meaning::parse(t("Background"))?,
        rose: Meaning::parse(t("To be checked"))?,
    };
    Ok(Group { id: GroupId::from_bits(clock::bits()), name, palette })
}

/// Keeps a new group with its owner and the sources that all begin with.
pub(super) async fn furnish(
    db: &mut Db,
    group: &Group,
    owner: &Person,
    private_of: Option<PersonId>,
) -> Result<(), Failure> {
    store::group::insert(db, group, private_of).await?;
    let member = Membership { person: owner.id, group: group.id, role: Role::Owner };
    store::group::add_member(db, member, clock::now()).await?;
    for entry in store::source::starter().map_err(Failure::internal)? {
        let source = entry.into_source(SourceId::from_bits(clock::bits()), group.id);
        store::source::keep(db, &source).await?;
    }
    Ok(())
}
