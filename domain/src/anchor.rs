//! Describes a range of a text so that it can be found again, and finds it.
//!
//! Law: `find(text, describe(text, range)) == Exact { range }`.

mod across;
mod alignment;
mod alone;
mod chain;
mod decision;
mod describe;
mod finder;
mod fold;
mod index;
mod likeness;
mod neighbours;
mod pattern;
mod search;
mod standing;
mod twins;
mod words;

pub use describe::{CONTEXT, MOST_CONTEXT, describe, describe_briefly};
pub use finder::{Finder, find};
pub use standing::{Anchor, Score, Standing};
