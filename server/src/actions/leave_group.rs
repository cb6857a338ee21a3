//! Takes members out of a group: anybody leaves, an owner removes others. What they wrote stays, with their name.

use crate::{
    actions::{Failure, change_role::may_cease_to_own},
    house::House,
};
use domain::{
    event::{Change, Event},
    id::PersonId,
    permission::{Member, Owner, Reader},
};

/// Leaves the group.
///
/// # Errors
/// [`Failure::Conflict`] for its last owner, and for whose private group it is.
pub async fn leave(house: &House, by: Member<Reader>) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let (group, now) = (by.group(), act.now);
    let member = store::group::membership(&mut act, by.person(), group).await?.ok_or(Failure::NotFound("group"))?;
    may_cease_to_own(&mut act, member).await?;
    store::group::remove_member(&mut act, group, by.person(), now, None).await?;
    act.done(None, Change::MemberLeft(by.person())).await
}

/// Removes somebody. From then on they are as a stranger to the group, and no link that was made before lets them in again.
///
/// # Errors
/// [`Failure::Conflict`] for oneself, and for whose private group it is.
pub async fn remove(house: &House, by: Member<Owner>, person: PersonId) -> Result<Event, Failure> {
    if person == by.person() {
        return Err(Failure::Conflict("nobody removes themselves: leave the group instead".to_owned()));
    }
    let mut act = house.begin(by).await?;
    let (group, now) = (by.group(), act.now);
    let member = store::group::membership(&mut act, person, group).await?.ok_or(Failure::NotFound("member"))?;
    may_cease_to_own(&mut act, member).await?;
    store::group::remove_member(&mut act, group, person, now, Some(by.person())).await?;
    act.done(None, Change::MemberLeft(person)).await
}
