//! Made-up exports of each tool, in the shapes of the real ones, read from front to end.
#![allow(clippy::unwrap_used)]

#[path = "exports/bookmarks.rs"]
mod bookmarks;
#[path = "exports/feeds.rs"]
mod feeds;
#[path = "exports/hypothesis.rs"]
mod hypothesis;
#[path = "exports/limits.rs"]
mod limits;
#[path = "exports/omnivore.rs"]
mod omnivore;
#[path = "exports/shown.rs"]
mod shown;
#[path = "exports/tables.rs"]
mod tables;
#[path = "exports/wallabag.rs"]
mod wallabag;
