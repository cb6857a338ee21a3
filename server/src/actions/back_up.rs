//! Writes a copy of everything to one file.

use crate::{actions::Failure, house::House};
use std::path::Path;

/// Writes a whole copy of the database to a new file, while others go on working.
pub async fn back_up(house: &House, to: &Path) -> Result<(), Failure> {
    if to.exists() {
        return Err(Failure::Conflict(format!("{} is there already: choose another name", to.display())));
    }
    Ok(house.store.back_up(to).await?)
}
