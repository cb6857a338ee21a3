//! Gives a group another name.

use crate::{actions::Failure, house::House};
use domain::{
    event::{Change, Event},
    permission::{Member, Owner},
    words::GroupName,
};

/// Gives the group this name.
pub async fn rename(house: &House, by: Member<Owner>, name: GroupName) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let mut group = store::group::get(&mut act, by.group()).await?.ok_or(Failure::NotFound("group"))?;
    group.name = name.into();
    store::group::rename(&mut act, group.id, &group.name).await?;
    act.done(None, Change::GroupRenamed(group)).await
}
