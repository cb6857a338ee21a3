//! Whole pages of the domain: an export as it is read, and a margin as events change it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

/// A small page with one of each thing, to be exported and changed.
mod scene;

/// The notes as Markdown, word for word.
mod export;
/// A margin and the events that change it.
mod margin;
/// The sources that the first article of all names.
mod seed;
