//! What people take away.

mod markdown;
mod own_part;

pub use markdown::markdown;
pub use own_part::{OwnPart, is_own_claim, own_part, with_own_part_only};
