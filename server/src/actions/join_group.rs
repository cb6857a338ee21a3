//! Lets people into a group by a link: those who have an account, and those who make one.

use crate::{
    actions::{
        Failure,
        invite::LinkToken,
        sign_in::{self, Caller, SignedIn, Token},
        sign_up,
    },
    clock,
    guesses::Key,
    house::{Act, House},
};
use domain::{
    account::SignUp,
    event::{Change, Event},
    group::Joined,
    invitation::InvitationState,
    page::Invited,
    permission::{Membership, Role},
    person::{Password, Person},
    words::PersonName,
};
use std::net::IpAddr;
use store::{Db, invitation::Kept};

/// What a link says to whoever follows it.
///
/// # Errors
/// [`Failure::NotFound`] for one that never was, [`Failure::Gone`] for one that lets nobody in any more, and
/// [`Failure::TooManyTries`] instead of the former for who tries many. A link that is right always opens, so nobody can be kept
/// out by what others try.
pub async fn look(
    house: &House,
    person: Option<&Person>,
    from: Option<IpAddr>,
    token: &LinkToken,
) -> Result<Invited, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let Some(kept) = store::invitation::by_token(&mut snapshot, &token.digest()).await? else {
        let by = person.map(|person| Key::LinksBy(person.id));
        let keys: Vec<Key> = by.into_iter().chain(from.map(Key::links_from)).collect();
        house
            .guesses
            .count(&keys, clock::now())
            .map_err(|wait| Failure::TooManyTries { what: "tries from here", wait })?;
        return Err(Failure::NotFound("invitation"));
    };
    let held = held(&mut snapshot, person, &kept).await?;
    let role = match (held, is_open(&mut snapshot, person, &kept).await) {
        (_, Ok(())) => kept.invitation.role,
        // Who is in the group is told so by a link that is used up, too: it is often the one that they came by.
        (Some(held), Err(Failure::Gone(_))) => held,
        (_, Err(why)) => return Err(why),
    };
    let group =
        store::group::get(&mut snapshot, kept.invitation.group).await?.ok_or(Failure::NotFound("invitation"))?;
    let ends_at = kept.invitation.ends_at;
    Ok(Invited { group: group.id, name: group.name, role, by: kept.made_by, ends_at, held })
}

async fn held(db: &mut Db, person: Option<&Person>, kept: &Kept) -> Result<Option<Role>, Failure> {
    let Some(person) = person else { return Ok(None) };
    let member = store::group::membership(db, person.id, kept.invitation.group).await?;
    Ok(member.map(|member| member.role))
}

/// Says no when the link lets nobody in, or not this person: who was removed does not come back by a link of before.
async fn is_open(db: &mut Db, person: Option<&Person>, kept: &Kept) -> Result<(), Failure> {
    if kept.invitation.state(kept.fate, clock::now()) != InvitationState::Open {
        return Err(Failure::Gone("this link does not let anybody in any more: ask whoever sent it for a new one"));
    }
    let Some(person) = person else { return Ok(()) };
    match store::group::removed_at(db, kept.invitation.group, person.id).await? {
        Some(at) if at >= kept.invitation.made_at => {
            Err(Failure::Gone("you were removed from this group after this link was made: ask its owner for a new one"))
        }
        _ => Ok(()),
    }
}

/// Joins the group, and works in it from now on. Who is in it already gets a higher role if the link gives one, and never a
/// lesser one; when nothing changes, nothing happens and the link keeps its use.
///
/// # Errors
/// As [`look`].
pub async fn join(
    house: &House,
    person: &Person,
    here: &Token,
    from: Option<IpAddr>,
    token: &LinkToken,
) -> Result<Option<Event>, Failure> {
    let invited = look(house, Some(person), from, token).await?;
    let mut tx = house.store.begin().await?;
    let change = if invited.gives() {
        let kept = store::invitation::by_token(&mut tx, &token.digest()).await?;
        let kept = kept.ok_or(Failure::NotFound("invitation"))?;
        take_in(&mut tx, person, &kept).await?
    } else {
        None
    };
    store::session::set_group(&mut tx, &here.digest(), invited.group).await?;
    store::group::enter(&mut tx, invited.group, person.id, clock::now()).await?;
    match change {
        Some(change) => Act::first(house, tx, invited.group, person.id).done(None, change).await.map(Some),
        None => Ok(tx.commit().await.map(|()| None)?),
    }
}

/// Takes a person into the group of a link, or gives them the role of it; nothing when they have as much.
///
/// Invariant: no more people come by a link than may, since this is asked and done under the write lock.
pub(super) async fn take_in(db: &mut Db, person: &Person, kept: &Kept) -> Result<Option<Change>, Failure> {
    let (group, role, now) = (kept.invitation.group, kept.invitation.role, clock::now());
    let held = held(db, Some(person), kept).await?;
    if held.is_some_and(|held| held >= role) {
        return Ok(None);
    }
    is_open(db, Some(person), kept).await?;
    store::invitation::use_up(db, kept.invitation.id, person.id, now).await?;
    let member = Membership { person: person.id, group, role };
    if held.is_some() {
        store::group::set_role(db, member).await?;
        return Ok(Some(Change::RoleChanged { person: person.id, role }));
    }
    store::group::add_member(db, member, now).await?;
    Ok(Some(Change::MemberJoined(Joined::of(person, role))))
}

/// Makes an account for whoever has the link, takes them into its group and signs them in there.
///
/// # Errors
/// As [`look`]; [`Failure::Closed`] where no accounts are made so; what is wrong with the name or the password.
pub async fn join_anew(
    house: &House,
    token: &LinkToken,
    name: &str,
    password: &str,
    caller: Caller,
) -> Result<SignedIn, Failure> {
    look(house, None, caller.address, token).await?;
    if house.config.sign_up == SignUp::Closed {
        return Err(Failure::Closed(CLOSED));
    }
    let (name, password) = (PersonName::parse(name)?, Password::new(password)?);
    // Names are not asked for one after another with one link; whoever has none cannot use these tries up.
    let keys = [Key::SignUpsBy(token.digest())];
    house.guesses.count(&keys, clock::now()).map_err(|wait| Failure::TooManyTries { what: "tries from here", wait })?;
    let person = sign_up::add_invited(house, name, password, token).await?;
    house.guesses.give_back(&keys);
    sign_in::begin(house, &person, caller).await
}

/// What is said where links let in only those who have an account.
pub const CLOSED: &str =
    "here links let in only those who have an account: sign in, or ask whoever runs this Postil for one";

/// Whether somebody without an account may make one by a link.
pub fn may_sign_up(house: &House) -> bool {
    house.config.sign_up != SignUp::Closed
}
