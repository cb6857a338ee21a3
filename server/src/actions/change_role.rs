//! Gives a member of a group another role: an owner hands over by making another owner.

use crate::{actions::Failure, house::House};
use domain::{
    event::{Change, Event},
    id::PersonId,
    page::must_own,
    permission::{Member, Membership, Owner, Role},
};
use store::Db;

/// Gives a member this role.
///
/// # Errors
/// [`Failure::Conflict`] when the group would be without an owner, or the person have a lesser role in their private group.
pub async fn change(house: &House, by: Member<Owner>, person: PersonId, role: Role) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let member = store::group::membership(&mut act, person, by.group()).await?;
    let member = member.ok_or(Failure::NotFound("member"))?;
    if member.role == role {
        return Err(Failure::Conflict(format!("this member has the role of {role} already")));
    }
    may_cease_to_own(&mut act, member).await?;
    store::group::set_role(&mut act, Membership { role, ..member }).await?;
    act.done(None, Change::RoleChanged { person, role }).await
}

/// Says no when this member has to stay an owner: asked under the write lock, so that two who step down at once leave one.
pub(super) async fn may_cease_to_own(db: &mut Db, member: Membership) -> Result<(), Failure> {
    let members = store::group::members(db, member.group).await?;
    let owners = members.iter().filter(|row| row.role == Role::Owner).count();
    let private = store::group::private_of(db, member.group).await? == Some(member.person);
    match must_own(private, member.role == Role::Owner, owners, members.len()) {
        Some(why) => Err(Failure::Conflict(why.to_string())),
        None => Ok(()),
    }
}
