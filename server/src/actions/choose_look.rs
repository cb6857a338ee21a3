//! Keeps how a person wants the pages to look.

use crate::{actions::Failure, house::House};
use domain::{look::Look, person::Person};

/// How they want them to look.
pub async fn look(house: &House, person: &Person) -> Result<Look, Failure> {
    Ok(store::look::of(&mut *house.store.snapshot().await?, person.id).await?)
}

/// Keeps what they have chosen. It is theirs alone, so it is no event.
pub async fn choose(house: &House, person: &Person, look: &Look) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    store::look::set(&mut tx, person.id, look).await?;
    Ok(tx.commit().await?)
}
