//! Keeps in which language Postil speaks to a person.

use crate::{actions::Failure, house::House};
use domain::{language::Language, person::Person};

/// The one that they have chosen; nothing when it is the one that their browser asks for.
pub async fn language(house: &House, person: &Person) -> Result<Option<Language>, Failure> {
    Ok(store::language::of(&mut *house.store.snapshot().await?, person.id).await?)
}

/// Keeps what they have chosen. It is theirs alone, so it is no event.
pub async fn choose(house: &House, person: &Person, language: Option<Language>) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    store::language::set(&mut tx, person.id, language).await?;
    Ok(tx.commit().await?)
}
