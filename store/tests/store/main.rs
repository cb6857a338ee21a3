//! What the store promises of itself: that it opens, that it keeps, and how it says no.
#![allow(clippy::unwrap_used, clippy::expect_used)]

/// Opening: settings, migrations, two at once, copies.
mod open;
/// A database of an older version.
mod migrate;
/// What contradicts what is kept already.
mod conflict;
/// The sources that a group begins with.
mod registry;
