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
    let name = String::from(name);
    store::group::rename(&mut act, by.group(), &name).await?;
    act.done(None, Change::GroupRenamed { name }).await
}
