//! Chooses the group that a sign-in works in. It is a matter of one's own sign-in, so it makes no event.

use crate::{
    actions::{Failure, sign_in::Token},
    clock,
    house::House,
};
use domain::permission::{Member, Reader};

/// Works in this group from now on, with this sign-in. New sign-ins of the person begin there too.
pub async fn enter(house: &House, by: Member<Reader>, here: &Token) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    store::session::set_group(&mut tx, &here.digest(), by.group()).await?;
    store::group::enter(&mut tx, by.group(), by.person(), clock::now()).await?;
    Ok(tx.commit().await?)
}
