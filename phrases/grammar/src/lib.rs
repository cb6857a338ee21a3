//! Which words of a source are messages. The macros ask it when they are expanded, and the check and the message files when
//! they are made, so that no word can be a message to the one and not to the other.

/// What a token says.
mod token;
/// A `view!` with its words looked up.
mod view;
/// A `say!` and a `counted!`.
mod said;
/// All messages of a source.
mod find;

pub use find::{Found, Left, Message, Reach, find, placeholders};
pub use said::{Counted, Said};
pub use view::looked_up;
