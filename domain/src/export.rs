//! What people take away.

mod markdown;

pub use markdown::markdown;
