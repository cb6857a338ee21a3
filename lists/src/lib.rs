//! What people bring from other tools (lists, highlights, notes), and the feeds that sites offer.

mod limits;
mod list;
mod read;

mod gather;

mod bookmarks;
mod hypothesis;
mod instapaper;
mod lines;
mod links;
mod omnivore;
mod pocket;
mod readwise;
mod wallabag;

mod colour;
mod json;
mod markup;
mod moment;
mod table;
mod tags;
mod unzip;

/// Feeds: RSS, Atom and JSON Feed, and where a page offers them.
pub mod feed;
/// How much is taken, and what is said when it is not.
pub use limits::{Limits, ListError, MAX_LEFT_OUT};
/// What a list holds.
pub use list::{Item, LeftOut, List, Mark, Remark, Tool};
/// The one way in: bytes become a list.
pub use read::read;
