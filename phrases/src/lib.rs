//! What people are told, in their language. The English words in the code are the key (gettext's way, docs/decisions/0015): what
//! has no other words in a language is said in English.

/// Words as they are looked up: alone, with values, counted.
mod words;
/// In which language is spoken just now.
mod speaking;
/// The words of one language.
mod catalogue;
/// What is put into sentences that are made below the pages.
pub mod nouns;
/// Which form of a word a number takes.
mod plural;
/// A number as it is written.
mod number;
/// Which language a browser asks for.
mod accept;

pub use accept::accepted;
#[cfg(not(feature = "catalogues"))]
pub use catalogue::hand;
pub use macros::{counted, say, view};
pub use number::number;
pub use plural::{forms, plural_form};
pub use speaking::{During, during, language, speak, within};
pub use words::{Count, counted, fill, heard, part, t, t_in, t_later};
